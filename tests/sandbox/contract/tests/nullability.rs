//! Null passes where a schema says so, in each form of saying it.

use serde_json::json;

use super::small::check;

#[test]
fn nullable_lets_null_pass_and_nothing_else() {
    let text = json!({"$ref": "#/components/schemas/Text"});
    let kind = json!({"$ref": "#/components/schemas/Kind"});
    check(&[
        (
            json!({"type": "string", "nullable": true}),
            vec![json!("a"), json!(null)],
            vec![json!(1)],
        ),
        (
            json!({"type": "string", "nullable": false}),
            vec![json!("a")],
            vec![json!(null)],
        ),
        (
            json!({"type": "string", "enum": ["a"], "nullable": true}),
            vec![json!("a"), json!(null)],
            vec![json!("b"), json!(1)],
        ),
        (
            json!({"type": "integer", "format": "int32", "minimum": 1, "nullable": true}),
            vec![json!(1), json!(null)],
            vec![json!(0), json!("1")],
        ),
        (text.clone(), vec![json!("a")], vec![json!(null)]),
        (
            json!({"$ref": "#/components/schemas/Text", "nullable": true}),
            vec![json!("a"), json!(null)],
            vec![json!(1)],
        ),
        (
            json!({"allOf": [text], "nullable": true}),
            vec![json!("a"), json!(null)],
            vec![json!(1)],
        ),
        (
            json!({"allOf": [kind], "nullable": true, "type": "string"}),
            vec![json!("a"), json!(null)],
            vec![json!("c"), json!(1)],
        ),
        (
            json!({"oneOf": [kind, {"type": "integer"}], "nullable": true}),
            vec![json!("a"), json!(1), json!(null)],
            vec![json!("c"), json!(true)],
        ),
    ]);
}
