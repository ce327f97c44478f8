//! The pages, from their templates.

use std::fmt::Write as _;

use super::{DOWNLOADS, prose, search};
use crate::{
    document::Document,
    openapi::{array, operations_as_written, text},
    spec::{
        bundle,
        template::{escaped, fill},
    },
};

/// The page of one document.
pub(super) fn document(document: &Document) -> String {
    let info = &document.root["info"];
    fill(
        include_str!("templates/document.html"),
        &[
            ("name", &escaped(&document.name)),
            ("title", &escaped(text(info, "title"))),
            (
                "description",
                &escaped(&prose::first_paragraph(text(info, "description"))),
            ),
            ("downloads", &downloads(document)),
        ],
    )
}

/// The index page.
pub(super) fn index(documents: &[Document]) -> String {
    // The bundle comes last and is wanted most.
    let (bundle, others): (Vec<_>, Vec<_>) = documents.iter().partition(|it| is_bundle(it));
    let sections: String = bundle.into_iter().chain(others).map(section).collect();
    fill(
        include_str!("templates/index.html"),
        &[("documents", &sections)],
    )
}

fn section(document: &Document) -> String {
    let info = &document.root["info"];
    fill(
        include_str!("templates/section.html"),
        &[
            ("name", &escaped(&document.name)),
            ("title", &escaped(text(info, "title"))),
            ("version", &escaped(text(info, "version"))),
            (
                "description",
                &escaped(&prose::first_paragraph(text(info, "description"))),
            ),
            ("server", &escaped(server(document))),
            ("downloads", &downloads(document)),
            ("operations", &operation_list(document)),
        ],
    )
}

/// The address below which the paths stand.
fn server(document: &Document) -> &str {
    array(&document.root, "servers")
        .first()
        .map_or("", |server| text(server, "url"))
}

fn downloads(document: &Document) -> String {
    DOWNLOADS
        .iter()
        .map(|(form, label)| {
            let file = escaped(&form.file(&document.name));
            format!("<li><a href=\"{file}\" download>{label}</a></li>")
        })
        .collect()
}

fn is_bundle(document: &Document) -> bool {
    document.name == bundle::NAME
}

/// The operations as links; of the bundle only their number, as all stand below it.
fn operation_list(document: &Document) -> String {
    let operations = operations_as_written(document);
    if is_bundle(document) {
        return format!(
            "<p><b>Generate a client from this one</b>: all {} operations of the documents below, under one host.</p>",
            operations.len()
        );
    }
    let mut list = String::from("<ul class=\"operations\">\n");
    for operation in operations {
        let href = format!(
            "{}.html{}",
            document.name,
            search::operation_anchor(operation.id())
        );
        writeln!(
            list,
            "<li><a href=\"{}\">{}</a> <code><b>{}</b> {}</code></li>",
            escaped(&href),
            escaped(text(operation.value, "summary")),
            operation.method,
            // Where a long path may break.
            escaped(operation.path).replace('/', "/<wbr>"),
        )
        .expect("a text takes every letter");
    }
    list.push_str("</ul>");
    list
}
