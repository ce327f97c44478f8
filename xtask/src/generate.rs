//! The pure function of the generator: documents in, file contents out.

use crate::{codegen, contract, document::Document, problem::Problems};

/// One generated file.
#[derive(Clone, Debug)]
pub struct Output {
    /// The crate it belongs to: `zendesk-chat-oauth-tokens`.
    pub package: String,
    /// Path from the top of the repository, with forward slashes.
    pub path: String,
    /// The whole text.
    pub contents: String,
}

/// The crate that is generated from the document called `name`.
pub fn package_name(name: &str) -> String {
    format!("zendesk-{name}")
}

/// Generates the files of one document that has passed [`crate::lint::check_all`]: the client, and what
/// the document says about answers.
///
/// # Errors
/// When progenitor refuses the document, or panics on it.
pub fn generate(document: &Document) -> Result<[Output; 2], Problems> {
    let package = package_name(&document.name);
    let output = |file: &str, contents| Output {
        path: format!("crates/{package}/src/{file}"),
        package: package.clone(),
        contents,
    };
    Ok([
        output("generated.rs", codegen::generate(document)?),
        output("contract.json", contract::contract(document)),
    ])
}
