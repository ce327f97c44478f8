//! A reading view of a document: its operations, parameters, schemas and references.

use serde_json::{Map, Value};

use crate::{document::Document, pointer};

/// The methods that a path item may have.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// One operation and where it stands.
#[derive(Clone, Debug)]
pub struct Operation<'a> {
    /// JSON pointer of the operation.
    pub pointer: String,
    /// Method in capitals: `GET`.
    pub method: String,
    /// Path template: `/api/v2/oauth/clients/{oauth_client_id}`.
    pub path: &'a str,
    /// The operation object.
    pub value: &'a Value,
    path_item: &'a Value,
}

impl<'a> Operation<'a> {
    /// The operationId, empty when it is missing.
    pub fn id(&self) -> &'a str {
        text(self.value, "operationId")
    }

    /// Parameters of the operation and of its path, references resolved, with their pointers.
    pub fn parameters(&self, root: &'a Value) -> Vec<(String, &'a Value)> {
        let path_pointer = pointer::parent(&self.pointer)
            .unwrap_or_default()
            .to_owned();
        [(&self.pointer, self.value), (&path_pointer, self.path_item)]
            .into_iter()
            .flat_map(|(pointer, holder)| {
                let pointer = pointer::join(pointer, "parameters");
                array(holder, "parameters")
                    .iter()
                    .enumerate()
                    .map(move |(index, value)| (pointer::join(&pointer, &index.to_string()), value))
            })
            .map(|(pointer, value)| resolved(root, pointer, value))
            .collect()
    }

    /// Responses by status, references resolved, with their pointers.
    pub fn responses(&self, root: &'a Value) -> Vec<(&'a str, String, &'a Value)> {
        let pointer = pointer::join(&self.pointer, "responses");
        entries(self.value, "responses")
            .map(|(status, value)| {
                let (pointer, value) = resolved(root, pointer::join(&pointer, status), value);
                (status.as_str(), pointer, value)
            })
            .collect()
    }

    /// The request body, reference resolved, with its pointer.
    pub fn request_body(&self, root: &'a Value) -> Option<(String, &'a Value)> {
        let value = self.value.get("requestBody")?;
        Some(resolved(
            root,
            pointer::join(&self.pointer, "requestBody"),
            value,
        ))
    }
}

/// Every operation, in the alphabetical order of the paths and then in that of [`METHODS`].
pub fn operations(root: &Value) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    for (path, path_item) in entries(root, "paths") {
        let path_pointer = pointer::join("/paths", path);
        for method in METHODS {
            if let Some(value) = path_item.get(method) {
                found.push(Operation {
                    pointer: pointer::join(&path_pointer, method),
                    method: method.to_uppercase(),
                    path,
                    value,
                    path_item,
                });
            }
        }
    }
    found
}

/// Every operation, in the order of the text: for what is read by people.
pub fn operations_as_written(document: &Document) -> Vec<Operation<'_>> {
    let mut found = operations(&document.root);
    found.sort_by_key(|operation| document.position(&operation.pointer));
    found
}

/// Named schemas with their pointers.
pub fn component_schemas(root: &Value) -> impl Iterator<Item = (&String, String, &Value)> {
    root.pointer("/components/schemas")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, schema)| (name, pointer::join("/components/schemas", name), schema))
}

/// The schema of each media type in a body or response: `(media type, pointer, media type object)`.
pub fn contents<'a>(holder_pointer: &str, holder: &'a Value) -> Vec<(&'a str, String, &'a Value)> {
    let pointer = pointer::join(holder_pointer, "content");
    entries(holder, "content")
        .map(|(media_type, value)| {
            (
                media_type.as_str(),
                pointer::join(&pointer, media_type),
                value,
            )
        })
        .collect()
}

/// `value`, or what its `$ref` points to within the document, with the pointer of the result.
///
/// A reference that does not resolve gives the value itself; a rule of its own reports it.
pub fn resolved<'a>(root: &'a Value, pointer: String, value: &'a Value) -> (String, &'a Value) {
    let Some(target) = reference(value).and_then(|target| target.strip_prefix('#')) else {
        return (pointer, value);
    };
    match root.pointer(target) {
        Some(found) if reference(found).is_none() => (target.to_owned(), found),
        _ => (pointer, value),
    }
}

/// The text of `$ref`, if the value is a reference.
pub fn reference(value: &Value) -> Option<&str> {
    value.get("$ref").and_then(Value::as_str)
}

/// The component schema that `value` refers to, directly or as the only member of `allOf`.
pub fn schema_name(value: &Value) -> Option<&str> {
    let direct = reference(value).or_else(|| match array(value, "allOf") {
        [only] => reference(only),
        _ => None,
    });
    direct?.strip_prefix("#/components/schemas/")
}

/// Calls `visit` with every value of the document and its pointer, parents first.
pub fn walk<'a>(value: &'a Value, pointer: &str, visit: &mut impl FnMut(&str, &'a Value)) {
    visit(pointer, value);
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                walk(member, &pointer::join(pointer, name), visit);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &pointer::join(pointer, &index.to_string()), visit);
            }
        }
        _ => {}
    }
}

/// Calls `visit` with `schema` and every schema inside it, not following references.
pub fn walk_schema<'a>(schema: &'a Value, pointer: &str, visit: &mut impl FnMut(&str, &'a Value)) {
    visit(pointer, schema);
    let properties = pointer::join(pointer, "properties");
    for (name, property) in entries(schema, "properties") {
        walk_schema(property, &pointer::join(&properties, name), visit);
    }
    for keyword in ["items", "additionalProperties", "not"] {
        if let Some(inner) = schema.get(keyword).filter(|inner| inner.is_object()) {
            walk_schema(inner, &pointer::join(pointer, keyword), visit);
        }
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let inner_pointer = pointer::join(pointer, keyword);
        for (index, inner) in array(schema, keyword).iter().enumerate() {
            walk_schema(
                inner,
                &pointer::join(&inner_pointer, &index.to_string()),
                visit,
            );
        }
    }
}

/// The member `name` as text, or an empty text.
pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The member `name` as a list, or an empty list.
pub fn array<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// The entries of the object member `name`, or none.
pub fn entries<'a>(value: &'a Value, name: &str) -> serde_json::map::Iter<'a> {
    static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    value
        .get(name)
        .and_then(Value::as_object)
        .unwrap_or(&EMPTY)
        .iter()
}
