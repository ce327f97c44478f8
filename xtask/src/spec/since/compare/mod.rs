//! Compares two revisions of one document: pure, and the same for a bundle.
//!
//! [`operations`] finds which operation is which and compares what each says itself; [`parameters`], [`messages`]
//! (bodies, responses, headers), [`schemas`] with [`view`] and [`keywords`], [`security`] and [`servers`] compare the parts;
//! [`components`] what is left. [`comparer`] walks and collects: a difference of which no part says anything is
//! reported by it as unknown, which counts as breaking. [`pair`] is a place in both, [`lists`] those without order,
//! [`unchanged`] what needs no look.

pub mod comparer;
pub mod components;
pub mod keywords;
pub mod lists;
pub mod messages;
pub mod operations;
pub mod pair;
pub mod parameters;
pub mod schemas;
pub mod security;
pub mod servers;
pub mod unchanged;
pub mod view;

use serde_json::Value;

pub use self::operations::OperationChange;
use self::{comparer::Comparer, pair::Pair, unchanged::Unchanged};
use super::finding::{
    Effect::{self, Breaking, Compatible, Texts},
    Finding, Side, strongest,
};
use crate::{document::Document, openapi::METHODS, pointer};

/// What differs between two revisions of a document.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Each operation of now, then those that are gone.
    pub operations: Vec<OperationChange>,
    /// What is said outside of operations, and components that none uses.
    pub rest: Vec<Finding>,
}

impl Comparison {
    /// The strongest effect, `None` where nothing changed but perhaps the version.
    pub fn effect(&self) -> Option<Effect> {
        strongest(self.findings())
    }

    /// All findings, those of operations first.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        let operations = self.operations.iter();
        operations
            .flat_map(|operation| &operation.findings)
            .chain(&self.rest)
    }
}

/// Compares two revisions of a document.
pub fn compare(old: &Document, new: &Document) -> Comparison {
    let mut comparison = compare_values(&old.root, &new.root);
    if old.text != new.text && old.root == new.root {
        comparison.rest.push(Finding {
            effect: Texts,
            pointer: String::new(),
            place: "the file".to_owned(),
            what: "is laid out differently: comments, order or line breaks".to_owned(),
            why: "it says the same, in other bytes",
            known: true,
        });
    }
    comparison
}

/// Compares two documents as values.
pub fn compare_values(old: &Value, new: &Value) -> Comparison {
    let unchanged = Unchanged::find(old, new);
    let (operations, met) = operations::compare(old, new, &unchanged);
    let mut comparer = Comparer::new(old, new, &unchanged);
    let root = comparer.at("", "", "", Side::Both);
    let are_all_equal = operations.iter().all(|one| one.findings.is_empty());
    comparer.guarded(&root, |comparer| {
        comparer.object(&root, &[], |comparer, key, member| match key {
            "info" => info(comparer, &member.clone().called("info")),
            "servers" => servers::compare(comparer, &member.clone().called("servers")),
            "tags" => components::declared_tags(comparer, member),
            "security" => default_security(comparer, member),
            "paths" => paths(comparer, member, are_all_equal),
            "components" => {
                // What follows compares them; their own guard stands there.
                comparer.told_elsewhere();
                components::compare(comparer, &met);
            }
            "openapi" if member.differs() => {
                let effect = if is_same_minor(member) {
                    Compatible
                } else {
                    Breaking
                };
                let why = "tools read the document by the rules of its version";
                comparer.changed(member, key, effect, why);
            }
            _ => {}
        });
    });
    Comparison {
        operations,
        rest: comparer.findings,
    }
}

/// Whether both are versions of OpenAPI with one number in front: 3.0.3 and 3.0.4 differ in wording only.
fn is_same_minor(pair: &Pair<'_>) -> bool {
    let minor = |value: Option<&Value>| {
        let (minor, _patch) = value?.as_str()?.rsplit_once('.')?;
        Some(minor.to_owned()).filter(|minor| minor.contains('.'))
    };
    minor(pair.old).is_some() && minor(pair.old) == minor(pair.new)
}

fn info<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    comparer.object(pair, &[], |comparer, key, member| match key {
        // The rule on versions speaks of it.
        "version" => comparer.told_elsewhere(),
        "title" if member.differs() => {
            let why = "several generators name the package or the client after it";
            comparer.changed(member, key, Breaking, why);
        }
        "contact" | "license" | "termsOfService" => comparer.text(member, key),
        _ => {}
    });
}

fn default_security<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    if pair.differs() {
        let why = "operations without their own are compared one by one";
        comparer.changed(pair, "security", Texts, why);
    }
}

/// What paths say beside operations, parameters and servers, which are compared with each operation.
fn paths<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>, are_all_equal: bool) {
    comparer.entries(pair, |comparer, path, item| {
        let has_operations = |item: Option<&Value>| {
            item.is_some_and(|item| METHODS.iter().any(|method| item.get(method).is_some()))
        };
        match item.both() {
            Some(_) => {
                let item = &item.clone().called(&format!("path `{path}`"));
                let mut aside = METHODS.to_vec();
                if !are_all_equal {
                    aside.extend(["parameters", "servers"]);
                }
                comparer.object(item, &aside, |_, _, _| {});
            }
            None if has_operations(item.old) || has_operations(item.new) => {
                comparer.told_elsewhere()
            }
            None => {}
        }
    });
}

/// The version that a document says of itself; empty where it says none.
pub fn version(document: &Document) -> &str {
    let at = pointer::join(&pointer::join("", "info"), "version");
    let version = document.root.pointer(&at).and_then(Value::as_str);
    version.unwrap_or_default()
}
