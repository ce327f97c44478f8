//! `ElsewhereError`: the answer of another URL than the one that was asked.

use std::fmt;

use super::Response;
use crate::Secret;

/// An answer from another URL than asked: the HTTP client followed a redirect, and what it sent on
/// the way is out of our hands. Status and headers are kept, the body is not read.
#[derive(Clone)]
pub struct ElsewhereError {
    head: Response,
    url: Secret,
}

impl ElsewhereError {
    pub(crate) fn new(head: Response, url: Secret) -> Self {
        Self { head, url }
    }

    /// The answer's status and headers, with an empty body.
    #[must_use]
    pub fn head(&self) -> &Response {
        &self.head
    }

    /// The URL that answered. Its query may carry tokens.
    #[must_use]
    pub fn url(&self) -> &Secret {
        &self.url
    }
}

impl ElsewhereError {
    pub(super) const ADVICE: &str = "The HTTP client followed a redirect: build it with \
                                     redirect::Policy::none(), or leave it to the transport.";

    pub(super) fn write_summary(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.head.write_head(f)?;
        f.write_str(", but from another URL than the one asked")?;
        self.head.write_request_id(f)
    }
}

impl fmt::Display for ElsewhereError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_summary(f)?;
        write!(f, ". {}", Self::ADVICE)
    }
}

impl fmt::Debug for ElsewhereError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for ElsewhereError {}
