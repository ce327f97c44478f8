//! The static site: a page per document, and an index with a search over all of them.
//!
//! It works from `file://` and asks no other host for anything. [`renderer`] takes Redoc from the installed packages,
//! [`pages`] writes the pages, [`search`] what the index searches, [`prose`] makes plain text of Markdown.

mod pages;
mod prose;
pub mod renderer;
mod search;

use std::{collections::BTreeMap, path::Path};

use super::Form;
use crate::{document::Document, outputs::Failure, verify::job::Tools};

/// Forms that can be downloaded from the site, with what a reader calls them.
const DOWNLOADS: [(Form, &str); 3] = [
    (Form::Yaml, "YAML"),
    (Form::Json, "JSON"),
    (Form::Dereferenced, "JSON without references"),
];

/// The files of the site, by their path below `site/`. `documents` holds every document and, last, the bundle.
///
/// # Errors
/// When the renderer is not installed, or is not the version that is known here.
pub fn files(top: &Path, documents: &[Document]) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let mut files = renderer::files(&Tools::locate(top).folder)?;
    files.extend(own_files(documents));
    Ok(files)
}

/// Everything but the renderer. The documents are among it, so that the folder stands alone.
fn own_files(documents: &[Document]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::from(
        [
            ("assets/site.css", include_str!("templates/site.css")),
            ("assets/colours.js", include_str!("templates/colours.js")),
            ("assets/index.js", include_str!("templates/index.js")),
            ("assets/page.js", include_str!("templates/page.js")),
        ]
        .map(|(name, text)| (name.to_owned(), text.to_owned())),
    );
    files.insert("index.html".to_owned(), pages::index(documents));
    files.insert("assets/search.js".to_owned(), search::script(documents));
    for document in documents {
        let name = &document.name;
        for (form, _) in DOWNLOADS {
            files.insert(form.file(name), form.write(document));
        }
        files.insert(format!("{name}.html"), pages::document(document));
        let json = Form::Json.write(document);
        let script = format!("window.apiDocument = {};\n", json.trim_end());
        files.insert(format!("assets/{name}.js"), script);
    }
    files
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect()
}

#[cfg(test)]
mod tests;
