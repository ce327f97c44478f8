//! What stands before the name of a component that differs: `x-prefixes` of `openapi/publish/bundle.yaml`.

use heck::ToUpperCamelCase;
use serde_json::Value;

use super::problem;
use crate::{document::Document, openapi::entries, pointer, problem::Problem};

const MEMBER: &str = "x-prefixes";

/// The prefix of a document: its entry, or else its name.
pub(super) fn of(introduction: &Document, document: &Document) -> String {
    let own = entries(&introduction.root, MEMBER)
        .find_map(|(name, prefix)| (*name == document.name).then(|| prefix.as_str())?);
    own.map_or_else(|| of_name(document), str::to_owned)
}

/// What a document's name gives: `ChatOauthTokens`.
pub(super) fn of_name(document: &Document) -> String {
    document.name.to_upper_camel_case()
}

/// The documents in the order of the entries, as they were published one after the other; then those without an entry.
pub(super) fn in_order<'a>(
    introduction: &Document,
    documents: &'a [Document],
) -> Vec<&'a Document> {
    let place = |document: &Document| {
        let entry = pointer::join(&pointer::join("", MEMBER), &document.name);
        let is_there = introduction.root.pointer(&entry).is_some();
        (!is_there, is_there.then(|| introduction.position(&entry)))
    };
    let mut ordered: Vec<&Document> = documents.iter().collect();
    ordered.sort_by(|one, other| {
        place(one)
            .cmp(&place(other))
            .then(one.name.cmp(&other.name))
    });
    ordered
}

/// Entries that are for no document, or hold no prefix.
pub(super) fn check(introduction: &Document, documents: &[Document]) -> Vec<Problem> {
    let refused = |pointer: &str, reason, way_out| problem(introduction, pointer, reason, way_out);
    let member = pointer::join("", MEMBER);
    if matches!(introduction.root.get(MEMBER), Some(all) if !all.is_object()) {
        return vec![refused(
            &member,
            "it is no mapping".to_owned(),
            "write one prefix per document, such as `support-oauth-clients: Support`",
        )];
    }
    let mut problems = Vec::new();
    for (name, prefix) in entries(&introduction.root, MEMBER) {
        let pointer = pointer::join(&member, name);
        if !documents.iter().any(|document| document.name == *name) {
            problems.push(refused(
                &pointer,
                format!("there is no document `{name}`"),
                "name a document without its `.yaml`, or take the entry out",
            ));
        }
        if !is_prefix(prefix) {
            problems.push(refused(
                &pointer,
                format!("{prefix} is no prefix: generators make names of types of it"),
                "write letters and digits that begin with a capital, such as `Support`",
            ));
        }
    }
    problems
}

fn is_prefix(prefix: &Value) -> bool {
    prefix.as_str().is_some_and(|text| {
        text.starts_with(|letter: char| letter.is_ascii_uppercase())
            && text.chars().all(|letter| letter.is_ascii_alphanumeric())
    })
}
