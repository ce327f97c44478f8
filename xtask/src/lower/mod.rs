//! The named rewrites that stand between a published document and progenitor.
//!
//! A document is written for readers and for every language; progenitor understands only part of that.
//! Each rewrite is one function that says why it exists, and none of them ever reaches `openapi/`.

mod answers;
mod formats;
mod guides;
mod names;
mod shapes;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::Document;

/// Schema names that lowering adds and that stand for types of `zendesk-oauth-core`.
pub const RESERVED_SCHEMAS: [&str; 4] = ["ApiErrorBody", "Redirect", "Secret", "Timestamp"];

/// A document as progenitor gets it, and what was taken out of it on the way.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The rewritten document.
    pub root: Value,
    /// operationId to the redirect status that is its success.
    pub redirects: BTreeMap<String, u16>,
    /// Open enums by schema name.
    pub open_enums: BTreeMap<String, OpenEnum>,
}

/// A string with known values and room for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenEnum {
    /// The schema's description.
    pub description: String,
    /// The values that the document lists.
    pub values: Vec<String>,
}

/// One rewrite: its name and what it does to the document.
type Rewrite = (&'static str, fn(&mut Lowered));

/// Every rewrite, in the order in which they run.
pub const REWRITES: &[Rewrite] = &[
    ("inline_references", names::inline_references),
    ("errors_in_docs", guides::errors_in_docs),
    ("errors_as_one_body", answers::errors_as_one_body),
    ("redirect_as_success", answers::redirect_as_success),
    ("success_as_range", answers::success_as_range),
    ("one_request_body", answers::one_request_body),
    ("open_enums_by_name", names::open_enums_by_name),
    ("secrets_by_name", formats::secrets_by_name),
    ("timestamps_by_name", formats::timestamps_by_name),
    ("plain_strings", formats::plain_strings),
    ("no_constraints", formats::no_constraints),
    ("prune_unreachable", names::prune_unreachable),
    ("optional_lists", shapes::optional_lists),
    ("tolerant_responses", shapes::tolerant_responses),
    ("unknown_fields", shapes::unknown_fields),
];

/// Lowers a document that has passed [`crate::lint::check`].
pub fn lower(document: &Document) -> Lowered {
    let mut lowered = Lowered {
        root: document.root.clone(),
        redirects: BTreeMap::new(),
        open_enums: BTreeMap::new(),
    };
    for (_, rewrite) in REWRITES {
        rewrite(&mut lowered);
    }
    lowered
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::{Value, json};

    use super::Lowered;

    /// One operation around `operation`, with `schemas` as components.
    pub(crate) fn lowered(operation: Value, schemas: Value) -> Lowered {
        Lowered {
            root: json!({
                "openapi": "3.0.3",
                "info": {"title": "t", "version": "1.0.0"},
                "paths": {"/things": {"get": operation}},
                "components": {"schemas": schemas},
            }),
            redirects: Default::default(),
            open_enums: Default::default(),
        }
    }

    pub(crate) fn at<'a>(lowered: &'a Lowered, pointer: &str) -> &'a Value {
        lowered.root.pointer(pointer).unwrap_or(&Value::Null)
    }
}
