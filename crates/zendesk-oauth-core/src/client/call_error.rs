//! `CallError`: there is no complete answer.

use std::error::Error as StdError;
use std::fmt;

use reqwest::StatusCode;

use super::{BodyError, CommunicationError, ElsewhereError, Response};
use crate::{Operation, Refusal};

/// Why a call has no complete answer. It prints no URL, header value or body.
#[non_exhaustive]
pub enum CallError {
    /// It was refused, and nothing was sent.
    Refused(
        /// Why.
        Refusal,
    ),
    /// No answer came.
    Communication(
        /// Why.
        CommunicationError,
    ),
    /// An answer began, but its body could not be read.
    Body(
        /// Why, with status and headers.
        BodyError,
    ),
    /// The answer came from another URL than asked.
    Elsewhere(
        /// Its status and headers.
        ElsewhereError,
    ),
}

impl CallError {
    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        match self {
            Self::Refused(refusal) => refusal.operation(),
            Self::Communication(error) => error.operation(),
            Self::Body(_) | Self::Elsewhere(_) => self.head().map(Response::operation),
        }
    }

    /// Status and headers, if an answer began, and what arrived of its body.
    #[must_use]
    pub fn head(&self) -> Option<&Response> {
        match self {
            Self::Refused(_) | Self::Communication(_) => None,
            Self::Body(error) => Some(error.head()),
            Self::Elsewhere(error) => Some(error.head()),
        }
    }

    /// How many attempts the call took; 0 if nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Refused(_) => 0,
            Self::Communication(error) => error.attempts(),
            Self::Body(error) => error.head().attempts(),
            Self::Elsewhere(error) => error.head().attempts(),
        }
    }

    /// Whether nothing was sent.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused(_))
    }

    /// Whether the time for connecting, or for the attempt, ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Communication(error) => error.kind() == super::CommunicationKind::Timeout,
            Self::Body(error) => error.is_timeout(),
            Self::Refused(_) | Self::Elsewhere(_) => false,
        }
    }

    /// Whether it failed while connecting, so that the server never saw the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Communication(error) if error.is_connect())
    }

    /// Whether the same call may succeed later: the network failed it, or the time ran out. Whether
    /// it may be repeated is another question, see [`Operation::idempotent`].
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Communication(error) => error.is_transient(),
            Self::Body(error) => error.is_transient(),
            Self::Refused(_) | Self::Elsewhere(_) => false,
        }
    }

    fn inner(&self) -> &(dyn StdError + 'static) {
        match self {
            Self::Refused(refusal) => refusal,
            Self::Communication(error) => error,
            Self::Body(error) => error,
            Self::Elsewhere(error) => error,
        }
    }
}

/// The statuses that say "not now": timeouts, the rate limit (429) and unavailable servers.
/// Zendesk's own Ruby client treats 503 as 429.
pub(crate) fn is_transient_status(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504)
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

impl fmt::Debug for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for CallError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner().source()
    }
}

impl From<Refusal> for CallError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
