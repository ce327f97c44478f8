//! The bundle: all documents merged into one.
//!
//! The rules, as `openapi/README.md` tells them: the path of each document's first server moves into its paths, so that
//! there is one server; [`names`] says what components are called, so that a later document changes no name of an earlier
//! one; what the introduction of a document says and that of the bundle does not follows the description of its first tag.

mod names;
pub mod origin;
mod paths;
mod prefixes;
mod renamed;
mod texts;

use serde_json::Value;

use super::{forms, ordered::Node};
use crate::{
    document::Document,
    problem::{Problem, Problems},
};
use renamed::Renamed;

/// Name of the bundle, and of its files.
pub const NAME: &str = "zendesk-oauth";

/// Merges the documents. `introduction` is written by hand: `info` and `servers` of the bundle, and `x-prefixes`.
///
/// # Errors
/// Documents that cannot be merged: their first servers are on other hosts than the bundle's, two describe one operation,
/// or a new name is taken. A prefix that is none, or that is for a document that is not there.
pub fn bundle(documents: &[Document], introduction: &Document) -> Result<Document, Problems> {
    let mut problems = prefixes::check(introduction, documents);
    let documents = prefixes::in_order(introduction, documents);
    let (names, taken) = names::assign(&documents, introduction);
    problems.extend(taken);
    let renamed: Vec<Renamed> = documents
        .iter()
        .zip(&names)
        .map(|(document, names)| Renamed::new(document, names))
        .collect();
    let mut merged_paths = paths::Merged::new(introduction);
    let mut tags = Vec::new();
    let mut components: Vec<(String, Node)> = KINDS
        .iter()
        .map(|kind| ((*kind).to_owned(), Node::Map(Vec::new())))
        .collect();
    for one in &renamed {
        problems.extend(merged_paths.add(one));
        add_tags(&mut tags, one, text_at(introduction, "/info/description"));
        for (kind, all) in &mut components {
            add_components(kind, all, one);
        }
    }
    components.retain(|(_, all)| !all.members().is_empty());
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    let introduction = Node::of(introduction);
    let given = |name: &str| {
        introduction
            .get(name)
            .map(|node| (name.to_owned(), node.clone()))
    };
    let mut members = vec![("openapi".to_owned(), Node::text("3.0.3"))];
    members.extend(given("info"));
    members.extend(given("externalDocs"));
    members.extend(given("servers"));
    members.push(("tags".to_owned(), Node::List(tags)));
    members.push(("paths".to_owned(), Node::Map(merged_paths.paths)));
    members.push(("components".to_owned(), Node::Map(components)));
    let names: Vec<String> = documents
        .iter()
        .map(|document| format!("{}.yaml", document.name))
        .collect();
    let text = format!(
        "# Merged by a program from {}.\n# Mend those, not this.\n{}",
        names.join(", "),
        forms::yaml(&Node::Map(members))
    );
    let mut merged = Document::parse(NAME, &text)?;
    merged.file = format!("{NAME}.yaml (the bundle)");
    Ok(merged)
}

/// The kinds of components that the lint lets a document have, in the order in which documents write them.
const KINDS: [&str; 6] = [
    "securitySchemes",
    "parameters",
    "headers",
    "requestBodies",
    "responses",
    "schemas",
];

fn add_components(kind: &str, all: &mut Node, one: &Renamed) {
    let Node::Map(all) = all else { return };
    let own = one.root.find(&format!("/components/{kind}"));
    for (name, component) in own.map(Node::members).unwrap_or_default() {
        // One that is there already is the same: all others have another name.
        if !all.iter().any(|(known, _)| known == name) {
            all.push((name.clone(), component.clone()));
        }
    }
}

/// Tags with what the introduction of their document adds to `general`, that of the bundle, and the page that it describes.
fn add_tags(tags: &mut Vec<Node>, one: &Renamed, general: &str) {
    let own = one.root.get("tags").map(Node::items).unwrap_or_default();
    for (index, tag) in own.iter().enumerate() {
        let name = tag.get("name").map(Node::as_str).unwrap_or_default();
        let known = |other: &Node| other.get("name").map(Node::as_str) == Some(name);
        if tags.iter().any(known) {
            continue;
        }
        let mut members = tag.members().to_vec();
        if index == 0 {
            let introduction = one.root.find("/info/description").map(Node::as_str);
            let own = texts::without_sections_of(general, introduction.unwrap_or_default());
            for (name, member) in &mut members {
                if name == "description" {
                    let both = format!("{}\n\n{own}", member.as_str().trim_end());
                    *member = Node::text(both.trim_end().to_owned() + "\n");
                }
            }
        }
        if tag.get("externalDocs").is_none()
            && let Some(page) = one.root.get("externalDocs")
        {
            members.push(("externalDocs".to_owned(), page.clone()));
        }
        tags.push(Node::Map(members));
    }
}

/// A reason why `document` cannot be merged.
fn problem(document: &Document, pointer: &str, reason: String, way_out: &str) -> Problem {
    Problem {
        file: document.file.clone(),
        position: document.position(pointer),
        rule: "bundle",
        pointer: pointer.to_owned(),
        reason,
        way_out: way_out.to_owned(),
    }
}

/// The text of a scalar at `pointer`.
fn text_at<'a>(document: &'a Document, pointer: &str) -> &'a str {
    document
        .root
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

#[cfg(test)]
mod renaming_tests;
#[cfg(test)]
mod tests;
