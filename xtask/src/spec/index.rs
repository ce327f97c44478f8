//! `index.json`: what is published, with sums.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{Form, bundle};
pub use crate::document::sha256;
use crate::{
    document::Document,
    openapi::{array, operations_as_written, text},
};

/// `SHA256SUMS`, as `sha256sum --check` reads it.
pub fn sums(files: &BTreeMap<String, Vec<u8>>) -> String {
    files
        .iter()
        .map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes)))
        .collect()
}

/// The index over the documents, whose forms are among `files`.
pub fn index(documents: &[Document], files: &BTreeMap<String, Vec<u8>>) -> String {
    let documents = documents.iter().map(|it| entry(it, files)).collect();
    let mut text =
        serde_json::to_string_pretty(&Index { documents }).expect("texts and numbers are JSON");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Index<'a> {
    documents: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    title: &'a str,
    version: &'a str,
    openapi: &'a str,
    /// Whether it is all others in one.
    bundle: bool,
    source: &'a str,
    servers: Vec<&'a str>,
    files: Vec<File>,
    operations: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct File {
    form: &'static str,
    path: String,
    bytes: usize,
    sha256: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    operation_id: &'a str,
    method: String,
    path: &'a str,
    summary: &'a str,
    tags: &'a [Value],
    /// The page of Zendesk's reference that describes it.
    source: &'a str,
}

fn entry<'a>(document: &'a Document, files: &BTreeMap<String, Vec<u8>>) -> Entry<'a> {
    let root = &document.root;
    let info = &root["info"];
    Entry {
        name: &document.name,
        title: text(info, "title"),
        version: text(info, "version"),
        openapi: text(root, "openapi"),
        bundle: document.name == bundle::NAME,
        source: text(&root["externalDocs"], "url"),
        servers: array(root, "servers")
            .iter()
            .map(|server| text(server, "url"))
            .collect(),
        files: Form::ALL
            .into_iter()
            .filter_map(|form| {
                let path = form.file(&document.name);
                let bytes = files.get(&path)?;
                Some(File {
                    form: form.key(),
                    bytes: bytes.len(),
                    sha256: sha256(bytes),
                    path,
                })
            })
            .collect(),
        operations: operations_as_written(document)
            .into_iter()
            .map(|operation| Line {
                operation_id: operation.id(),
                path: operation.path,
                summary: text(operation.value, "summary"),
                tags: array(operation.value, "tags"),
                source: page_of(root, array(operation.value, "tags")),
                method: operation.method,
            })
            .collect(),
    }
}

/// The page that an operation is from: that of its tag, or that of the document.
fn page_of<'a>(root: &'a Value, tags: &[Value]) -> &'a str {
    let of_tag = array(root, "tags")
        .iter()
        .find(|tag| tags.contains(&tag["name"]))
        .map(|tag| text(&tag["externalDocs"], "url"));
    of_tag
        .filter(|page| !page.is_empty())
        .unwrap_or_else(|| text(&root["externalDocs"], "url"))
}
