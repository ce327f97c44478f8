//! `Response`: an answer whose body has been read.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::request_id::{printable_request_id, request_id};
use crate::{CredentialError, Operation, RetryAfter};

/// An answer with its body, and the operation it answers. A clone is cheap; `Debug` shows
/// operation, status and request id only.
#[derive(Clone)]
pub struct Response(Arc<Parts>);

#[derive(Clone)]
struct Parts {
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    attempts: u32,
    no_other: Option<CredentialError>,
}

impl Response {
    /// An answer made of its parts. Calls get theirs from
    /// [`Transport::execute`](crate::Transport::execute); this is for tests.
    #[must_use]
    pub fn new(
        operation: &'static Operation,
        status: StatusCode,
        headers: HeaderMap,
        body: impl Into<Bytes>,
    ) -> Self {
        Self(Arc::new(Parts {
            operation,
            status,
            headers,
            body: body.into(),
            attempts: 1,
            no_other: None,
        }))
    }

    /// The same answer, as that of the attempt of this number, counted from 1.
    #[must_use]
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        Arc::make_mut(&mut self.0).attempts = attempts;
        self
    }

    /// The same answer, of 401 `invalid_token`, after which no other credentials could be had.
    #[must_use]
    pub fn without_other_credentials(mut self, why: CredentialError) -> Self {
        Arc::make_mut(&mut self.0).no_other = Some(why);
        self
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The headers as sent. They may hold secrets.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body as sent. It may hold secrets.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.0.operation
    }

    /// `x-request-id`, else `x-zendesk-request-id`: what Zendesk's support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// How long the server asks to wait (`Retry-After`); of several such headers the longest. A
    /// date is a delay since the answer's own `Date`, if it has one.
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        RetryAfter::from_headers(self.headers(), SystemTime::now())
    }

    /// How many attempts the call took, this answer's included.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Why the call was not made again with other credentials, if it was to be: the server answered
    /// 401 `invalid_token`, and the [`CredentialSource`](crate::CredentialSource) had no others. The
    /// [source](std::error::Error::source) of that is what the source says: that the login is over,
    /// for example.
    #[must_use]
    pub fn credential_error(&self) -> Option<&CredentialError> {
        self.0.no_other.as_ref()
    }

    pub(crate) fn printable_request_id(&self) -> Option<&str> {
        printable_request_id(self.headers())
    }

    /// What every message about an answer begins with: `list_tokens (GET /oauth/tokens): 401
    /// Unauthorized`.
    pub(super) fn write_head(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation(), self.status().as_u16())?;
        if let Some(reason) = self.status().canonical_reason() {
            write!(f, " {reason}")?;
        }
        write_attempts(self.attempts(), f)
    }

    /// Where every message about an answer names its request id, if there is one to print.
    pub(super) fn write_request_id(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.printable_request_id() {
            Some(id) => write!(f, " [request id {id}]"),
            None => Ok(()),
        }
    }
}

/// What every message says of a call that was repeated.
pub(super) fn write_attempts(attempts: u32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match attempts {
        0 | 1 => Ok(()),
        more => write!(f, " (after {more} attempts)"),
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("operation", &self.operation().id)
            .field("status", &self.status().as_u16())
            .field("request_id", &self.printable_request_id())
            .finish_non_exhaustive()
    }
}
