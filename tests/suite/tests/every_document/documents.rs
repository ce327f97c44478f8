//! The documents that are there.

use std::path::Path;

use xtask::{document::Document, outputs};

/// Top of the repository.
pub(crate) const TOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// All of them, in the order of their names.
pub(crate) fn documents() -> Vec<Document> {
    outputs::read_documents(Path::new(TOP)).unwrap_or_else(|failure| panic!("{failure}"))
}

/// The name as a snapshot has it: `chat_oauth_tokens`.
pub(crate) fn snake(document: &Document) -> String {
    document.name.replace('-', "_")
}

/// The generated client.
pub(crate) fn generated(document: &Document) -> String {
    let package = xtask::generate::package_name(&document.name);
    let path = format!("{TOP}/crates/{package}/src/generated.rs");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
