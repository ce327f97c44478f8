//! Members that belong to one direction only.

use serde_json::{Value, json};

use super::{
    super::schema::Direction,
    small::{document, judges},
};

#[test]
fn a_member_of_the_other_direction_is_neither_required_nor_allowed() {
    for (mark, refusing, allowing) in [
        ("readOnly", Direction::Request, Direction::Response),
        ("writeOnly", Direction::Response, Direction::Request),
    ] {
        let root = document(json!({
            "Marked": {"type": "integer", mark: true},
            "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer", mark: true}}},
        }));
        let (marked, base) = (
            json!({"$ref": "#/components/schemas/Marked"}),
            json!({"$ref": "#/components/schemas/Base"}),
        );
        let holding = |schema: Value| {
            json!({
                "type": "object",
                "required": ["id", "name"],
                "properties": {"id": schema, "name": {"type": "string"}},
            })
        };
        let schemas = [
            holding(json!({"type": "integer", mark: true})),
            holding(marked.clone()),
            holding(json!({"allOf": [marked.clone()], "nullable": true})),
            holding(json!({"allOf": [{"type": "integer"}], mark: true})),
            json!({"allOf": [base, {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}]}),
            json!({
                "type": "object",
                "required": ["name", "id"],
                "properties": {"name": {"type": "string"}},
                "allOf": [base],
            }),
        ];
        let (with, without) = (json!({"id": 1, "name": "a"}), json!({"name": "a"}));
        for schema in &schemas {
            let (with, without) = ([with.clone()], [without.clone()]);
            judges(&root, schema, &[refusing], &without, &with);
            judges(&root, schema, &[allowing], &with, &without);
        }
        let mut free = holding(marked);
        free["additionalProperties"] = true.into();
        judges(&root, &free, &[refusing], &[without], &[with]);
    }
}
