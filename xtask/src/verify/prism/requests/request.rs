//! A request, and what is documented of its answer.

use serde_json::Value;

use super::target::{escaped, plain};

/// A request and its documented answer.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::verify::prism) struct Request {
    /// What it is: the operation, and what is special.
    pub(in crate::verify::prism) name: String,
    pub(in crate::verify::prism) method: String,
    /// Path and query.
    pub(in crate::verify::prism) target: String,
    pub(in crate::verify::prism) headers: Vec<(String, String)>,
    pub(in crate::verify::prism) body: Option<String>,
    pub(in crate::verify::prism) answer: Answer,
}

/// What is documented of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::verify::prism) struct Answer {
    /// One of these.
    pub(in crate::verify::prism) statuses: Vec<u16>,
    /// One of these bodies; none where there is no body; not looked at where the list is missing.
    pub(in crate::verify::prism) bodies: Option<Vec<Value>>,
    /// Headers that are documented as always there, with their example.
    pub(in crate::verify::prism) headers: Vec<(String, String)>,
}

impl Answer {
    /// An answer of which only the status counts.
    pub(super) fn status(statuses: &[u16]) -> Self {
        Self {
            statuses: statuses.to_vec(),
            bodies: None,
            headers: vec![],
        }
    }
}

pub(super) fn set_body(request: &mut Request, media_type: &str, body: &Value) {
    request
        .headers
        .push(("Content-Type".to_owned(), media_type.to_owned()));
    request.body = Some(match media_type {
        "application/x-www-form-urlencoded" => {
            let members = body.as_object().into_iter().flatten();
            let pairs = members
                .map(|(name, value)| format!("{}={}", escaped(name), escaped(&plain(value))));
            pairs.collect::<Vec<_>>().join("&")
        }
        _ => body.to_string(),
    });
}
