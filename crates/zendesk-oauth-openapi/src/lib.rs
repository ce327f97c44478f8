#![doc = include_str!("../README.md")]
#![no_std]

mod documents;

pub use documents::*;

/// One document, in the forms in which it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document {
    /// Name of its files, without an ending: `chat-oauth-tokens`.
    pub name: &'static str,
    /// `info.title`.
    pub title: &'static str,
    /// `info.version`: a semantic version of the document, not of this crate.
    pub version: &'static str,
    /// The document as it is written.
    pub yaml: &'static str,
    /// The same in JSON, members in the same order.
    pub json: &'static str,
}

impl Document {
    /// The document of that name.
    ///
    /// ```
    /// use zendesk_oauth_openapi::Document;
    ///
    /// let document = Document::named("chat-oauth-tokens").expect("it is published");
    /// assert!(document.yaml.starts_with("openapi: 3.0.3\n"));
    /// assert_eq!(Document::named("nothing"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        DOCUMENTS
            .iter()
            .copied()
            .find(|document| document.name == name)
    }
}
