//! A JSON value against a schema of OpenAPI 3.0, as far as the documents use them.
//!
//! A member that a schema does not name is a difference, though the documents allow it: that is what a
//! person who keeps them wants to hear of.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::contract::Contract;
use super::outcome::Difference;

/// Deeper than any answer is.
const MAX_DEPTH: usize = 32;

/// Everything in which the value differs, each once however many items of a list have it.
pub(super) fn differences(contract: &Contract, schema: &Value, value: &Value) -> Vec<Difference> {
    let mut found = BTreeSet::new();
    compare(contract, schema, value, "", 0, &mut found);
    found.into_iter().collect()
}

/// A schema with what its reference and its `allOf` lead to.
#[derive(Default)]
struct Flat<'a> {
    kind: Option<&'a str>,
    nullable: bool,
    properties: BTreeMap<&'a str, &'a Value>,
    required: BTreeSet<&'a str>,
    items: Option<&'a Value>,
    rest: Option<&'a Value>,
    values: Vec<&'a Value>,
    one_of: Vec<&'a Value>,
}

impl<'a> Flat<'a> {
    fn of(contract: &'a Contract, schema: &'a Value) -> Self {
        let mut flat = Self::default();
        flat.add(contract, schema, 0);
        flat
    }

    fn add(&mut self, contract: &'a Contract, schema: &'a Value, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        if let Some(reference) = schema["$ref"].as_str() {
            return self.add(contract, contract.schema(reference), depth + 1);
        }
        self.kind = self.kind.or_else(|| schema["type"].as_str());
        self.nullable |= schema["nullable"] == true;
        let properties = schema["properties"].as_object().into_iter().flatten();
        self.properties
            .extend(properties.map(|(name, inner)| (name.as_str(), inner)));
        self.required
            .extend(list(schema, "required").filter_map(Value::as_str));
        self.items = self.items.or_else(|| schema.get("items"));
        self.rest = self.rest.or_else(|| schema.get("additionalProperties"));
        self.values.extend(list(schema, "enum"));
        self.values.extend(list(schema, "x-extensible-enum"));
        self.one_of
            .extend(list(schema, "oneOf").chain(list(schema, "anyOf")));
        for part in list(schema, "allOf") {
            self.add(contract, part, depth + 1);
        }
    }
}

fn list<'a>(schema: &'a Value, keyword: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    schema[keyword].as_array().into_iter().flatten()
}

fn compare(
    contract: &Contract,
    schema: &Value,
    value: &Value,
    place: &str,
    depth: usize,
    found: &mut BTreeSet<Difference>,
) {
    let flat = Flat::of(contract, schema);
    let mut differs = |what: String| {
        let place = if place.is_empty() { "body" } else { place };
        found.insert(Difference::new(place, what));
    };
    if depth > MAX_DEPTH || (value.is_null() && flat.nullable) {
        return;
    }
    if !flat.one_of.is_empty() {
        let mut forms = flat.one_of.iter();
        let fits = forms.any(|form| {
            let mut inner = BTreeSet::new();
            compare(contract, form, value, place, depth + 1, &mut inner);
            inner.is_empty()
        });
        if !fits {
            differs(format!("{} that no documented form fits", kind_of(value)));
        }
        return;
    }
    if let Some(kind) = flat.kind
        && !is_a(value, kind)
    {
        return differs(format!("expected {kind}, got {}", kind_of(value)));
    }
    if !flat.values.is_empty() && !flat.values.contains(&value) {
        differs("a value that the document does not list".to_owned());
    }
    match value {
        Value::Array(values) => {
            let Some(items) = flat.items else { return };
            for value in values {
                compare(
                    contract,
                    items,
                    value,
                    &format!("{place}[]"),
                    depth + 1,
                    found,
                );
            }
        }
        Value::Object(members) => {
            let missing = flat
                .required
                .iter()
                .filter(|name| !members.contains_key(**name));
            for name in missing {
                let what = "missing, though the document requires it";
                found.insert(Difference::new(below(place, name), what));
            }
            for (name, value) in members {
                let own = flat.properties.get(name.as_str()).copied();
                let rest = flat.rest.filter(|rest| rest.is_object());
                if let Some(schema) = own.or(rest) {
                    compare(
                        contract,
                        schema,
                        value,
                        &below(place, name),
                        depth + 1,
                        found,
                    );
                } else if !flat.properties.is_empty() {
                    let what = format!("{} that the document does not name", kind_of(value));
                    found.insert(Difference::new(below(place, name), what));
                }
            }
        }
        _ => {}
    }
}

/// The place of a member. A name that does not look like one may be anything, and is not shown.
fn below(place: &str, name: &str) -> String {
    let is_usual = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.$@:".contains(&byte);
    let is_name = !name.is_empty() && name.len() <= 64 && name.bytes().all(is_usual);
    let name = if is_name { name } else { "(an unusual name)" };
    if place.is_empty() {
        name.to_owned()
    } else {
        format!("{place}.{name}")
    }
}

fn is_a(value: &Value, kind: &str) -> bool {
    match kind {
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The differences, a line each.
    fn told(value: &Value) -> Vec<String> {
        let contract = json!({ "operations": {}, "schemas": {
            "Kind": { "type": "string", "x-extensible-enum": ["a"] },
            "Item": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": { "type": "integer" },
                    "kind": { "allOf": [{ "$ref": "#/components/schemas/Kind" }], "nullable": true },
                    "error": { "oneOf": [{ "type": "string" }, { "type": "boolean" }] },
                },
            },
        }});
        let contract = Contract::parse(&contract.to_string());
        let schema = json!({ "type": "array", "items": { "$ref": "#/components/schemas/Item" } });
        let found = differences(&contract, &schema, value);
        let lines = found.iter().map(|it| format!("{}: {}", it.place, it.what));
        lines.collect()
    }

    #[test]
    fn what_is_as_documented_is_not_told() {
        let value = json!([
            { "id": 1, "kind": null },
            { "id": 9_007_199_254_740_993_i64, "kind": "a", "error": true },
        ]);
        assert!(told(&value).is_empty(), "{:?}", told(&value));
    }

    #[test]
    fn each_difference_is_told_once_and_without_its_value() {
        let value = json!([
            { "id": "CANARY-id", "more": { "CANARY": "CANARY" } },
            { "id": 1.5, "kind": "CANARY-kind", "error": ["CANARY"] },
            { "id": null, "more": {}, "CANARY secret": 1 },
            { "kind": "a" },
        ]);
        assert_eq!(
            told(&value),
            [
                "[].(an unusual name): integer that the document does not name",
                "[].error: array that no documented form fits",
                "[].id: expected integer, got null",
                "[].id: expected integer, got number",
                "[].id: expected integer, got string",
                "[].id: missing, though the document requires it",
                "[].kind: a value that the document does not list",
                "[].more: object that the document does not name",
            ]
        );
        assert_eq!(told(&json!({})), ["body: expected array, got object"]);
    }
}
