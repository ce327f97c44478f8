//! What components and tags are called in the bundle.
//!
//! A name that was published stays: it depends on nothing that a later document brings.

use std::collections::BTreeMap;

use super::{KINDS, prefixes, problem};
use crate::{
    document::Document,
    problem::Problem,
    spec::{forms, ordered::Node},
};

/// Kinds whose names stand in nothing that is generated. Nearly every document has a `NotFound` of its own, so they always
/// have the prefix of their document.
const ALWAYS_PREFIXED: [&str; 4] = ["parameters", "headers", "responses", "requestBodies"];

/// `(kind, name in the document)` to the name in the bundle; tags are of the kind `tags`.
pub(super) type Names = BTreeMap<(String, String), String>;

/// The names of each document, in the order in which they are given: of two that clash, the earlier one has the first choice.
pub(super) fn assign(
    documents: &[&Document],
    introduction: &Document,
) -> (Vec<Names>, Vec<Problem>) {
    let mut taken: BTreeMap<(&str, String), (Node, &str)> = BTreeMap::new();
    let mut all = Vec::new();
    let mut problems = Vec::new();
    for document in documents {
        let root = Node::of(document);
        let mut names = Names::new();
        for (kind, name, node) in named(&root) {
            // Two are alike only if all that they refer to is.
            let content = forms::dereferenced_within(node, &root);
            let free = choices(kind, name, document, introduction)
                .into_iter()
                .find(|choice| {
                    taken
                        .get(&(kind, choice.clone()))
                        .is_none_or(|(other, _)| *other == content)
                });
            let Some(free) = free else {
                problems.push(problem(
                    document,
                    &format!("/components/{kind}"),
                    format!("every name in the bundle that `{name}` could have is taken by another document"),
                    "give the component another name",
                ));
                continue;
            };
            taken.insert((kind, free.clone()), (content, &document.name));
            names.insert((kind.to_owned(), name.to_owned()), free);
        }
        all.push(names);
    }
    (all, problems)
}

/// What a component may be called, the best first.
fn choices(kind: &str, name: &str, document: &Document, introduction: &Document) -> Vec<String> {
    if kind == "tags" {
        let title = super::text_at(document, "/info/title");
        return vec![name.to_owned(), format!("{title}: {name}")];
    }
    let short = behind(&prefixes::of(introduction, document), name);
    let long = behind(&prefixes::of_name(document), name);
    if ALWAYS_PREFIXED.contains(&kind) {
        vec![short, long]
    } else {
        vec![name.to_owned(), short, long]
    }
}

/// The name behind a prefix, unless it begins with it already.
fn behind(prefix: &str, name: &str) -> String {
    let begins = name
        .get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let mut letters = name.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    let capital = format!("{first}{}", letters.as_str());
    if begins {
        capital
    } else {
        format!("{prefix}{capital}")
    }
}

fn named(root: &Node) -> Vec<(&'static str, &str, &Node)> {
    let mut found = Vec::new();
    for kind in KINDS {
        let own = root.find(&format!("/components/{kind}"));
        for (name, node) in own.map(Node::members).unwrap_or_default() {
            found.push((kind, name.as_str(), node));
        }
    }
    for tag in root.get("tags").map(Node::items).unwrap_or_default() {
        let name = tag.get("name").map(Node::as_str).unwrap_or_default();
        found.push(("tags", name, tag));
    }
    found
}
