//! What came of one operation.

use reqwest::StatusCode;
use zendesk_oauth_core::Operation;

/// A place where an answer differs from the document. It holds names and kinds, never a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Difference {
    /// Such as `clients[].id` or `status`.
    pub(super) place: String,
    pub(super) what: String,
}

impl Difference {
    pub(super) fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
        }
    }
}

/// What came of one operation.
pub(super) struct Outcome {
    pub(super) operation: &'static Operation,
    pub(super) result: Ended,
}

pub(super) enum Ended {
    /// An answer came and was compared.
    Compared {
        status: StatusCode,
        differences: Vec<Difference>,
    },
    /// It was not called, for this reason.
    Skipped(String),
    /// No answer came.
    Failed(String),
}
