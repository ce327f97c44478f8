//! `Error`: why a call of a generated client failed.

use std::borrow::Cow;
use std::convert::Infallible;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, InvalidHeaderValue};

use super::call_error::is_transient_status;
use super::{
    BodyError, CallError, CommunicationError, CommunicationKind, DecodeError, ElsewhereError,
    Response, ResponseValue,
};
use crate::{ApiErrorBody, CredentialError, Operation, Refusal, RetryAfter};

/// Why a call failed; `E` is the error body that the document declares.
///
/// `Display`, which `Debug` repeats, says what happened, on which operation, with which status and
/// request id, and what to do next. It prints nothing that a server sent freely: accessors give
/// that.
#[non_exhaustive]
pub enum Error<E = ()> {
    /// The request could not be built from its parameters.
    InvalidRequest(
        /// Which parameter and why.
        String,
    ),
    /// The call was refused, and nothing was sent.
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
    /// The answer is not what the document says.
    Decode(
        /// Where and how, with the answer.
        DecodeError,
    ),
    /// The server answered with an error that the document declares.
    ErrorResponse(
        /// The error, with the answer.
        ResponseValue<E>,
    ),
    /// The server answered with a status that the document does not declare.
    UnexpectedResponse(
        /// The answer.
        Response,
    ),
}

impl<E> Error<E> {
    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        match self {
            Self::Refused(refusal) => refusal.operation(),
            Self::Communication(error) => error.operation(),
            _ => self.head().map(Response::operation),
        }
    }

    /// The HTTP status, if an answer began.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.head().map(Response::status)
    }

    /// The headers as sent, if an answer began. They may hold secrets.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.head().map(Response::headers)
    }

    /// `x-request-id`, else `x-zendesk-request-id`: what Zendesk's support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.head().and_then(Response::request_id)
    }

    /// How long the server asks to wait (`Retry-After`); `None` for an answer from elsewhere.
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        self.own_head().and_then(Response::retry_after)
    }

    /// How many attempts the call took; 0 if nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Refused(_) | Self::InvalidRequest(_) => 0,
            Self::Communication(error) => error.attempts(),
            _ => self.head().map_or(0, Response::attempts),
        }
    }

    /// The body as sent; of one that broke off, what had arrived. It may hold secrets.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.own_head().map(Response::body)
    }

    /// The body as text (lossy UTF-8); of one that broke off, what had arrived. It may hold
    /// secrets: this is for deliberate use.
    #[must_use]
    pub fn body_text(&self) -> Option<Cow<'_, str>> {
        self.body().map(|body| String::from_utf8_lossy(body))
    }

    /// The body read as an error of any of Zendesk's forms, if an answer of 400 or above arrived in
    /// full.
    #[must_use]
    pub fn api_error(&self) -> Option<ApiErrorBody> {
        let answer = self
            .answer()
            .filter(|answer| answer.status().as_u16() >= 400)?;
        Some(ApiErrorBody::from_bytes(answer.body()))
    }

    /// Why there are no credentials that the server takes: none could be had and nothing was sent, or
    /// those sent were answered with 401 `invalid_token` and no others could be had
    /// ([`Response::credential_error`]).
    #[must_use]
    pub fn credential_error(&self) -> Option<&CredentialError> {
        match self {
            Self::Refused(Refusal::Credentials { error, .. }) => Some(error),
            _ => self.own_head().and_then(Response::credential_error),
        }
    }

    /// Whether nothing was sent, because the call or its request was refused.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::InvalidRequest(_))
    }

    /// Whether the time for connecting, or for the attempt, ran out on our side.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Communication(error) => error.kind() == CommunicationKind::Timeout,
            Self::Body(error) => error.is_timeout(),
            _ => false,
        }
    }

    /// Whether it failed while connecting, so that the server never saw the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Communication(error) if error.is_connect())
    }

    /// Whether the answer is not what the document says.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self, Self::Decode(_))
    }

    /// Whether the same call may succeed later: the network failed it, the time ran out, or the
    /// status is 408, 429, 502, 503 or 504. Whether it may be repeated is another question, see
    /// [`Operation::idempotent`].
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Communication(error) => error.is_transient(),
            Self::Body(error) => error.is_transient(),
            _ => self.own_status().is_some_and(is_transient_status),
        }
    }

    /// Whether the server refused the credentials (401).
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.own_status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// Whether the credentials do not allow the call (403).
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.own_status() == Some(StatusCode::FORBIDDEN)
    }

    /// Whether there is no such thing, or none that these credentials may see (404).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.own_status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the rate limit is reached (429).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.own_status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Status and headers, if an answer began.
    fn head(&self) -> Option<&Response> {
        match self {
            Self::Body(error) => Some(error.head()),
            Self::Elsewhere(error) => Some(error.head()),
            _ => self.answer(),
        }
    }

    /// What is known of an answer from where it was asked: another server's says nothing about it.
    fn own_head(&self) -> Option<&Response> {
        match self {
            Self::Elsewhere(_) => None,
            _ => self.head(),
        }
    }

    fn own_status(&self) -> Option<StatusCode> {
        self.own_head().map(Response::status)
    }

    /// The answer, if it arrived in full and from where it was asked.
    pub(super) fn answer(&self) -> Option<&Response> {
        match self {
            Self::Decode(error) => Some(error.response()),
            Self::ErrorResponse(value) => Some(value.response()),
            Self::UnexpectedResponse(response) => Some(response),
            _ => None,
        }
    }
}

impl<E> From<CallError> for Error<E> {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Refused(refusal) => Self::Refused(refusal),
            CallError::Communication(error) => Self::Communication(error),
            CallError::Body(error) => Self::Body(error),
            CallError::Elsewhere(error) => Self::Elsewhere(error),
        }
    }
}

impl<E> From<reqwest::Error> for Error<E> {
    /// Generated code meets these when it builds a request.
    fn from(error: reqwest::Error) -> Self {
        if error.is_builder() {
            // The cause may quote the URL or a value.
            return Self::InvalidRequest(
                "the request could not be built from the base URL and the parameters".to_owned(),
            );
        }
        Self::Communication(CommunicationError::new(None, 1, error))
    }
}

impl<E> From<InvalidHeaderValue> for Error<E> {
    fn from(_: InvalidHeaderValue) -> Self {
        Self::InvalidRequest(
            "a header parameter has a character that a header cannot carry".to_owned(),
        )
    }
}

impl<E> From<Infallible> for Error<E> {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_small_and_can_travel() {
        fn travels<T: Send + Sync + 'static>() {}
        travels::<Error<ApiErrorBody>>();
        travels::<CallError>();
        assert!(
            size_of::<Error<ApiErrorBody>>() <= 64,
            "{}",
            size_of::<Error<ApiErrorBody>>()
        );
        assert!(size_of::<CallError>() <= 64, "{}", size_of::<CallError>());
    }

    #[test]
    fn only_some_statuses_may_be_different_later() {
        static OPERATION: Operation = Operation::new("show", "GET", "/a");
        for status in 400..600 {
            let code = StatusCode::from_u16(status).unwrap();
            let response = Response::new(&OPERATION, code, HeaderMap::new(), Bytes::new());
            let error: Error = Error::UnexpectedResponse(response);
            let expected = [408, 429, 502, 503, 504].contains(&status);
            assert_eq!(error.is_transient(), expected, "{status}");
        }
    }
}
