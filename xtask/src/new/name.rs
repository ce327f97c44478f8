//! What a document may be called.

use std::{fs, path::Path};

use heck::{ToPascalCase, ToSnakeCase, ToTitleCase};

use crate::{document::Document, generate::package_name, lint, openapi, outputs::Failure};

/// crates.io takes no longer name of a crate.
const MAX_PACKAGE: usize = 64;

/// The name of a document that may be made: lower-case words joined by hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    kebab: String,
    package: String,
}

impl Name {
    /// Takes a name that gives a document, a crate, an operation and types.
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        let refused = |why: &str| {
            Err(Failure::refused(
                format!("{text:?} is no name of a document: {why}"),
                "give lower-case words joined by hyphens, such as `support-oauth-tokens`; nothing was written",
            ))
        };
        let is_taken = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit();
        if text.is_empty() {
            return refused("it is empty");
        }
        if let Some(other) = text.chars().find(|char| !is_taken(*char) && *char != '-') {
            return refused(&format!("it has {other:?}"));
        }
        if text.split('-').any(str::is_empty) {
            return refused("a hyphen stands between two words");
        }
        if !text.starts_with(|char: char| char.is_ascii_lowercase()) {
            return refused("it starts with a digit");
        }
        if text.split('-').next() == Some("zendesk") {
            return refused("its crate is called `zendesk-` and this name, so leave `zendesk` out");
        }
        if lint::is_file_taken(text) {
            return refused("something else that is published is called so");
        }
        let package = package_name(text);
        if package.len() > MAX_PACKAGE {
            return refused(&format!(
                "`{package}` has more than {MAX_PACKAGE} characters"
            ));
        }
        Ok(Self {
            kebab: text.to_owned(),
            package,
        })
    }

    /// As it was given: `tiny-things`.
    pub(super) fn kebab(&self) -> &str {
        &self.kebab
    }

    /// The crate: `zendesk-tiny-things`.
    pub(super) fn package(&self) -> &str {
        &self.package
    }

    /// In paths, operations and Rust modules: `tiny_things`.
    pub(super) fn snake(&self) -> String {
        // Not heck's, which would leave out the hyphen of `oauth-2`.
        self.kebab.replace('-', "_")
    }

    /// In types: `TinyThings`.
    pub(super) fn pascal(&self) -> String {
        self.kebab.to_pascal_case()
    }

    /// In prose: `Tiny Things`.
    pub(super) fn title(&self) -> String {
        self.kebab.to_title_case()
    }

    /// The operation that the skeleton has.
    fn operation(&self) -> String {
        format!("list_{}", self.snake()).to_snake_case()
    }

    /// Refuses a name that a document, a crate, a folder or an operation has already.
    pub(super) fn is_free(&self, top: &Path, documents: &[Document]) -> Result<(), Failure> {
        let (kebab, package) = (&self.kebab, &self.package);
        let taken = |what: String| {
            let way_out = "choose another name, or edit what is there; nothing was written";
            Err(Failure::refused(what, way_out))
        };
        for path in [
            format!("openapi/{kebab}.yaml"),
            format!("openapi/{kebab}"),
            format!("crates/{package}"),
        ] {
            // Not `exists`, for which a link that leads nowhere is not there.
            if fs::symlink_metadata(top.join(&path)).is_ok() {
                return taken(format!("`{path}` is there already"));
            }
        }
        let lock = fs::read_to_string(top.join("Cargo.lock")).unwrap_or_default();
        if lock
            .lines()
            .any(|line| line == format!("name = {package:?}"))
        {
            return taken(format!(
                "`{package}`, the crate of `{kebab}`, is a package of the workspace or a dependency already"
            ));
        }
        for document in documents {
            let mut operations = openapi::operations(&document.root).into_iter();
            if operations.any(|operation| operation.id() == self.operation()) {
                let id = self.operation();
                return taken(format!(
                    "`{id}`, the first operation of `{kebab}`, is one of {} already",
                    document.file
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gives_all_its_forms() {
        let name = Name::parse("tiny-things").expect("a name");
        assert_eq!(name.package(), "zendesk-tiny-things");
        assert_eq!(name.snake(), "tiny_things");
        assert_eq!(name.pascal(), "TinyThings");
        assert_eq!(name.title(), "Tiny Things");
        assert_eq!(name.operation(), "list_tiny_things");
    }

    #[test]
    fn what_is_no_name_is_refused_with_its_reason() {
        for (text, reason) in [
            ("", "it is empty"),
            ("Tiny-things", "it has 'T'"),
            ("tiny_things", "it has '_'"),
            ("tiny things", "it has ' '"),
            ("tiny/../things", "it has '/'"),
            ("größe", "it has 'ö'"),
            ("-tiny", "a hyphen stands between"),
            ("tiny-", "a hyphen stands between"),
            ("tiny--things", "a hyphen stands between"),
            ("2-things", "starts with a digit"),
            ("index", "something else that is published"),
            ("site", "something else that is published"),
            ("zendesk-things", "leave `zendesk` out"),
            (&"x".repeat(57), "more than 64 characters"),
        ] {
            let refusal = Name::parse(text).expect_err(text).to_string();
            assert!(refusal.contains(reason), "{text}: {refusal}");
            assert!(
                refusal.contains("such as `support-oauth-tokens`"),
                "{refusal}"
            );
        }
    }
}
