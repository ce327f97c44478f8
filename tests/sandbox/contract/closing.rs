//! Who refuses unknown keys, where schemas are composed of others.

use serde_json::{Map, Value};
use xtask::openapi::{array, text};

use super::composition::has_properties;

/// How a schema stands to the value that it describes, which decides who refuses unknown keys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    /// It describes the whole value and refuses unknown keys itself.
    Whole,
    /// It is an alternative of a whole value, which refuses for it; an object that names no
    /// properties is free, and says so.
    Choice,
    /// It adds to the properties that stand beside it; who holds both refuses.
    Part,
}

/// One of the schemas that a schema is composed of.
pub(super) struct Part<'a> {
    keyword: &'static str,
    index: usize,
    schema: &'a Value,
}

/// All of them: what `$ref` refers to, and the members of `allOf`, `oneOf` and `anyOf`.
pub(super) fn parts(schema: &Value) -> Vec<Part<'_>> {
    let reference = schema.get("$ref").map(|_| Part {
        keyword: "$ref",
        index: 0,
        schema,
    });
    let of = |keyword| {
        let parts = array(schema, keyword).iter().enumerate();
        parts.map(move |(index, schema)| Part {
            keyword,
            index,
            schema,
        })
    };
    let composed = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(of);
    reference.into_iter().chain(composed).collect()
}

/// Whether the schema is a reference, or an `allOf` around one schema that nothing is added to.
fn only_wraps(schema: &Value, parts: &[Part<'_>]) -> bool {
    let adds = ["properties", "additionalProperties"];
    matches!(parts, [only] if only.keyword == "$ref" || only.keyword == "allOf")
        && adds.iter().all(|keyword| schema.get(keyword).is_none())
}

/// How the part at `keyword` and `index` stands to the value, when `schema` stands at `place`.
pub(super) fn place_of_part(
    root: &Value,
    schema: &Value,
    keyword: &str,
    index: usize,
    place: Place,
) -> Place {
    let parts = parts(schema);
    // Of several alternatives one applies, so they do not stand beside each other.
    let is_beside = |other: &&Part<'_>| {
        other.keyword != keyword || (keyword == "allOf" && other.index != index)
    };
    let properties_beside = schema.get("properties").is_some()
        || parts
            .iter()
            .filter(is_beside)
            .any(|other| has_properties(root, other.schema));
    match place {
        Place::Whole if only_wraps(schema, &parts) => Place::Whole,
        Place::Part => Place::Part,
        _ if properties_beside => Place::Part,
        _ => Place::Choice,
    }
}

/// Refuses unknown keys where a schema stands for a whole value; frees a choice that names none.
pub(super) fn close(root: &Value, schema: &Value, place: Place, out: &mut Map<String, Value>) {
    let parts = parts(schema);
    let says = |keyword| schema.get(keyword).is_some();
    if place == Place::Whole && !only_wraps(schema, &parts) && has_properties(root, schema) {
        if !parts.is_empty() {
            // Sees through the parts, and takes what `additionalProperties` took for known.
            out.insert("unevaluatedProperties".into(), false.into());
        } else if !says("additionalProperties") {
            out.insert("additionalProperties".into(), false.into());
        }
    }
    let names_no_key = !says("properties") && !says("additionalProperties");
    let is_object = matches!(text(schema, "type"), "" | "object");
    if place == Place::Choice && parts.is_empty() && names_no_key && is_object {
        out.insert("additionalProperties".into(), true.into());
    }
}
