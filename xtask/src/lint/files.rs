//! Files of what is published, which are named after documents.

use super::Rule;
use crate::{document::Document, problem::Problem, spec::bundle};

const FILE_NAME: Rule = Rule {
    id: "file-name",
    purpose: "a document is named in lower-case words joined by hyphens, and like nothing else that is published: its name is that of files, of a crate and of a constant",
    way_out: "rename the file after the API and the page that it describes, such as `support-oauth-tokens.yaml`",
};

pub(super) const RULES: &[Rule] = &[FILE_NAME];

/// Other things in `target/spec`, its npm package, its site and `openapi`, by the stems of their files, the bundle, and the
/// list of documents in the crate that carries them.
const TAKEN: [&str; 13] = [
    bundle::NAME,
    "bundle",
    "colours",
    "documents",
    "index",
    "npm",
    "package",
    "page",
    "publish",
    "redoc",
    "search",
    "site",
    "tools",
];

/// Whether files of a document of this name could be those of something else.
pub(crate) fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name) || !is_kebab_case(name)
}

/// With other letters `x.dereferenced` would be a form of `x`, and `a_b` and `a-b` one constant.
fn is_kebab_case(name: &str) -> bool {
    let is_word = |word: &str| {
        let is_letter = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
        !word.is_empty() && word.chars().all(is_letter)
    };
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.split('-').all(is_word)
}

/// The problem of a document with a name that is taken.
pub(super) fn taken(document: &Document) -> Option<Problem> {
    is_taken(&document.name).then(|| Problem {
        file: document.file.clone(),
        position: None,
        rule: FILE_NAME.id,
        pointer: String::new(),
        reason: format!(
            "`{}` is the name of something else that is published, or not in lower-case words joined by hyphens",
            document.name
        ),
        way_out: FILE_NAME.way_out.to_owned(),
    })
}
