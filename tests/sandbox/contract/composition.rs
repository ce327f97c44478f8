//! Questions about a schema that refers to others or is composed of them.

use serde_json::Value;
use xtask::openapi::{array, entries, reference};

/// What every alternative of a schema may hold.
const ALL: &[&str] = &["allOf", "oneOf", "anyOf"];

/// The name of the component that `schema` refers to.
///
/// # Panics
/// When it refers to anything else: no document does, and the bundle has no place for it.
pub(super) fn referred(schema: &Value) -> Option<&str> {
    let target = reference(schema)?;
    let name = target.strip_prefix("#/components/schemas/");
    Some(name.unwrap_or_else(|| panic!("`{target}` is no component schema of the document")))
}

/// The component schema with this name.
pub(super) fn component<'a>(root: &'a Value, name: &str) -> &'a Value {
    root.pointer("/components/schemas")
        .and_then(|schemas| schemas.get(name))
        .unwrap_or_else(|| panic!("there is no component schema {name}"))
}

/// Whether the schema, or one that it is composed of, names properties.
pub(super) fn has_properties(root: &Value, schema: &Value) -> bool {
    any(root, schema, ALL, &|part| part.get("properties").is_some())
}

/// Whether the schema carries `mark: true` (`readOnly`, `writeOnly`), itself or by what it refers to.
pub(super) fn is_marked(root: &Value, schema: &Value, mark: &str) -> bool {
    any(root, schema, &["allOf"], &|part| {
        part.get(mark) == Some(&Value::Bool(true))
    })
}

/// Whether `schema`, or one that it is composed of, has a property `name` that carries the mark.
pub(super) fn has_marked_property(root: &Value, schema: &Value, name: &str, mark: &str) -> bool {
    any(root, schema, ALL, &|part| {
        entries(part, "properties")
            .any(|(property, inner)| property == name && is_marked(root, inner, mark))
    })
}

/// The type that a scalar, a list or an object has, also by what it refers to; empty without one.
pub(super) fn kind<'a>(root: &'a Value, schema: &'a Value) -> &'a str {
    xtask::openapi::text(plain(root, schema), "type")
}

/// The schema itself, or what it refers to, directly or by an `allOf` around one reference.
pub(super) fn plain<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    if let Some(name) = referred(schema) {
        return plain(root, component(root, name));
    }
    match array(schema, "allOf") {
        [only] if schema.get("type").is_none() => plain(root, only),
        _ => schema,
    }
}

fn any(root: &Value, schema: &Value, keywords: &[&str], holds: &impl Fn(&Value) -> bool) -> bool {
    if holds(schema) {
        return true;
    }
    if let Some(name) = referred(schema) {
        return any(root, component(root, name), keywords, holds);
    }
    keywords
        .iter()
        .flat_map(|keyword| array(schema, keyword))
        .any(|part| any(root, part, keywords, holds))
}
