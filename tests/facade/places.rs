//! The places of an answer that its document describes, and what is put into them.

use serde_json::{Map, Value, json};
use xtask::openapi;

/// What an answer is changed to, in all places at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// A value that `x-extensible-enum` does not list.
    UnknownEnum,
    /// Null where the document says `nullable`.
    Nulls,
    /// Nothing where the document does not say `required`.
    Absent,
    /// A field that no document describes, in every object.
    Extras,
    /// Another text where the document has a time: by its format, or by its example.
    Times(&'static str),
    /// A number where the document says `format: date-time`.
    TimesAsNumbers,
}

/// No server sends it today.
const NEW_VALUE: &str = "a-value-of-tomorrow";
/// What no document describes may well hold a secret.
const EXTRA: &str = "a_field_of_tomorrow";

/// Changes `value`, which `schema` describes, and returns in how many places.
pub(crate) fn change(root: &Value, schema: &Value, value: &mut Value, change: Change) -> usize {
    let schema = resolved(root, schema);
    if let Some(items) = schema.get("items") {
        let items_of = value.as_array_mut().into_iter().flatten();
        return items_of
            .map(|item| self::change(root, items, item, change))
            .sum();
    }
    let Some(members) = value.as_object_mut() else {
        return 0;
    };
    let mut places = 0;
    for (name, property) in openapi::entries(schema, "properties") {
        let required = openapi::array(schema, "required")
            .iter()
            .any(|it| it == name);
        places += changed_member(root, members, name, property, required, change);
    }
    if change == Change::Extras {
        members.insert(EXTRA.to_owned(), json!({"token": ["CANARY-extra"]}));
        places += 1;
    }
    places
}

fn changed_member(
    root: &Value,
    members: &mut Map<String, Value>,
    name: &str,
    property: &Value,
    required: bool,
    change: Change,
) -> usize {
    let property = resolved(root, property);
    let is_time = openapi::text(property, "format") == "date-time";
    let new = match change {
        Change::UnknownEnum if property.get("x-extensible-enum").is_some() => json!(NEW_VALUE),
        Change::Nulls if property["nullable"] == true => Value::Null,
        Change::Absent if !required => {
            members.remove(name);
            return 1;
        }
        Change::Times(text) if is_time || is_instant(openapi::text(property, "example")) => {
            json!(text)
        }
        Change::TimesAsNumbers if is_time => json!(1_539_743_565),
        _ => {
            let member = members.get_mut(name);
            return member.map_or(0, |member| self::change(root, property, member, change));
        }
    };
    members.insert(name.to_owned(), new);
    1
}

/// In how many places of any answer that `schema` describes something could be changed so.
pub(crate) fn count(root: &Value, schema: &Value, change: Change) -> usize {
    self::change(root, schema, &mut fullest(root, schema), change)
}

/// An answer with everything that `schema` describes, so that no place is missed.
fn fullest(root: &Value, schema: &Value) -> Value {
    let schema = resolved(root, schema);
    if let Some(items) = schema.get("items") {
        return json!([fullest(root, items)]);
    }
    let mut members = openapi::entries(schema, "properties").peekable();
    if members.peek().is_none() {
        return schema["example"].clone();
    }
    members
        .map(|(name, property)| (name.clone(), fullest(root, property)))
        .collect()
}

/// The schema itself, behind a reference, alone or as the only part of an `allOf`.
fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    if let Some(target) = openapi::reference(schema) {
        let target = root.pointer(target.trim_start_matches('#'));
        return resolved(root, target.expect("references lead somewhere"));
    }
    match openapi::array(schema, "allOf") {
        [only] => resolved(root, only),
        _ => schema,
    }
}

fn is_instant(text: &str) -> bool {
    text.parse::<jiff::Timestamp>().is_ok()
}
