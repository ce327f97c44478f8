//! What the conversion does not know stops it: nothing of a document is skipped in silence.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::{Value, json};

use super::{
    super::{
        Contract,
        schema::{Direction, validator},
    },
    small::document,
};

fn panics(work: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(work)).expect_err("it is refused");
    let text = payload.downcast_ref::<String>().cloned();
    let text = text.or_else(|| {
        payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
    });
    text.expect("a text says why")
}

#[test]
fn an_unknown_construct_of_a_schema_is_named_with_its_place() {
    let root = document(json!({"Text": {"type": "string"}}));
    let cases = [
        (json!({"not": {"type": "string"}}), "/not"),
        (json!({"const": 1}), "/const"),
        (
            json!({"type": "object", "properties": {"a": {"maxlength": 1}}}),
            "/properties/a/maxlength",
        ),
        (
            json!({"type": "array", "items": {"prefixItems": []}}),
            "/items/prefixItems",
        ),
        (
            json!({"oneOf": [{"type": "string"}, {"if": {}}]}),
            "/oneOf/1/if",
        ),
        (
            json!({"type": "object", "additionalProperties": {"$id": "a"}}),
            "/additionalProperties/$id",
        ),
        (json!({"type": ["string", "null"]}), "/type"),
        (json!({"type": "null"}), "/type"),
        (
            json!({"type": "integer", "exclusiveMinimum": 3}),
            "/exclusiveMinimum",
        ),
        (
            json!({"type": "integer", "exclusiveMaximum": true}),
            "/exclusiveMaximum",
        ),
        (json!({"type": "string", "format": "byte"}), "byte"),
        (json!({"type": "string", "format": "int32"}), "int32"),
        (
            json!({"type": "integer", "format": "date-time"}),
            "date-time",
        ),
        (
            json!({"$ref": "#/components/schemas/Text", "maxLength": 1}),
            "maxLength",
        ),
        (json!({"$ref": "#/components/schemas/Absent"}), "Absent"),
        (
            json!({"$ref": "other.yaml#/components/schemas/Text"}),
            "other.yaml",
        ),
        (json!({"items": true}), "/items"),
        (json!({"required": "a"}), "/required"),
        (json!({"type": "string", "nullable": "true"}), "/nullable"),
        (
            json!({"properties": {"a": {"readOnly": 1}}}),
            "/properties/a/readOnly",
        ),
        (json!({"pattern": "("}), "no JSON Schema"),
    ];
    for (schema, named) in cases {
        let text = panics(|| drop(validator(&root, &schema, Direction::Request)));
        assert!(text.contains(named), "{schema}: {text}");
    }
}

#[test]
fn an_unknown_construct_of_an_operation_is_refused() {
    let contract_of = |operation: Value| {
        let root = json!({
            "servers": [{"url": "https://example.com"}],
            "paths": {"/a": {"get": operation}},
            "components": {"securitySchemes": {"open": {"type": "openIdConnect"}}},
        });
        drop(Contract::of(&[&root]));
    };
    let integer = json!({"type": "integer"});
    let cases = [
        (
            json!({"parameters": [{"name": "a", "in": "cookie", "schema": integer}]}),
            "cookie",
        ),
        (
            json!({"parameters": [{"name": "a", "in": "query", "schema": integer, "style": "deepObject"}]}),
            "style",
        ),
        (
            json!({"parameters": [{"name": "a", "in": "query", "schema": {"type": "object"}}]}),
            "object",
        ),
        (
            json!({"responses": {"200": {"content": {"image/png": {"schema": {"type": "string"}}}}}}),
            "image/png",
        ),
        (
            json!({"responses": {"200": {"content": {"application/json": {}}}}}),
            "no schema",
        ),
        (json!({"responses": {"4XX": {}}}), "no status"),
        (json!({"security": [{"open": []}]}), "open"),
        (json!({"servers": []}), "server"),
    ];
    for (operation, named) in cases {
        let text = panics(|| contract_of(operation.clone()));
        assert!(text.contains(named), "{operation}: {text}");
    }
    contract_of(json!({"operationId": "fine"}));
}

#[test]
fn two_operations_at_one_path_are_refused() {
    let document = |path: &str| {
        json!({
            "servers": [{"url": "https://example.com"}],
            "paths": {path: {"get": {"operationId": "show"}}},
        })
    };
    let (one, other) = (document("/a/{x}"), document("/a/{y}"));
    assert!(panics(|| drop(Contract::of(&[&one, &other]))).contains("show"));
    drop(Contract::of(&[&one, &document("/a/y")]));
}
