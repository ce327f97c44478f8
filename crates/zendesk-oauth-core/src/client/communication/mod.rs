//! `CommunicationError`: no answer came.

mod cause;

use std::error::Error;
use std::fmt;

pub(super) use cause::Cause;

use super::response::write_attempts;
use crate::{Operation, printable_input};

/// Which part of the exchange failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CommunicationKind {
    /// No connection: the host name does not resolve, nothing listens, or the network is down.
    Connect,
    /// A connection, but no TLS over it: usually the certificate.
    Tls,
    /// The time for connecting, or for the attempt, ran out.
    Timeout,
    /// The connection broke before the answer began. The server may have acted on the request.
    Interrupted,
    /// Something else in the HTTP client.
    Other,
}

/// A request that got no answer. It prints its kind and its causes in words of a fixed list,
/// and the server that could not be reached, never the rest of a URL or a header.
pub struct CommunicationError {
    operation: Option<&'static Operation>,
    kind: CommunicationKind,
    attempts: u32,
    cause: Option<Cause>,
    error: reqwest::Error,
}

impl CommunicationError {
    pub(crate) fn new(
        operation: Option<&'static Operation>,
        attempts: u32,
        error: reqwest::Error,
    ) -> Self {
        let error = with_origin_only(error);
        let cause = Cause::of(&error);
        let kind = if error.is_timeout() {
            CommunicationKind::Timeout
        } else if cause.as_ref().is_some_and(Cause::is_tls) {
            CommunicationKind::Tls
        } else if error.is_connect() {
            CommunicationKind::Connect
        } else if cause.as_ref().is_some_and(Cause::is_interruption) {
            CommunicationKind::Interrupted
        } else {
            CommunicationKind::Other
        };
        Self {
            operation,
            kind,
            attempts,
            cause,
            error,
        }
    }

    /// Which part of the exchange failed.
    #[must_use]
    pub fn kind(&self) -> CommunicationKind {
        self.kind
    }

    /// The operation that was called, if the request got that far.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.operation
    }

    /// How many attempts the call took, this one included.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether it failed while connecting, so that the server never saw the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.error.is_connect()
    }

    /// Whether the same call may succeed later. Repeating is harmless only for an
    /// [idempotent](Operation::idempotent) operation, or if [`is_connect`](Self::is_connect).
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self.kind {
            CommunicationKind::Connect
            | CommunicationKind::Timeout
            | CommunicationKind::Interrupted => true,
            CommunicationKind::Tls | CommunicationKind::Other => false,
        }
    }

    /// The HTTP client's error, for deliberate use: its text is not checked for secrets. Of its
    /// URL only scheme, host and port are left.
    #[must_use]
    pub fn http_error(&self) -> &reqwest::Error {
        &self.error
    }
}

impl CommunicationError {
    pub(super) fn write_summary(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.operation {
            Some(operation) => write!(f, "{operation}: ")?,
            None => f.write_str("the call: ")?,
        }
        f.write_str(match self.kind {
            CommunicationKind::Connect => "could not connect",
            CommunicationKind::Tls => "could not connect securely",
            CommunicationKind::Timeout if self.is_connect() => "could not connect in time",
            CommunicationKind::Timeout => "no answer came in time",
            CommunicationKind::Interrupted => "the connection broke before the answer began",
            CommunicationKind::Other => "the HTTP client failed",
        })?;
        let url = self.error.url().map(reqwest::Url::as_str);
        if let Some((url, preposition)) = url.zip(self.preposition()) {
            let server = printable_input(url.trim_end_matches('/'));
            write!(f, " {preposition} {server}")?;
        }
        write_attempts(self.attempts, f)
    }

    /// How the sentence goes on to name the server, if it does.
    fn preposition(&self) -> Option<&'static str> {
        match self.kind {
            _ if self.is_connect() => Some("to"),
            CommunicationKind::Connect | CommunicationKind::Tls => Some("to"),
            CommunicationKind::Other => Some("at"),
            CommunicationKind::Timeout | CommunicationKind::Interrupted => None,
        }
    }

    pub(super) fn advice(&self) -> &'static str {
        match self.kind {
            CommunicationKind::Tls if self.cause.as_ref().is_some_and(Cause::lacks_tls) => {
                "This program is built without TLS: turn on the feature `rustls` or `native-tls`."
            }
            CommunicationKind::Connect => {
                "Check the host of the base URL, the network and the proxy."
            }
            CommunicationKind::Tls => {
                "Check the host of the base URL, the clock, and whether a proxy puts its own \
                 certificate in between."
            }
            CommunicationKind::Timeout if self.is_connect() => {
                "Check the host of the base URL, the network and the proxy."
            }
            CommunicationKind::Timeout => {
                "The server may still act on the request; raise the timeout if this is common."
            }
            CommunicationKind::Interrupted => "The server may have acted on the request.",
            CommunicationKind::Other => {
                "What answers there may speak no HTTP: check the base URL. The client's own words are \
                 in http_error(), for deliberate use."
            }
        }
    }
}

/// Path and query of a URL may hold secrets; which server was asked does not.
fn with_origin_only(mut error: reqwest::Error) -> reqwest::Error {
    let Some(url) = error.url_mut() else {
        return error;
    };
    url.set_path("");
    url.set_query(None);
    url.set_fragment(None);
    if url.set_username("").is_err() || url.set_password(None).is_err() {
        // It has no host.
        return error.without_url();
    }
    error
}

impl fmt::Display for CommunicationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_summary(f)?;
        write!(f, ". {}", self.advice())
    }
}

impl fmt::Debug for CommunicationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for CommunicationError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_ref().map(|cause| cause as _)
    }
}
