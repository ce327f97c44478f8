//! `DecodeError`: an answer that is not what its document says.

use std::fmt;

use super::decode::DecodeFailure;
use super::{DecodeProblem, Response};
use crate::ApiErrorBody;

/// A complete answer that could not be decoded: where and how, with the answer.
#[derive(Clone)]
pub struct DecodeError {
    response: Response,
    path: Box<str>,
    problem: DecodeProblem,
}

impl DecodeError {
    pub(super) fn new(response: Response, failure: DecodeFailure) -> Self {
        Self {
            response,
            path: failure.path,
            problem: failure.problem,
        }
    }

    /// The answer.
    #[must_use]
    pub fn response(&self) -> &Response {
        &self.response
    }

    /// Where in the JSON, such as `clients[0].id`; `*` stands for a key that the server chose.
    /// Empty for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there.
    #[must_use]
    pub fn problem(&self) -> &DecodeProblem {
        &self.problem
    }

    pub(super) fn advice(&self) -> &'static str {
        if self.response.status().is_redirection() {
            "A redirect needs a `Location` header with an address in it: repeat the call, or look \
             at the headers."
        } else if ApiErrorBody::from_bytes(self.response.body()).is_html() {
            "A page of HTML came instead of JSON: a proxy, a login page or another server \
             answered. Check the base URL."
        } else {
            "The server and the document disagree: body_text() has the answer. Please report the \
             place to this crate."
        }
    }

    pub(super) fn write_summary(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.response.write_head(f)?;
        write!(f, ", but the answer does not decode: {}", self.problem)?;
        if !self.path.is_empty() {
            write!(f, " (at `{}`)", self.path)?;
        }
        self.response.write_request_id(f)
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_summary(f)?;
        write!(f, ". {}", self.advice())
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for DecodeError {}
