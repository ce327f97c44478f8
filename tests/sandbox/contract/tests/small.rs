//! Small schemas, each with what it accepts and what it refuses.

use serde_json::{Value, json};

use super::super::schema::{Direction, validator};

/// Both ways agree on schemas without readOnly and writeOnly.
pub(super) const BOTH: [Direction; 2] = [Direction::Request, Direction::Response];

/// A document of these component schemas only.
pub(super) fn document(schemas: Value) -> Value {
    json!({"components": {"schemas": schemas}})
}

/// Asserts what the schema accepts and refuses in these directions.
pub(super) fn judges(
    root: &Value,
    schema: &Value,
    directions: &[Direction],
    accepted: &[Value],
    refused: &[Value],
) {
    for direction in directions {
        let validator = validator(root, schema, *direction);
        for value in accepted {
            let place = format!("{schema} refuses {value} in a {direction:?}");
            assert!(validator.is_valid(value), "{place}");
        }
        for value in refused {
            let place = format!("{schema} accepts {value} in a {direction:?}");
            assert!(!validator.is_valid(value), "{place}");
        }
    }
}

/// Asserts the same in both directions, for each schema, accepted and refused.
pub(super) fn check(cases: &[(Value, Vec<Value>, Vec<Value>)]) {
    let root = document(json!({
        "Text": {"type": "string"},
        "Kind": {"type": "string", "enum": ["a", "b"]},
        "Tree": {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "integer"},
                "parent": {"allOf": [{"$ref": "#/components/schemas/Tree"}], "nullable": true},
                "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
            },
        },
    }));
    for (schema, accepted, refused) in cases {
        judges(&root, schema, &BOTH, accepted, refused);
    }
}
