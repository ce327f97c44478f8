//! Which answers an operation documents, and in what form.

use super::{Lint, Rule};
use crate::{
    openapi::{array, contents, schema_name, text},
    pointer,
    roles::is_error,
};

const ERRORS: Rule = Rule {
    id: "errors-documented",
    purpose: "an operation documents 400 when it has parameters or a body, 413 when it has a body, 401 and 403 when it takes credentials, and 429",
    way_out: "add the response, and say in its description whether it is documented, observed or inferred",
};
const SUCCESS: Rule = Rule {
    id: "one-success",
    purpose: "an operation has one success: progenitor panics on two forms of success and invents one where there is none",
    way_out: "document one 2xx (several only with the same JSON schema), or one 3xx and no 2xx",
};
const REDIRECT: Rule = Rule {
    id: "redirect-location",
    purpose: "a 3xx answer documents its `Location` header, which is what the caller gets",
    way_out: "add the header `Location` with `required: true`, type string",
};
const STATUS: Rule = Rule {
    id: "exact-status",
    purpose: "answers are keyed by exact statuses: a range or `default` tells a reader nothing, and `default` beside a success makes progenitor panic",
    way_out: "list each status that can happen",
};
const MEDIA_TYPE: Rule = Rule {
    id: "media-type",
    purpose: "a success is `application/json` with a schema: progenitor panics without one and reads other types as raw bytes",
    way_out: "write the content as `application/json` with a named schema; text belongs to errors",
};

pub(super) const RULES: &[Rule] = &[ERRORS, SUCCESS, REDIRECT, STATUS, MEDIA_TYPE];

pub(super) fn check(lint: &mut Lint<'_>) {
    let root = lint.root;
    for operation in lint.operations.clone() {
        let responses = operation.responses(root);
        let has = |status: &str| responses.iter().any(|(known, ..)| *known == status);
        let body = operation.request_body(root).is_some();
        let mut owed = vec!["429"];
        if body || !operation.parameters(root).is_empty() {
            owed.push("400");
        }
        if body {
            owed.push("413");
        }
        if !array(operation.value, "security").is_empty() {
            owed.extend(["401", "403"]);
        }
        let pointer = pointer::join(&operation.pointer, "responses");
        for status in owed {
            if !has(status) {
                lint.refuse(&ERRORS, &pointer, format!("{} is not documented", status));
            }
        }

        let mut successes = Vec::new();
        let mut redirects = 0;
        for (status, pointer, response) in &responses {
            let exact = status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit());
            if !exact {
                lint.refuse(&STATUS, pointer, format!("`{status}` is not one status"));
            }
            if status.starts_with('2') {
                successes.push(success_form(lint, pointer, response));
            } else if status.starts_with('3') {
                redirects += 1;
                if !has_location(lint, pointer, response) {
                    lint.refuse(
                        &REDIRECT,
                        pointer,
                        format!("{status} has no `Location` header"),
                    );
                }
            } else if is_error(status) {
                error_media_types(lint, pointer, response);
            }
        }
        let one_form = successes.windows(2).all(|pair| pair[0] == pair[1]);
        if !one_form {
            lint.refuse(&SUCCESS, &pointer, "two successes have different content");
        }
        match (successes.len(), redirects) {
            (0, 0) => lint.refuse(&SUCCESS, &pointer, "no success is documented"),
            (0, 1) | (1.., 0) => {}
            _ => lint.refuse(
                &SUCCESS,
                &pointer,
                "a redirect and another success are documented",
            ),
        }
    }
}

/// The schema of a success, as text that is the same for the same schema.
fn success_form(lint: &mut Lint<'_>, pointer: &str, response: &serde_json::Value) -> String {
    let contents = contents(pointer, response);
    let mut form = String::new();
    for (media_type, pointer, value) in contents {
        if media_type != "application/json" {
            let reason = format!("a success is documented as `{media_type}`");
            lint.refuse(&MEDIA_TYPE, &pointer, reason);
            continue;
        }
        match value.get("schema") {
            Some(schema) if schema_name(schema).is_some() => form = schema.to_string(),
            Some(schema)
                if text(schema, "type") == "array" && schema_name(&schema["items"]).is_some() =>
            {
                form = schema.to_string();
            }
            _ => lint.refuse(
                &MEDIA_TYPE,
                &pointer,
                "the content has no named schema, nor is it a list of one",
            ),
        }
    }
    form
}

fn error_media_types(lint: &mut Lint<'_>, pointer: &str, response: &serde_json::Value) {
    const KNOWN: [&str; 3] = ["application/json", "text/plain", "text/html"];
    for (media_type, pointer, _) in contents(pointer, response) {
        if !KNOWN.contains(&media_type) {
            lint.refuse(
                &MEDIA_TYPE,
                &pointer,
                format!("an error is documented as `{media_type}`"),
            );
        }
    }
}

fn has_location(lint: &Lint<'_>, pointer: &str, response: &serde_json::Value) -> bool {
    let pointer = pointer::join(pointer, "headers/Location");
    response.pointer("/headers/Location").is_some_and(|header| {
        let (_, header) = crate::openapi::resolved(lint.root, pointer, header);
        text(&header["schema"], "type") == "string"
    })
}
