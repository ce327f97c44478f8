//! The document as the OpenAPI types that progenitor reads.

use openapiv3::OpenAPI;

use super::{Lint, Rule};

const OPENAPI: Rule = Rule {
    id: "openapi",
    purpose: "the document is OpenAPI 3.0 as the crate openapiv3 reads it",
    way_out: "compare the place with the OpenAPI 3.0.3 specification",
};

pub(super) const RULES: &[Rule] = &[OPENAPI];

pub(super) fn check(lint: &mut Lint<'_>) {
    if let Err(error) = serde_path_to_error::deserialize::<_, OpenAPI>(lint.root) {
        let pointer: String = error
            .path()
            .iter()
            .filter_map(|segment| match segment {
                serde_path_to_error::Segment::Map { key } => Some(crate::pointer::join("", key)),
                serde_path_to_error::Segment::Seq { index } => Some(format!("/{index}")),
                _ => None,
            })
            .collect();
        lint.refuse(&OPENAPI, &pointer, error.inner().to_string());
    }
}
