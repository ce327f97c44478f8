//! What a reader of the reference is owed.

use serde_json::Value;

use super::{Lint, Rule};
use crate::{
    openapi::{array, component_schemas, contents, entries, reference, text},
    pointer,
    roles::is_error,
};

const OPERATION: Rule = Rule {
    id: "operation-complete",
    purpose: "an operation has a summary, a description that says who may call it (`Allowed for`), one declared tag, its security, and `x-idempotent`",
    way_out: "add what is missing; `security: []` where no credentials are sent",
};
const PARAMETER: Rule = Rule {
    id: "parameter-complete",
    purpose: "a parameter has a description, a schema with a type, and an example",
    way_out: "add what is missing",
};
const SCHEMA: Rule = Rule {
    id: "schema-complete",
    purpose: "a component schema has a description and an example; a property has a description",
    way_out: "add what is missing; the page's own example where it has one",
};
const BODY_EXAMPLE: Rule = Rule {
    id: "body-example",
    purpose: "every request body and every response with content shows an example: tests parse them all",
    way_out: "add `example` or `examples` to the media type",
};
const HEADER: Rule = Rule {
    id: "header-complete",
    purpose: "a response header has a description and a schema",
    way_out: "add what is missing",
};

pub(super) const RULES: &[Rule] = &[OPERATION, PARAMETER, SCHEMA, BODY_EXAMPLE, HEADER];

pub(super) fn check(lint: &mut Lint<'_>) {
    let root = lint.root;
    let tags: Vec<&str> = array(root, "tags")
        .iter()
        .map(|tag| text(tag, "name"))
        .collect();
    for operation in lint.operations.clone() {
        let value = operation.value;
        let pointer = operation.pointer.clone();
        for member in ["summary", "description"] {
            if text(value, member).trim().is_empty() {
                lint.refuse(&OPERATION, &pointer, format!("there is no {member}"));
            }
        }
        if text(value, "summary").ends_with('.') {
            lint.refuse(
                &OPERATION,
                &pointer::join(&pointer, "summary"),
                "the summary ends in a full stop",
            );
        }
        if !text(value, "description").contains("Allowed for") {
            lint.refuse(
                &OPERATION,
                &pointer,
                "the description does not say who may call it (`Allowed for`)",
            );
        }
        match array(value, "tags") {
            [Value::String(tag)] if tags.contains(&tag.as_str()) => {}
            _ => lint.refuse(
                &OPERATION,
                &pointer,
                "there is not exactly one tag, declared in `tags`",
            ),
        }
        if !value.get("security").is_some_and(Value::is_array) {
            lint.refuse(&OPERATION, &pointer, "there is no `security`");
        }
        if !value.get("x-idempotent").is_some_and(Value::is_boolean) {
            lint.refuse(
                &OPERATION,
                &pointer,
                "`x-idempotent` is not true or false: only a harmless repetition is retried",
            );
        }
        for (pointer, parameter) in operation.parameters(root) {
            parameter_complete(lint, &pointer, parameter);
        }
        if let Some((pointer, body)) = operation.request_body(root) {
            body_examples(lint, &pointer, body);
        }
        for (_, pointer, response) in operation.responses(root) {
            body_examples(lint, &pointer, response);
            headers_complete(lint, &pointer, response);
        }
    }
    schemas_complete(lint);
}

fn parameter_complete(lint: &mut Lint<'_>, pointer: &str, parameter: &Value) {
    let name = text(parameter, "name");
    if text(parameter, "description").is_empty() {
        lint.refuse(&PARAMETER, pointer, format!("`{name}` has no description"));
    }
    if parameter.get("example").is_none() && parameter.get("examples").is_none() {
        lint.refuse(&PARAMETER, pointer, format!("`{name}` has no example"));
    }
}

fn body_examples(lint: &mut Lint<'_>, pointer: &str, holder: &Value) {
    for (media_type, pointer, value) in contents(pointer, holder) {
        if value.get("example").is_none() && entries(value, "examples").next().is_none() {
            lint.refuse(
                &BODY_EXAMPLE,
                &pointer,
                format!("`{media_type}` shows no example"),
            );
        }
    }
}

fn headers_complete(lint: &mut Lint<'_>, pointer: &str, response: &Value) {
    let headers = pointer::join(pointer, "headers");
    for (name, header) in entries(response, "headers") {
        let (pointer, header) =
            crate::openapi::resolved(lint.root, pointer::join(&headers, name), header);
        if text(header, "description").is_empty() || header.get("schema").is_none() {
            lint.refuse(
                &HEADER,
                &pointer,
                format!("`{name}` has no description or no schema"),
            );
        }
    }
}

fn schemas_complete(lint: &mut Lint<'_>) {
    for (name, pointer, schema) in component_schemas(lint.root) {
        if text(schema, "description").is_empty() {
            lint.refuse(&SCHEMA, &pointer, format!("`{name}` has no description"));
        }
        if schema.get("example").is_none() {
            lint.refuse(&SCHEMA, &pointer, format!("`{name}` has no example"));
        }
        let properties = pointer::join(&pointer, "properties");
        for (property, value) in entries(schema, "properties") {
            let pointer = pointer::join(&properties, property);
            if reference(value).is_none() && text(value, "description").is_empty() {
                lint.refuse(
                    &SCHEMA,
                    &pointer,
                    format!("`{property}` has no description"),
                );
            }
        }
    }
    // An error status without a word on when it happens helps nobody.
    for operation in lint.operations.clone() {
        for (status, pointer, response) in operation.responses(lint.root) {
            if is_error(status) && text(response, "description").is_empty() {
                lint.refuse(&OPERATION, &pointer, format!("{status} has no description"));
            }
        }
    }
}
