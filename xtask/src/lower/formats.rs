//! Rewrites of formats and constraints.

use serde_json::{Value, json};

use super::{Lowered, answers::add_schema};
use crate::openapi::text;

/// Calls `rewrite` with every schema of components, parameters, bodies and answers, inner ones first.
fn each_schema(root: &mut Value, rewrite: &mut impl FnMut(&mut Value)) {
    if let Some(schemas) = root
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
    {
        schemas
            .values_mut()
            .for_each(|schema| inner_first(schema, rewrite));
    }
    super::answers::each_operation(root, |_, operation| {
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            own_schema(parameter, rewrite);
        }
        if let Some(body) = operation.get_mut("requestBody") {
            content_schemas(body, rewrite);
        }
        let responses = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut);
        for (_, response) in responses.into_iter().flatten() {
            content_schemas(response, rewrite);
        }
    });
}

fn content_schemas(holder: &mut Value, rewrite: &mut impl FnMut(&mut Value)) {
    let content = holder.get_mut("content").and_then(Value::as_object_mut);
    for (_, media_type) in content.into_iter().flatten() {
        own_schema(media_type, rewrite);
    }
}

fn own_schema(holder: &mut Value, rewrite: &mut impl FnMut(&mut Value)) {
    if let Some(schema) = holder.get_mut("schema") {
        inner_first(schema, rewrite);
    }
}

fn inner_first(schema: &mut Value, rewrite: &mut impl FnMut(&mut Value)) {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties
            .values_mut()
            .for_each(|property| inner_first(property, rewrite));
    }
    if let Some(items) = schema.get_mut("items") {
        inner_first(items, rewrite);
    }
    rewrite(schema);
}

/// Replaces each string of one format by a reference to a type of core.
fn by_name(lowered: &mut Lowered, format: &str, name: &str) {
    let mut found = replace_named(&mut lowered.root, format, name);
    each_schema(&mut lowered.root, &mut |schema| {
        if text(schema, "format") != format {
            return;
        }
        found = true;
        let mut named = json!({"allOf": [{"$ref": format!("#/components/schemas/{name}")}]});
        for kept in ["description", "nullable"] {
            if let Some(value) = schema.get(kept) {
                named[kept] = value.clone();
            }
        }
        *schema = named;
    });
    if found {
        add_schema(
            lowered,
            name,
            json!({"type": "string", "description": format!("Format {format}.")}),
        );
    }
}

/// A component that is nothing but a string of that format is core's type itself, not a type around it.
fn replace_named(root: &mut Value, format: &str, name: &str) -> bool {
    let Some(schemas) = root
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
    else {
        return false;
    };
    let is_named = |schema: &Value| text(schema, "format") == format;
    let named: Vec<String> = schemas
        .iter()
        .filter(|(_, schema)| is_named(schema))
        .map(|(name, _)| format!("#/components/schemas/{name}"))
        .collect();
    schemas.retain(|_, schema| !is_named(schema));
    redirect(root, &named, &format!("#/components/schemas/{name}"));
    !named.is_empty()
}

fn redirect(value: &mut Value, from: &[String], to: &str) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(target) if key == "$ref" && from.contains(target) => {
                        *target = to.to_owned();
                    }
                    inner => redirect(inner, from, to),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| redirect(item, from, to)),
        _ => {}
    }
}

/// A secret is referred to by name: progenitor's match on `format: password` fails without a word
/// when the schema carries one key more, and the value would print.
pub(super) fn secrets_by_name(lowered: &mut Lowered) {
    by_name(lowered, "password", "Secret");
}

/// A point in time becomes core's `Timestamp`: a strict parse of one odd text (Zendesk has sent times
/// without a zone) would fail the whole answer.
pub(super) fn timestamps_by_name(lowered: &mut Lowered) {
    by_name(lowered, "date-time", "Timestamp");
}

/// Other formats of strings are dropped: progenitor would parse uuid, date and ip strictly, and one odd
/// value would fail the whole answer.
pub(super) fn plain_strings(lowered: &mut Lowered) {
    each_schema(&mut lowered.root, &mut |schema| {
        if text(schema, "type") == "string"
            && let Some(object) = schema.as_object_mut()
        {
            object.remove("format");
        }
    });
}

