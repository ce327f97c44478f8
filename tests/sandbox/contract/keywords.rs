//! Keywords that are rewritten, taken over or passed by, each by itself.

use serde_json::{Map, Value, json};
use xtask::openapi::text;

/// What tells readers something and constrains nothing.
const ANNOTATIONS: [&str; 8] = [
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "externalDocs",
    "title",
    "xml",
];
/// What means the same in both.
const SAME: [&str; 10] = [
    "enum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "minItems",
    "minLength",
    "minProperties",
    "multipleOf",
    "pattern",
    "uniqueItems",
];
const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

/// Whether the keyword tells readers something and constrains nothing.
pub(super) fn is_annotation(keyword: &str) -> bool {
    ANNOTATIONS.contains(&keyword) || keyword.starts_with("x-")
}

/// Whether the keyword and its value are the same in JSON Schema.
pub(super) fn is_same(keyword: &str) -> bool {
    SAME.contains(&keyword)
}

/// The `type`, which is one of six: null and lists of types came with OpenAPI 3.1.
pub(super) fn kind(schema: &Value, at: &str) -> Value {
    let kind = text(schema, "type");
    assert!(TYPES.contains(&kind), "{at}: OpenAPI 3.0 has no such type");
    kind.into()
}

/// `exclusiveMinimum` and `exclusiveMaximum` say how the limit is meant.
pub(super) fn refuse_other_exclusives(schema: &Value, keyword: &str, at: &str) {
    let limit = keyword.replace("exclusiveM", "m");
    let fits = schema[keyword].is_boolean() && schema.get(limit).is_some();
    assert!(fits, "{at}: in OpenAPI 3.0 it is a boolean beside a limit");
}

/// OpenAPI 3.0 ignores what stands beside a reference; a constraint there is a misunderstanding.
pub(super) fn refuse_constraints_beside_reference(members: &Map<String, Value>, at: &str) {
    let harmless = ["$ref", "nullable", "readOnly", "writeOnly"];
    for keyword in members.keys().map(String::as_str) {
        let is_fine = harmless.contains(&keyword) || is_annotation(keyword);
        assert!(is_fine, "{at}: `{keyword}` beside $ref is ignored");
    }
}

/// A limit under the keyword that says whether it is itself allowed.
pub(super) fn bound(schema: &Value, limit: &str, exclusive: &str, out: &mut Map<String, Value>) {
    let is_exclusive = schema.get(exclusive) == Some(&Value::Bool(true));
    let keyword = if is_exclusive { exclusive } else { limit };
    out.insert(keyword.into(), schema[limit].clone());
}

/// Formats that JSON Schema checks, and ranges in place of those that it does not.
pub(super) fn format(schema: &Value, at: &str, out: &mut Map<String, Value>) {
    let Some(format) = schema.get("format") else {
        return;
    };
    // Beside the limits that the schema itself may have.
    let mut within = |minimum: i64, maximum: i64| {
        let all = out.entry("allOf").or_insert_with(|| json!([]));
        let all = all.as_array_mut().expect("allOf is a list");
        all.push(json!({"minimum": minimum, "maximum": maximum}));
    };
    match (text(schema, "type"), format.as_str().unwrap_or_default()) {
        ("integer", "int32") => within(i32::MIN.into(), i32::MAX.into()),
        ("integer", "int64") => within(i64::MIN, i64::MAX),
        ("string", "date" | "date-time" | "email" | "uri" | "uuid") => {
            out.insert("format".into(), format.clone());
        }
        ("string", "password") | ("number", "float" | "double") => {}
        (kind, format) => panic!("{at}: the conversion does not know {kind} as {format}"),
    }
}

/// Lets null pass, whatever the rest says.
pub(super) fn nullable(mut out: Map<String, Value>, is_composed: bool) -> Value {
    if is_composed {
        return json!({"anyOf": [{"type": "null"}, out]});
    }
    if let Some(kind) = out.get_mut("type") {
        *kind = json!([kind, "null"]);
    }
    if let Some(Value::Array(values)) = out.get_mut("enum") {
        values.push(Value::Null);
    }
    Value::Object(out)
}
