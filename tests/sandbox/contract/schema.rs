//! Schemas of OpenAPI 3.0 as JSON Schema 2020-12.
//!
//! It panics on what it does not know, so that nothing in a document is skipped in silence.

use std::collections::BTreeMap;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value};
use xtask::{openapi::array, pointer};

use super::{
    closing::{Place, close, parts, place_of_part},
    composition::{component, has_marked_property, is_marked, referred},
    keywords,
};

/// Which way a value goes; members of the other way are refused.
#[derive(Clone, Copy, Debug)]
pub(super) enum Direction {
    Request,
    Response,
}

impl Direction {
    /// The mark of members that do not belong here.
    fn refused_mark(self) -> &'static str {
        match self {
            Self::Request => "readOnly",
            Self::Response => "writeOnly",
        }
    }
}

/// The validator for values that go one way.
///
/// # Panics
/// When the schema says something that the conversion does not know.
pub(super) fn validator(root: &Value, schema: &Value, direction: Direction) -> Validator {
    let schema = json_schema(root, schema, direction);
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .build(&schema)
        .unwrap_or_else(|error| panic!("the conversion gives no JSON Schema: {error}"))
}

fn json_schema(root: &Value, schema: &Value, direction: Direction) -> Value {
    let mut conversion = Conversion {
        root,
        refused_mark: direction.refused_mark(),
        bundled: BTreeMap::new(),
    };
    let mut converted = conversion.schema(schema, "", Place::Whole);
    let bundled = conversion.bundled.into_iter().collect::<Map<_, _>>();
    converted["$defs"] = Value::Object(bundled);
    converted
}

struct Conversion<'a> {
    root: &'a Value,
    refused_mark: &'static str,
    /// Components by name and place. Null stands for one that is being converted, as schemas recur.
    bundled: BTreeMap<String, Value>,
}

impl Conversion<'_> {
    fn schema(&mut self, schema: &Value, at: &str, place: Place) -> Value {
        let Value::Object(members) = schema else {
            panic!("{at}: a schema is an object");
        };
        let mut out = Map::new();
        for (keyword, value) in members {
            let inner = pointer::join(at, keyword);
            match keyword.as_str() {
                "$ref" => {
                    keywords::refuse_constraints_beside_reference(members, at);
                    let place = place_of_part(self.root, schema, keyword, 0, place);
                    out.insert("$ref".into(), self.reference(schema, place));
                }
                "allOf" | "oneOf" | "anyOf" => {
                    let convert = |(index, part)| {
                        let place = place_of_part(self.root, schema, keyword, index, place);
                        self.schema(part, &pointer::join(&inner, &index.to_string()), place)
                    };
                    let converted = array(schema, keyword).iter().enumerate().map(convert);
                    let converted = converted.collect();
                    out.insert(keyword.clone(), converted);
                }
                "items" => {
                    let items = self.schema(value, &inner, Place::Whole);
                    out.insert(keyword.clone(), items);
                }
                "properties" => {
                    let properties = self.properties(value, &inner);
                    out.insert(keyword.clone(), properties);
                }
                "additionalProperties" => {
                    let additional = match value {
                        Value::Bool(_) => value.clone(),
                        _ => self.schema(value, &inner, Place::Whole),
                    };
                    out.insert(keyword.clone(), additional);
                }
                "required" => {
                    assert!(value.is_array(), "{inner}: it is a list");
                    let names = self.required(schema);
                    out.insert(keyword.clone(), names);
                }
                "type" => {
                    out.insert(keyword.clone(), keywords::kind(schema, &inner));
                }
                "minimum" => keywords::bound(schema, "minimum", "exclusiveMinimum", &mut out),
                "maximum" => keywords::bound(schema, "maximum", "exclusiveMaximum", &mut out),
                "exclusiveMinimum" | "exclusiveMaximum" => {
                    keywords::refuse_other_exclusives(schema, keyword, &inner);
                }
                // Marks are read where properties are, the others below when the rest is there.
                "nullable" | "readOnly" | "writeOnly" => {
                    assert!(value.is_boolean(), "{inner}: it is a boolean");
                }
                "format" => {}
                same if keywords::is_same(same) => {
                    out.insert(keyword.clone(), value.clone());
                }
                other if keywords::is_annotation(other) => {}
                _ => panic!("{inner}: the conversion does not know this keyword"),
            }
        }
        close(self.root, schema, place, &mut out);
        keywords::format(schema, at, &mut out);
        if schema.get("nullable") == Some(&Value::Bool(true)) {
            return keywords::nullable(out, !parts(schema).is_empty());
        }
        Value::Object(out)
    }

    fn reference(&mut self, schema: &Value, place: Place) -> Value {
        let name = referred(schema).expect("only called with a reference");
        let key = format!("{name}.{place:?}");
        if !self.bundled.contains_key(&key) {
            self.bundled.insert(key.clone(), Value::Null);
            let at = pointer::join("/components/schemas", name);
            let converted = self.schema(component(self.root, name), &at, place);
            self.bundled.insert(key.clone(), converted);
        }
        format!("#/$defs/{key}").into()
    }

    fn properties(&mut self, properties: &Value, at: &str) -> Value {
        let properties = properties.as_object();
        let properties = properties.unwrap_or_else(|| panic!("{at}: properties are an object"));
        let convert = |(name, schema): (&String, &Value)| {
            let converted = if is_marked(self.root, schema, self.refused_mark) {
                Value::Bool(false)
            } else {
                self.schema(schema, &pointer::join(at, name), Place::Whole)
            };
            (name.clone(), converted)
        };
        Value::Object(properties.iter().map(convert).collect())
    }

    /// A member of the other way is not required, by OpenAPI 3.0.
    ///
    /// Where `required` stands in a part and the member in the part beside it, it stays required and
    /// refused at once: no value passes, which nobody overlooks.
    fn required(&self, schema: &Value) -> Value {
        let is_ours = |name: &&Value| {
            let name = name.as_str().unwrap_or_default();
            !has_marked_property(self.root, schema, name, self.refused_mark)
        };
        array(schema, "required")
            .iter()
            .filter(is_ours)
            .cloned()
            .collect()
    }
}
