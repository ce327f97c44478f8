//! A schema as it stands at a place: references followed, wrappers opened.

use std::collections::BTreeMap;

use serde_json::Value;

use super::comparer::follow;
use crate::{openapi::reference, pointer};

/// Where named schemas are.
const NAMED: &str = "/components/schemas/";

/// Keywords that may stand beside an `allOf` of one schema without making it another type.
const NOTES: [&str; 10] = [
    "description",
    "title",
    "example",
    "examples",
    "externalDocs",
    "nullable",
    "readOnly",
    "writeOnly",
    "deprecated",
    "default",
];

/// Wrappers within wrappers are opened so far.
const MOST_WRAPPERS: usize = 32;

/// A schema as it stands at a place: the one it refers to or wraps, and what the place says on top.
pub struct View<'a> {
    /// The schema with references and wrappers opened.
    pub base: &'a Value,
    /// Its pointer.
    pub at: String,
    /// The named schema that it comes to.
    pub name: Option<String>,
    /// Whether a reference was followed.
    pub referred: bool,
    /// Whether it stands in an `allOf` of one, which OpenAPI 3.0 needs to say more than `$ref`.
    pub wrapped: bool,
    /// What the wrappers say, each with its pointer.
    pub notes: BTreeMap<&'a str, (&'a Value, String)>,
    /// What stands beside `$ref`, where readers of OpenAPI 3.0 ignore it.
    pub ignored: BTreeMap<&'a str, &'a Value>,
}

impl<'a> View<'a> {
    /// What the schema `value`, written at `at`, comes to.
    pub fn of(root: &'a Value, value: &'a Value, at: &str) -> Self {
        let mut view = Self {
            base: value,
            at: at.to_owned(),
            name: None,
            referred: false,
            wrapped: false,
            notes: BTreeMap::new(),
            ignored: BTreeMap::new(),
        };
        for _ in 0..MOST_WRAPPERS {
            if reference(view.base).is_some() {
                let (at, base) = follow(root, &view.at, Some(view.base));
                if at == view.at {
                    break;
                }
                for (key, value) in view.base.as_object().into_iter().flatten() {
                    if key != "$ref" {
                        view.ignored.insert(key, value);
                    }
                }
                view.name = at.strip_prefix(NAMED).map(str::to_owned).or(view.name);
                view.referred = true;
                (view.at, view.base) = (at, base.unwrap_or(view.base));
            } else if let Some(inner) = only_wrapped(view.base).filter(|_| !view.referred) {
                for (key, value) in view.base.as_object().into_iter().flatten() {
                    if key != "allOf" {
                        let at = pointer::join(&view.at, key);
                        view.notes.entry(key).or_insert((value, at));
                    }
                }
                view.wrapped = true;
                view.at = pointer::join(&pointer::join(&view.at, "allOf"), "0");
                view.base = inner;
            } else {
                break;
            }
        }
        view
    }

    /// What holds at the place for a note: its own, else that of the schema; and where it stands.
    pub fn note(&self, key: &str) -> (Option<&'a Value>, String) {
        match self.notes.get(key) {
            Some((value, at)) => (Some(value), at.clone()),
            None => (self.base.get(key), pointer::join(&self.at, key)),
        }
    }
}

/// The schema in an `allOf` of one beside which nothing stands but notes.
fn only_wrapped(schema: &Value) -> Option<&Value> {
    let members = schema.as_object()?;
    let [inner] = members.get("allOf")?.as_array()?.as_slice() else {
        return None;
    };
    members
        .keys()
        .all(|key| key == "allOf" || NOTES.contains(&key.as_str()))
        .then_some(inner)
}
