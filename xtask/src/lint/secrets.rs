//! Secrets are marked as such wherever they occur: everything that redacts hangs on it.

use serde_json::Value;

use super::{Lint, Rule};
use crate::{
    openapi::{component_schemas, entries, resolved, schema_name, text, walk_schema},
    pointer,
};

const SECRET: Rule = Rule {
    id: "secret-format",
    purpose: "what is a secret by its name has `format: password`, which becomes a type that never prints",
    way_out: "write `type: string` and `format: password`",
};
const PLAIN: Rule = Rule {
    id: "secret-plain",
    purpose: "a password schema carries nothing that would make progenitor read it as another type",
    way_out: "keep type, format, title, description, example, nullable, readOnly and writeOnly; say the rest in the description",
};

pub(super) const RULES: &[Rule] = &[SECRET, PLAIN];

/// Names that are secrets wherever they are sent or received.
const NAMES: [&str; 13] = [
    "secret",
    "client_secret",
    "access_token",
    "refresh_token",
    "code",
    "code_verifier",
    "verification_code",
    "flow_token",
    "redirect_url",
    "oauth_access_token_response_body",
    "raw_callback_params",
    "token",
    "full_token",
];

const PLAIN_KEYS: [&str; 8] = [
    "type",
    "format",
    "title",
    "description",
    "example",
    "nullable",
    "readOnly",
    "writeOnly",
];

pub(super) fn check(lint: &mut Lint<'_>) {
    let root = lint.root;
    for (name, pointer, schema) in component_schemas(root) {
        let in_error = lint.roles.only_in_errors(name);
        walk_schema(schema, &pointer, &mut |pointer, inner| {
            let properties = pointer::join(pointer, "properties");
            for (property, value) in entries(inner, "properties") {
                // The code of an error is none.
                if !(in_error && property == "code") {
                    check_name(lint, property, &pointer::join(&properties, property), value);
                }
            }
            check_plain(lint, pointer, inner);
        });
    }
    for operation in lint.operations.clone() {
        for (pointer, parameter) in operation.parameters(root) {
            let pointer = pointer::join(&pointer, "schema");
            check_name(
                lint,
                text(parameter, "name"),
                &pointer,
                &parameter["schema"],
            );
            check_plain(lint, &pointer, &parameter["schema"]);
        }
        for (status, pointer, response) in operation.responses(root) {
            if status.starts_with('3') {
                let pointer = pointer::join(&pointer, "headers");
                if let Some(header) = response.pointer("/headers/Location") {
                    let pointer = pointer::join(&pointer, "Location");
                    let (pointer, header) = resolved(root, pointer, header);
                    require_password(lint, "Location", &pointer, &header["schema"]);
                }
            }
        }
    }
}

fn check_name(lint: &mut Lint<'_>, name: &str, pointer: &str, schema: &Value) {
    if NAMES.contains(&name) && text(schema, "type") != "object" {
        let named = schema_name(schema).map(|named| &lint.root["components"]["schemas"][named]);
        if named.is_some_and(|component| component.get("properties").is_some()) {
            return;
        }
        require_password(lint, name, pointer, named.unwrap_or(schema));
    }
}

fn require_password(lint: &mut Lint<'_>, name: &str, pointer: &str, schema: &Value) {
    if text(schema, "type") != "string" || text(schema, "format") != "password" {
        lint.refuse(
            &SECRET,
            pointer,
            format!("`{name}` is a secret without `format: password`"),
        );
    }
}

fn check_plain(lint: &mut Lint<'_>, pointer: &str, schema: &Value) {
    if text(schema, "format") != "password" {
        return;
    }
    for key in schema
        .as_object()
        .into_iter()
        .flat_map(serde_json::Map::keys)
    {
        if !PLAIN_KEYS.contains(&key.as_str()) {
            lint.refuse(&PLAIN, pointer, format!("the secret also carries `{key}`"));
        }
    }
}
