//! Parameters and bodies in the forms that reach the wire as documented.

use serde_json::Value;

use super::{Lint, Rule};
use crate::openapi::{Operation, contents, entries, schema_name, text};

const PLACE: Rule = Rule {
    id: "parameter-place",
    purpose: "parameters are in path, query or header, secrets in the query only: progenitor refuses cookies, writes what is in path or header with Display, which a secret does not have, and Accept, Content-Type and Authorization are ignored as parameters",
    way_out: "describe cookies and credentials as a security scheme; leave the reserved headers out",
};
const STYLE: Rule = Rule {
    id: "parameter-style",
    purpose: "parameters use the default style, exploded: progenitor refuses the other styles or sends another form than documented",
    way_out: "write nested names literally, as in `page[size]`, and lists as repeated parameters",
};
const SCALAR: Rule = Rule {
    id: "parameter-schema",
    purpose: "a parameter's schema is a scalar or a list of scalars, not nullable and not an object: progenitor refuses or panics on others",
    way_out: "write one literal parameter per value",
};
const BODY: Rule = Rule {
    id: "request-body",
    purpose: "a request body is required and refers to a named schema as JSON or as a form: progenitor treats an optional body as required and panics on `encoding`",
    way_out: "write `required: true` and a `$ref` to a schema of its own",
};
const DEPRECATED: Rule = Rule {
    id: "deprecated-operation",
    purpose: "an operation is not `deprecated`: progenitor drops the mark, so Rust users would not see it",
    way_out: "say in the description since when and what replaces it",
};

pub(super) const RULES: &[Rule] = &[PLACE, STYLE, SCALAR, BODY, DEPRECATED];

/// Headers that OpenAPI ignores as parameters, or that the transport sets itself.
const RESERVED_HEADERS: [&str; 8] = [
    "accept",
    "api-version",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
    "user-agent",
];

pub(super) fn check(lint: &mut Lint<'_>) {
    for operation in lint.operations.clone() {
        for (pointer, parameter) in operation.parameters(lint.root) {
            check_parameter(lint, &pointer, parameter);
        }
        check_body(lint, &operation);
        if operation.value.get("deprecated") == Some(&Value::Bool(true)) {
            lint.refuse(
                &DEPRECATED,
                &operation.pointer,
                "the operation is marked deprecated",
            );
        }
        for unseen in ["callbacks", "servers"] {
            if operation.value.get(unseen).is_some() {
                lint.refuse(
                    &STYLE,
                    &operation.pointer,
                    format!("progenitor ignores `{unseen}` of an operation"),
                );
            }
        }
    }
}

fn check_parameter(lint: &mut Lint<'_>, pointer: &str, parameter: &Value) {
    let name = text(parameter, "name");
    let place = text(parameter, "in");
    if !matches!(place, "path" | "query" | "header") {
        lint.refuse(&PLACE, pointer, format!("`{name}` is in `{place}`"));
    }
    if place == "header" {
        if RESERVED_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
            lint.refuse(
                &PLACE,
                pointer,
                format!("header `{name}` is not the caller's to set"),
            );
        }
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if name.is_empty() || !name.bytes().all(is_token) {
            lint.refuse(&PLACE, pointer, format!("`{name}` is no header name"));
        }
    }
    let style = text(parameter, "style");
    let default_style = if place == "query" { "form" } else { "simple" };
    if !style.is_empty() && style != default_style {
        lint.refuse(&STYLE, pointer, format!("`{name}` has style `{style}`"));
    }
    if parameter.get("explode") == Some(&Value::Bool(false)) && place == "query" {
        lint.refuse(
            &STYLE,
            pointer,
            format!("`{name}` is not exploded, but would be sent so"),
        );
    }
    if parameter.get("content").is_some() {
        lint.refuse(
            &SCALAR,
            pointer,
            format!("`{name}` has `content` instead of a schema"),
        );
        return;
    }
    let schema = &parameter["schema"];
    let schema = match schema_name(schema) {
        Some(named) => &lint.root["components"]["schemas"][named],
        None => schema,
    };
    let scalar = |schema: &Value| {
        matches!(
            text(schema, "type"),
            "string" | "integer" | "boolean" | "number"
        )
    };
    let is_list = text(schema, "type") == "array" && scalar(&schema["items"]);
    let fits = scalar(schema) || (is_list && place == "query");
    if !fits {
        lint.refuse(
            &SCALAR,
            pointer,
            format!("`{name}` is neither a scalar nor a list of scalars"),
        );
    }
    if text(schema, "format") == "password" && place != "query" {
        lint.refuse(
            &PLACE,
            pointer,
            format!("the secret `{name}` is in the {place}"),
        );
    }
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        lint.refuse(
            &SCALAR,
            pointer,
            format!("`{name}` is nullable: progenitor would make it optional"),
        );
    }
}

fn check_body(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    let Some((pointer, body)) = operation.request_body(lint.root) else {
        return;
    };
    if matches!(operation.method.as_str(), "GET" | "HEAD" | "DELETE") {
        lint.refuse(
            &BODY,
            &pointer,
            format!("{} takes no body", operation.method),
        );
    }
    if body.get("required") != Some(&Value::Bool(true)) {
        lint.refuse(&BODY, &pointer, "the body is not `required: true`");
    }
    let mut schemas = Vec::new();
    for (media_type, pointer, value) in contents(&pointer, body) {
        if !matches!(
            media_type,
            "application/json" | "application/x-www-form-urlencoded"
        ) {
            lint.refuse(
                &BODY,
                &pointer,
                format!("`{media_type}` is not supported as a body"),
            );
        }
        let is_form = media_type == "application/x-www-form-urlencoded";
        if schema_name(&value["schema"]).is_none() {
            lint.refuse(&BODY, &pointer, "the body has no named schema");
        }
        if is_form && !is_flat(lint, value) {
            let reason = "a form cannot hold a list or an object: it would fail when it is sent";
            lint.refuse(&BODY, &pointer, reason);
        }
        schemas.push(&value["schema"]);
        if value.get("encoding").is_some() {
            lint.refuse(&BODY, &pointer, "`encoding` is set");
        }
    }
    if schemas.windows(2).any(|pair| pair[0] != pair[1]) {
        lint.refuse(
            &BODY,
            &pointer,
            "the media types of the body have different schemas",
        );
    }
}

/// Whether every property of a body is a scalar.
fn is_flat(lint: &Lint<'_>, media_type: &Value) -> bool {
    let Some(named) = schema_name(&media_type["schema"]) else {
        return true;
    };
    let schemas = &lint.root["components"]["schemas"];
    if text(&schemas[named], "type") != "object" {
        return false;
    }
    entries(&schemas[named], "properties").all(|(_, property)| {
        let property = schema_name(property).map_or(property, |inner| &schemas[inner]);
        !matches!(text(property, "type"), "array" | "object")
    })
}
