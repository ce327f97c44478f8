//! `README.md` of what is published, and the parts that it has in common with that of the npm package.

use super::{bundle, template::fill};
use crate::{
    document::Document,
    openapi::{operations, text},
};

/// That of the folder and of the archive.
pub(super) fn folder(documents: &[Document]) -> String {
    let rows = rows(documents);
    let values = [("documents", rows.as_str()), ("bundle", bundle::NAME)];
    fill(include_str!("README.md"), &values)
}

/// The rows of its table of documents.
pub(super) fn rows(documents: &[Document]) -> String {
    documents
        .iter()
        .map(|document| {
            let info = &document.root["info"];
            format!(
                "| `{}` | {} | {} | {} |\n",
                document.name,
                text(info, "title"),
                text(info, "version"),
                operations(&document.root).len()
            )
        })
        .collect()
}
