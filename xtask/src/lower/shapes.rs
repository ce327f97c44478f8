//! Rewrites that make what is received liberal.

use serde_json::{Map, Value, json};

use super::{Lowered, RESERVED_SCHEMAS};
use crate::{openapi::array, roles::Roles};

fn each_response_schema(lowered: &mut Lowered, mut rewrite: impl FnMut(&mut Map<String, Value>)) {
    let roles = Roles::of(&lowered.root);
    let Some(schemas) = lowered
        .root
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    for (name, schema) in schemas {
        let is_ours = RESERVED_SCHEMAS.contains(&name.as_str());
        if roles.response.contains(name)
            && !is_ours
            && let Some(schema) = schema
                .as_object_mut()
                .filter(|it| it.contains_key("properties"))
        {
            rewrite(schema);
        }
    }
}

/// What a response need not have becomes optional and nullable: a field that is left out or null must
/// not fail the whole answer. A required and nullable property becomes optional too, because
/// progenitor would insist on the key.
pub(super) fn tolerant_responses(lowered: &mut Lowered) {
    each_response_schema(lowered, |schema| {
        let required = array_of_names(schema);
        let mut kept = Vec::new();
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (name, property) in properties.into_iter().flatten() {
            let nullable = property.get("nullable") == Some(&Value::Bool(true));
            if required.contains(name) && !nullable {
                kept.push(Value::from(name.as_str()));
            } else if let Some(reference) = property.get("$ref").cloned() {
                *property = json!({"allOf": [{"$ref": reference}], "nullable": true});
            } else {
                property["nullable"] = Value::Bool(true);
            }
        }
        schema.insert("required".to_owned(), Value::Array(kept));
    });
}

fn array_of_names(schema: &Map<String, Value>) -> Vec<String> {
    let schema = Value::Object(schema.clone());
    array(&schema, "required")
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// A list that may be left out of a request becomes nullable: progenitor makes «left out» and «empty»
/// one, and an update could then never send the empty list.
pub(super) fn optional_lists(lowered: &mut Lowered) {
    let roles = Roles::of(&lowered.root);
    let Some(schemas) = lowered
        .root
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    for (_, schema) in schemas
        .iter_mut()
        .filter(|(name, _)| roles.request.contains(*name))
    {
        let required: Vec<Value> = array(schema, "required").to_vec();
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (name, property) in properties.into_iter().flatten() {
            let is_list = property.get("type") == Some(&Value::from("array"));
            if is_list && !required.contains(&Value::from(name.as_str())) {
                property["nullable"] = Value::Bool(true);
            }
        }
    }
}

/// A response keeps the fields that no document knows, in core's `Extra`: what Zendesk adds tomorrow
/// reaches the caller today.
pub(super) fn unknown_fields(lowered: &mut Lowered) {
    each_response_schema(lowered, |schema| {
        schema.insert("additionalProperties".to_owned(), json!({}));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::tests::{at, lowered};

    fn example() -> Lowered {
        lowered(
            json!({"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}},
                   "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Sent"}}}}}),
            json!({"A": {"type": "object", "required": ["id", "cursor"], "properties": {
                        "id": {"type": "integer", "format": "int64"},
                        "cursor": {"type": "string", "nullable": true},
                        "name": {"type": "string"},
                        "inner": {"$ref": "#/components/schemas/B"}}},
                   "B": {"type": "object", "properties": {}},
                   "Sent": {"type": "object", "properties": {"name": {"type": "string"}, "uris": {"type": "array", "items": {"type": "string"}}}}}),
        )
    }

    #[test]
    fn only_what_is_required_and_never_null_stays_required() {
        let mut lowered = example();
        tolerant_responses(&mut lowered);
        let a = at(&lowered, "/components/schemas/A");
        assert_eq!(a["required"], json!(["id"]));
        assert_eq!(a["properties"]["name"]["nullable"], true);
        assert_eq!(a["properties"]["cursor"]["nullable"], true);
        assert_eq!(
            a["properties"]["inner"],
            json!({"allOf": [{"$ref": "#/components/schemas/B"}], "nullable": true})
        );
        assert!(a["properties"]["id"].get("nullable").is_none());
    }

    #[test]
    fn what_is_sent_stays_strict() {
        let mut lowered = example();
        let before = at(&lowered, "/components/schemas/Sent").clone();
        tolerant_responses(&mut lowered);
        unknown_fields(&mut lowered);
        assert_eq!(at(&lowered, "/components/schemas/Sent"), &before);
    }

    #[test]
    fn an_empty_list_can_be_sent() {
        let mut lowered = example();
        optional_lists(&mut lowered);
        let properties = at(&lowered, "/components/schemas/Sent/properties");
        assert_eq!(properties["uris"]["nullable"], true);
        assert!(properties["name"].get("nullable").is_none());
    }

    #[test]
    fn responses_keep_unknown_fields_at_every_depth() {
        let mut lowered = example();
        unknown_fields(&mut lowered);
        assert_eq!(
            at(&lowered, "/components/schemas/A/additionalProperties"),
            &json!({})
        );
        assert_eq!(
            at(&lowered, "/components/schemas/B/additionalProperties"),
            &json!({})
        );
    }
}
