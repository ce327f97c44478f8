//! What the index page searches: every operation, schema and text of every document.

use serde::Serialize;
use serde_json::Value;

use super::prose;
use crate::{
    document::Document,
    openapi::{Operation, component_schemas, entries, operations_as_written, text},
    spec::bundle,
};

/// Something to be found. Keys are short, as each stands in the script a hundred times.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    /// What it is, in a word.
    #[serde(rename = "k")]
    kind: &'static str,
    /// The document's title.
    #[serde(rename = "d")]
    document: String,
    /// Its name or summary.
    #[serde(rename = "t")]
    title: String,
    /// What else names it: method and path, operationId.
    #[serde(rename = "s")]
    names: String,
    /// Where it stands, from the index page.
    #[serde(rename = "h")]
    href: String,
    /// Its texts.
    #[serde(rename = "x")]
    texts: String,
}

/// The script that brings the entries to the page: nothing can be fetched from `file://`.
pub(super) fn script(documents: &[Document]) -> String {
    let entries = serde_json::to_string(&entries_of(documents)).expect("texts are JSON");
    format!("window.searchEntries = {entries};\n")
}

/// Entries of every document. Those of the bundle are the same again, so it is left out.
pub(super) fn entries_of(documents: &[Document]) -> Vec<Entry> {
    let mut found = Vec::new();
    for document in documents.iter().filter(|it| it.name != bundle::NAME) {
        for operation in operations_as_written(document) {
            found.push(of_operation(document, &operation));
        }
        for (name, _, schema) in component_schemas(&document.root) {
            found.push(of_schema(document, name, schema));
        }
        let schemes = &document.root["components"];
        for (name, scheme) in entries(schemes, "securitySchemes") {
            let texts = prose::paragraphs(text(scheme, "description")).join(" ");
            found.push(entry(
                document,
                "Credentials",
                name.clone(),
                String::new(),
                "",
                texts,
            ));
        }
        for paragraph in prose::paragraphs(text(&document.root["info"], "description")) {
            let title = text(&document.root["info"], "title").to_owned();
            found.push(entry(
                document,
                "Introduction",
                title,
                String::new(),
                "",
                paragraph,
            ));
        }
    }
    found
}

/// The anchor of an operation on its document's page.
pub(super) fn operation_anchor(id: &str) -> String {
    format!("#operation/{id}")
}

fn of_operation(document: &Document, operation: &Operation<'_>) -> Entry {
    let root = &document.root;
    let mut texts = prose::paragraphs(text(operation.value, "description"));
    for (_, parameter) in operation.parameters(root) {
        texts.push(named(text(parameter, "name"), parameter));
    }
    if let Some((_, body)) = operation.request_body(root) {
        texts.extend(prose::paragraphs(text(body, "description")));
    }
    for (status, _, response) in operation.responses(root) {
        texts.push(named(status, response));
        for (name, header) in entries(response, "headers") {
            let (_, header) = crate::openapi::resolved(root, String::new(), header);
            texts.push(named(name, header));
        }
    }
    let title = text(operation.value, "summary").to_owned();
    let names = format!("{} {} {}", operation.method, operation.path, operation.id());
    let anchor = operation_anchor(operation.id());
    entry(
        document,
        "Operation",
        title,
        names,
        &anchor,
        texts.join(" "),
    )
}

fn of_schema(document: &Document, name: &str, schema: &Value) -> Entry {
    let mut texts = prose::paragraphs(text(schema, "description"));
    for (property, schema) in entries(schema, "properties") {
        texts.push(named(property, schema));
    }
    let values = crate::openapi::array(schema, "x-extensible-enum");
    texts.extend(values.iter().filter_map(Value::as_str).map(str::to_owned));
    let anchor = format!("#schema/{name}");
    entry(
        document,
        "Schema",
        name.to_owned(),
        String::new(),
        &anchor,
        texts.join(" "),
    )
}

fn named(name: &str, described: &Value) -> String {
    let description = prose::paragraphs(text(described, "description")).join(" ");
    format!("{name}: {description}")
}

fn entry(
    document: &Document,
    kind: &'static str,
    title: String,
    names: String,
    anchor: &str,
    texts: String,
) -> Entry {
    Entry {
        kind,
        document: text(&document.root["info"], "title").to_owned(),
        title,
        names,
        href: format!("{}.html{anchor}", document.name),
        texts,
    }
}
