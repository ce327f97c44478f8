//! `CommunicationError`: no answer came.

mod cause;

use std::error::Error;
use std::fmt;

pub(super) use cause::Cause;

use crate::Operation;

/// Which part of the exchange failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CommunicationKind {
    /// No connection: the host name does not resolve, nothing listens, or the network is down.
    Connect,
    /// A connection, but no TLS over it: usually the certificate.
    Tls,
    /// The time for connecting, or for the whole call, ran out.
    Timeout,
    /// The connection broke before the answer began. The server may have acted on the request.
    Interrupted,
    /// Something else in the HTTP client.
    Other,
}

/// A request that got no answer. It prints its kind and its causes in words of a fixed list, never
/// a URL or header.
pub struct CommunicationError {
    operation: Option<&'static Operation>,
    kind: CommunicationKind,
    cause: Option<Cause>,
    error: reqwest::Error,
}

impl CommunicationError {
    pub(crate) fn new(operation: Option<&'static Operation>, error: reqwest::Error) -> Self {
        let error = error.without_url();
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

    /// The HTTP client's error without its URL, for deliberate use: its text is not checked for
    /// secrets.
    #[must_use]
    pub fn http_error(&self) -> &reqwest::Error {
        &self.error
    }
}

impl fmt::Display for CommunicationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.operation {
            Some(operation) => write!(f, "{operation}: ")?,
            None => f.write_str("the call: ")?,
        }
        f.write_str(match self.kind {
            CommunicationKind::Connect => {
                "could not connect. Check the host of the base URL, the network and the proxy."
            }
            CommunicationKind::Tls => {
                "no secure connection could be made. Check the host of the base URL, the clock, \
                 and whether a proxy puts its own certificate in between."
            }
            CommunicationKind::Timeout if self.is_connect() => {
                "the connection was not made in time. Check the host of the base URL, the network \
                 and the proxy."
            }
            CommunicationKind::Timeout => {
                "no answer came in time. The server may still act on the request; raise the \
                 timeout if this is common."
            }
            CommunicationKind::Interrupted => {
                "the connection broke before the answer began. The server may have acted on the \
                 request."
            }
            CommunicationKind::Other => {
                "the HTTP client failed. Its error, without the URL, is in http_error(), for \
                 deliberate use."
            }
        })
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