/// Keywords of a schema that are for readers.
const DROPPED: [&str; 13] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "default",
    "example",
];

/// Ranges, patterns, lengths and defaults are for readers: progenitor makes types of them that also
/// check what is received, and would send a default that nobody asked for.
pub(super) fn no_constraints(lowered: &mut Lowered) {
    each_schema(&mut lowered.root, &mut |schema| {
        if let Some(object) = schema.as_object_mut() {
            object.retain(|key, _| !DROPPED.contains(&key.as_str()));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::tests::{at, lowered};

    const A: &str = "/components/schemas/A/properties";

    #[test]
    fn a_secret_stays_a_secret_whatever_stands_beside_it() {
        let mut lowered = lowered(
            json!({"responses": {}, "parameters": [{"schema": {"type": "string", "format": "password", "minLength": 3}}]}),
            json!({"A": {"type": "object", "properties": {"secret":
                {"type": "string", "format": "password", "nullable": true, "description": "d", "x-note": 1}}}}),
        );
        secrets_by_name(&mut lowered);
        assert_eq!(
            at(&lowered, &format!("{A}/secret")),
            &json!({"allOf": [{"$ref": "#/components/schemas/Secret"}], "nullable": true, "description": "d"})
        );
        assert_eq!(
            at(
                &lowered,
                "/paths/~1things/get/parameters/0/schema/allOf/0/$ref"
            ),
            "#/components/schemas/Secret"
        );
    }

    #[test]
    fn a_secret_with_a_name_is_the_secret_itself() {
        let mut lowered = lowered(
            json!({"responses": {}, "parameters": [{"schema": {"$ref": "#/components/schemas/Token"}}]}),
            json!({"Token": {"type": "string", "format": "password"}}),
        );
        secrets_by_name(&mut lowered);
        assert_eq!(
            at(&lowered, "/paths/~1things/get/parameters/0/schema/$ref"),
            "#/components/schemas/Secret"
        );
        assert!(at(&lowered, "/components/schemas/Token").is_null());
        assert!(at(&lowered, "/components/schemas/Secret").is_object());
    }

    #[test]
    fn a_timestamp_is_never_parsed_strictly() {
        let mut lowered = lowered(
            json!({}),
            json!({"A": {"properties": {"at": {"type": "string", "format": "date-time"}}}}),
        );
        timestamps_by_name(&mut lowered);
        assert_eq!(
            at(&lowered, &format!("{A}/at/allOf/0/$ref")),
            "#/components/schemas/Timestamp"
        );
    }

    #[test]
    fn a_uuid_is_a_string_and_an_integer_keeps_its_width() {
        let mut lowered = lowered(
            json!({}),
            json!({"A": {"properties": {"uuid": {"type": "string", "format": "uuid"},
                                        "id": {"type": "integer", "format": "int64"}}}}),
        );
        plain_strings(&mut lowered);
        assert_eq!(
            at(&lowered, &format!("{A}/uuid")),
            &json!({"type": "string"})
        );
        assert_eq!(at(&lowered, &format!("{A}/id/format")), "int64");
    }

    #[test]
    fn constraints_do_not_become_types() {
        for constraint in DROPPED {
            let mut schema = json!({"type": "integer", "format": "int32"});
            schema[constraint] = json!(1);
            let list = json!({"type": "array", "items": schema, "maxItems": 1});
            let mut lowered = lowered(
                json!({"parameters": [{"schema": schema}],
                       "responses": {"200": {"content": {"application/json": {"schema": list}}}}}),
                json!({}),
            );
            no_constraints(&mut lowered);
            let plain = json!({"type": "integer", "format": "int32"});
            assert_eq!(
                at(&lowered, "/paths/~1things/get/parameters/0/schema"),
                &plain,
                "{constraint}"
            );
            assert_eq!(
                at(
                    &lowered,
                    "/paths/~1things/get/responses/200/content/application~1json/schema"
                ),
                &json!({"type": "array", "items": plain}),
                "{constraint}"
            );
        }
    }
}
