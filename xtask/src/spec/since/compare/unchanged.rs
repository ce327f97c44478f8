//! Components that are the same in both documents, with all that they refer to: nothing in them needs a look.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::openapi::{entries, reference};

/// References (`#/components/schemas/Thing`) that lead to the same in both documents, all the way down.
#[derive(Debug)]
pub struct Unchanged<'a> {
    references: BTreeSet<String>,
    old: &'a Value,
    new: &'a Value,
}

impl<'a> Unchanged<'a> {
    /// Finds them: of what reads alike, whatever refers to something else is taken out until nothing is left to take.
    pub fn find(old: &'a Value, new: &'a Value) -> Self {
        let mut alike: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (kind, components) in entries(new, "components") {
            for (name, component) in components.as_object().into_iter().flatten() {
                // Such a name reads otherwise in a pointer; it is simply compared.
                let is_plain = !name.contains(['~', '/', '%']) && !kind.contains(['~', '/', '%']);
                if is_plain && old["components"][kind].get(name) == Some(component) {
                    let mut inner = Vec::new();
                    collect(component, &mut inner);
                    alike.insert(format!("#/components/{kind}/{name}"), inner);
                }
            }
        }
        loop {
            let before = alike.len();
            let known: BTreeSet<String> = alike.keys().cloned().collect();
            alike.retain(|_, inner| inner.iter().all(|target| known.contains(*target)));
            if alike.len() == before {
                let references = known;
                return Self {
                    references,
                    old,
                    new,
                };
            }
        }
    }

    /// Whether two values are the same, and so is all that they refer to.
    pub fn covers(&self, old: &Value, new: &Value) -> bool {
        old == new && self.leads_to_the_same(new)
    }

    /// Whether both documents have the same at `at` outside of components.
    pub fn is_same_at(&self, at: &str) -> bool {
        match (self.old.pointer(at), self.new.pointer(at)) {
            (Some(old), Some(new)) => self.covers(old, new),
            (None, None) => true,
            _ => false,
        }
    }

    fn leads_to_the_same(&self, value: &Value) -> bool {
        match value {
            Value::Object(members) => {
                reference(value).is_none_or(|target| self.references.contains(target))
                    && members
                        .values()
                        .all(|member| self.leads_to_the_same(member))
            }
            Value::Array(items) => items.iter().all(|item| self.leads_to_the_same(item)),
            _ => true,
        }
    }
}

fn collect<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    found.extend(reference(value));
    match value {
        Value::Object(members) => members.values().for_each(|member| collect(member, found)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}
