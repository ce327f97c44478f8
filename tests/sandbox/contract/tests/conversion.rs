//! Each keyword accepts what it must and refuses what it must.

use serde_json::{Value, json};

use super::small::check;

#[test]
fn a_type_is_that_type_and_not_null() {
    let values = [
        ("string", json!("a")),
        ("integer", json!(1)),
        ("boolean", json!(true)),
        ("array", json!([])),
        ("object", json!({})),
    ];
    for (kind, _) in &values {
        let (fit, other): (Vec<_>, Vec<_>) = values.iter().partition(|(name, _)| name == kind);
        let of = |pairs: Vec<&(&str, Value)>| pairs.iter().map(|(_, it)| it.clone()).collect();
        let mut refused: Vec<Value> = of(other);
        refused.push(Value::Null);
        check(&[(json!({"type": kind}), of(fit), refused)]);
    }
    check(&[(
        json!({"type": "number"}),
        vec![json!(1), json!(1.5)],
        vec![json!("1"), json!(null)],
    )]);
}

#[test]
fn exclusive_limits_are_not_allowed_themselves() {
    check(&[
        (
            json!({"type": "integer", "minimum": 1, "maximum": 3}),
            vec![json!(1), json!(3)],
            vec![json!(0), json!(4)],
        ),
        (
            json!({"type": "number", "minimum": 1, "exclusiveMinimum": true, "maximum": 3}),
            vec![json!(1.5), json!(3)],
            vec![json!(1)],
        ),
        (
            json!({"type": "number", "minimum": 1, "maximum": 3, "exclusiveMaximum": true}),
            vec![json!(1), json!(2.5)],
            vec![json!(3)],
        ),
        (
            json!({
                "type": "integer",
                "minimum": 1,
                "exclusiveMinimum": false,
                "maximum": 3,
                "exclusiveMaximum": false,
            }),
            vec![json!(1), json!(3)],
            vec![json!(0), json!(4)],
        ),
    ]);
}

#[test]
fn integers_keep_to_the_range_of_their_format() {
    let beyond_int64: u64 = 9_223_372_036_854_775_808;
    check(&[
        (
            json!({"type": "integer", "format": "int32"}),
            vec![json!(i32::MIN), json!(i32::MAX)],
            vec![
                json!(2_147_483_648_i64),
                json!(-2_147_483_649_i64),
                json!(1.5),
            ],
        ),
        (
            json!({"type": "integer", "format": "int64"}),
            vec![json!(i64::MIN), json!(i64::MAX), json!(2_147_483_648_i64)],
            vec![json!(beyond_int64), json!(1e30), json!(-1e30)],
        ),
        (
            json!({"type": "integer", "format": "int32", "maximum": 5}),
            vec![json!(5)],
            vec![json!(6), json!(-2_147_483_649_i64)],
        ),
        (
            json!({"type": "integer", "format": "int32", "maximum": 2_147_483_648_i64}),
            vec![json!(i32::MAX)],
            vec![json!(2_147_483_648_i64)],
        ),
        (
            json!({"type": "integer", "format": "int32", "allOf": [{"maximum": 5}]}),
            vec![json!(5)],
            vec![json!(6), json!(-2_147_483_649_i64)],
        ),
    ]);
}

#[test]
fn formats_of_strings_are_checked_and_a_password_is_any_string() {
    let format = |format: &str| json!({"type": "string", "format": format});
    check(&[
        (
            format("date-time"),
            vec![
                json!("2009-05-13T00:07:08Z"),
                json!("2009-05-13T00:07:08+02:00"),
            ],
            vec![
                json!("2009-05-13T00:07:08"),
                json!("2009-13-13T00:07:08Z"),
                json!("2009-05-13"),
            ],
        ),
        (
            format("date"),
            vec![json!("2009-05-13")],
            vec![json!("2009-02-30"), json!("today")],
        ),
        (
            format("uri"),
            vec![json!("https://example.com/callback?a=b")],
            vec![
                json!("/callback"),
                json!("example.com"),
                json!("https://a b"),
            ],
        ),
        (
            format("uuid"),
            vec![json!("9c865cd6-858e-42c6-b14d-2cc43f3b4ac4")],
            vec![
                json!("9c865cd6858e42c6b14d2cc43f3b4ac4"),
                json!("my_connection"),
            ],
        ),
        (
            format("email"),
            vec![json!("a@example.com")],
            vec![json!("a")],
        ),
        (
            format("password"),
            vec![json!(""), json!("any text")],
            vec![json!(1)],
        ),
        (
            json!({"type": "number", "format": "double"}),
            vec![json!(1), json!(1.5)],
            vec![json!("1.5")],
        ),
    ]);
}

#[test]
fn what_json_schema_has_too_is_taken_over() {
    check(&[
        (
            json!({"type": "string", "minLength": 2, "maxLength": 3, "pattern": "^a"}),
            vec![json!("ab"), json!("abc")],
            vec![json!("a"), json!("abcd"), json!("bb")],
        ),
        (
            json!({"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 2, "uniqueItems": true}),
            vec![json!([1]), json!([1, 2])],
            vec![json!([]), json!([1, 2, 3]), json!([1, 1]), json!(["1"])],
        ),
        (
            json!({"type": "object", "minProperties": 1, "maxProperties": 2}),
            vec![json!({"a": 1}), json!({"a": 1, "b": 2})],
            vec![json!({}), json!({"a": 1, "b": 2, "c": 3})],
        ),
        (
            json!({"type": "integer", "multipleOf": 5}),
            vec![json!(10)],
            vec![json!(11)],
        ),
        (
            json!({"type": "string", "enum": ["a"]}),
            vec![json!("a")],
            vec![json!("b")],
        ),
        (
            json!({"anyOf": [{"type": "string"}, {"type": "integer", "minimum": 1}]}),
            vec![json!("a"), json!(1)],
            vec![json!(0), json!(null)],
        ),
    ]);
}

#[test]
fn schemas_that_contain_themselves_are_followed_down() {
    check(&[(
        json!({"$ref": "#/components/schemas/Tree"}),
        vec![
            json!({"id": 1, "parent": null, "children": [{"id": 2, "children": []}]}),
            json!({"id": 1, "parent": {"id": 2, "parent": {"id": 3}}}),
        ],
        vec![
            json!({"id": 1, "children": [{"id": 2, "children": [{}]}]}),
            json!({"id": 1, "parent": {"id": 2, "parent": {"id": "3"}}}),
            json!({"id": 1, "parent": {"id": 2, "more": true}}),
        ],
    )]);
}

#[test]
fn what_is_for_readers_constrains_nothing() {
    check(&[(
        json!({
            "type": "string",
            "title": "A",
            "description": "A text.",
            "example": 1,
            "default": 2,
            "deprecated": true,
            "externalDocs": {"url": "https://example.com"},
            "xml": {"name": "a"},
            "discriminator": {"propertyName": "kind"},
            "x-extensible-enum": ["a"],
            "x-anything": false,
        }),
        vec![json!("b")],
        vec![json!(1)],
    )]);
}
