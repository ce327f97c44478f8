//! How each type that holds a secret prints: Debug of every schema's example.

use serde_json::Value;
use xtask::roles::Roles;

use crate::{
    described::{Described, TypedClient},
    documents::{leads_to_secret, schema_examples},
};

/// The types in the order of their names, with a field that no document knows where answers are read.
///
/// # Panics
/// When that field's value is printed.
pub fn of_types_that_hold_a_secret<C: TypedClient>(described: &Described<C>) -> String {
    let document = &described.document;
    let roles = Roles::of(&document.root);
    let mut printed = Vec::new();
    for (schema, mut example) in schema_examples(document) {
        if !leads_to_secret(document, &schema) {
            continue;
        }
        if roles.response.contains(&schema) && example.is_object() {
            example["a_field_of_tomorrow"] = Value::from("CANARY-unknown");
        }
        printed.push((described.type_of(&schema).debug)(example));
    }
    let text = printed.join("\n\n");
    assert!(!text.contains("CANARY"), "a secret is printed");
    if text.is_empty() {
        "no type holds a secret".to_owned()
    } else {
        text
    }
}
