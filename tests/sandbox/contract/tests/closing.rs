//! Unknown keys fail wherever a schema names properties, and pass where it names none.

use serde_json::{Value, json};

use super::small::{BOTH, document, judges};

/// Schema, accepted, refused; beside objects with the properties `a` and `b`, and a free one.
fn check(schema: &Value, accepted: &[Value], refused: &[Value]) {
    let object =
        |name: &str, kind: &str| json!({"type": "object", "properties": {name: {"type": kind}}});
    let root = document(json!({
        "A": object("a", "integer"),
        "B": object("b", "integer"),
        "Free": {"type": "object"},
        "Text": {"type": "string"},
        "Cause": {"oneOf": [{"$ref": "#/components/schemas/Text"}, {"$ref": "#/components/schemas/A"}]},
    }));
    judges(&root, schema, &BOTH, accepted, refused);
}

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

#[test]
fn an_object_with_properties_is_closed_at_every_depth() {
    let schema = json!({
        "type": "object",
        "properties": {
            "one": {"type": "object", "properties": {"a": {"type": "integer"}}},
            "list": {"type": "array", "items": to("A")},
            "map": {"type": "object", "additionalProperties": to("A")},
        },
    });
    let accepted = json!({"one": {"a": 1}, "list": [{"a": 1}], "map": {"any": {"a": 1}}});
    let refused = [
        json!({"more": 1}),
        json!({"one": {"a": 1, "more": 1}}),
        json!({"list": [{"a": 1}, {"more": 1}]}),
        json!({"map": {"any": {"more": 1}}}),
    ];
    check(&schema, &[accepted], &refused);
}

#[test]
fn an_object_without_properties_is_free() {
    let any = [json!({}), json!({"more": {"and": ["more"]}})];
    for schema in [
        json!({"type": "object"}),
        to("Free"),
        json!({"type": "object", "additionalProperties": true}),
        json!({"allOf": [to("Free")]}),
        json!({"allOf": [to("Free"), {"type": "object", "minProperties": 0}]}),
        json!({"oneOf": [to("Free"), to("Text")]}),
    ] {
        check(&schema, &any, &[json!(1)]);
    }
    check(
        &json!({"type": "object", "additionalProperties": false}),
        &[json!({})],
        &[json!({"a": 1})],
    );
}

#[test]
fn an_additional_properties_schema_says_itself_what_else_may_come() {
    let schema = json!({
        "type": "object",
        "properties": {"a": {"type": "integer"}},
        "additionalProperties": {"type": "string"},
    });
    let accepted = [json!({"a": 1}), json!({"a": 1, "more": "text"})];
    check(
        &schema,
        &accepted,
        &[json!({"a": 1, "more": 1}), json!({"a": "text"})],
    );
}

#[test]
fn all_of_takes_the_keys_of_all_parts_and_no_others() {
    let inline = json!({"type": "object", "properties": {"b": {"type": "integer"}}});
    let mut beside = inline.clone();
    beside["allOf"] = json!([to("A")]);
    for schema in [
        json!({"allOf": [to("A"), to("B")]}),
        json!({"allOf": [to("A"), inline]}),
        json!({"allOf": [to("A"), {"allOf": [to("B"), to("Free")]}]}),
        json!({"allOf": [{"allOf": [to("A"), to("B")]}]}),
        json!({"allOf": [{"allOf": [to("A"), to("B")]}], "nullable": true}),
        beside,
    ] {
        let accepted = [json!({}), json!({"a": 1}), json!({"a": 1, "b": 2})];
        let refused = [
            json!({"a": 1, "b": 2, "more": 3}),
            json!({"more": 3}),
            json!({"a": "x"}),
        ];
        check(&schema, &accepted, &refused);
    }
}

#[test]
fn a_wrapped_reference_is_as_closed_as_the_reference() {
    for schema in [
        to("A"),
        json!({"allOf": [to("A")]}),
        json!({"allOf": [to("A")], "description": "A."}),
        json!({"allOf": [{"allOf": [to("A")]}], "nullable": true}),
    ] {
        check(
            &schema,
            &[json!({"a": 1})],
            &[json!({"a": 1, "more": 1}), json!({"b": 1})],
        );
    }
}

#[test]
fn an_alternative_takes_its_own_keys_only() {
    let needs = |name: &str, required: &str| json!({"allOf": [to(name)], "type": "object", "required": [required]});
    for schema in [
        json!({"oneOf": [needs("A", "a"), needs("B", "b")]}),
        json!({"anyOf": [needs("A", "a"), needs("B", "b")]}),
        json!({"allOf": [{"oneOf": [needs("A", "a"), needs("B", "b")]}]}),
    ] {
        let accepted = [json!({"a": 1}), json!({"b": 1})];
        check(
            &schema,
            &accepted,
            &[json!({}), json!({"a": 1, "more": 1}), json!({"more": 1})],
        );
    }
    let accepted = [json!("text"), json!({"a": 1}), json!({})];
    let refused = [
        json!({"more": 1}),
        json!({"a": 1, "more": 1}),
        json!({"b": 1}),
        json!(1),
    ];
    check(&to("Cause"), &accepted, &refused);
    let held = |value: &Value| json!({"cause": value});
    let holder = json!({"type": "object", "properties": {"cause": to("Cause")}});
    check(
        &holder,
        &accepted.each_ref().map(held),
        &refused.each_ref().map(held),
    );
}

#[test]
fn a_free_alternative_is_free_unless_properties_stand_beside_it() {
    let alternatives = json!([to("Free"), {"type": "array", "items": to("A")}]);
    for schema in [
        json!({"oneOf": alternatives}),
        json!({"allOf": [{"oneOf": alternatives}]}),
    ] {
        check(
            &schema,
            &[json!({"more": 1}), json!([{"a": 1}])],
            &[json!([{"more": 1}])],
        );
    }
    let one_of_two = json!([
        {"type": "object", "required": ["a"]},
        {"type": "object", "required": ["b"]},
    ]);
    let both = json!({"a": {"type": "integer"}, "b": {"type": "integer"}});
    for schema in [
        json!({"type": "object", "properties": both, "oneOf": one_of_two}),
        json!({"allOf": [{"type": "object", "properties": both}, {"oneOf": one_of_two}]}),
    ] {
        let refused = [
            json!({}),
            json!({"a": 1, "b": 2}),
            json!({"a": 1, "more": 1}),
        ];
        check(&schema, &[json!({"a": 1}), json!({"b": 1})], &refused);
    }
}

#[test]
fn an_alternative_with_properties_does_not_close_a_free_one() {
    let schema = json!({"anyOf": [to("A"), {"type": "object", "required": ["free"]}]});
    let accepted = [json!({"a": 1}), json!({"free": true, "more": 1})];
    check(&schema, &accepted, &[json!({"more": 1})]);
}
