//! `ResponseValue`: a decoded answer with what came beside it.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use super::{ByteStream, DecodeError, Error, Response, decode::decode};
use crate::{ApiErrorBody, Operation, RetryAfter};

/// The typed value of an answer, with its status, headers and body. It dereferences to the value.
///
/// `Debug` shows status, operation, request id and the value's own `Debug`.
#[derive(Clone)]
pub struct ResponseValue<T> {
    value: T,
    response: Response,
}

impl<T: DeserializeOwned> ResponseValue<T> {
    /// Decodes an answer: a redirect (3xx) from the object `{"location": …}`, since that header is
    /// its content; an error (400 and above) from its JSON, else from its text as a JSON string,
    /// else, if empty, from null; and anything else from its JSON. It is async because generated
    /// code awaits it.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`], which keeps status, headers and body.
    pub async fn from_response<E>(response: Response) -> Result<Self, Error<E>> {
        match decode(response.status(), response.headers(), response.body()) {
            Ok(value) => Ok(Self { value, response }),
            Err(failure) => Err(Error::Decode(DecodeError::new(response, failure))),
        }
    }
}

impl ResponseValue<()> {
    /// An answer that has no content by its document, such as 204.
    ///
    /// # Errors
    ///
    /// [`Error::UnexpectedResponse`], when it has content that is text, HTML or an error: then a
    /// login page or a proxy has answered, and nothing was deleted.
    pub fn empty<E>(response: Response) -> Result<Self, Error<E>> {
        let body = ApiErrorBody::from_bytes(response.body());
        let is_text = body.text().is_some() && !body.is_empty();
        let is_error = ["error", "errors"]
            .iter()
            .any(|key| body.json().get(key).is_some());
        if is_text || is_error {
            return Err(Error::UnexpectedResponse(response));
        }
        Ok(Self {
            value: (),
            response,
        })
    }
}

impl ResponseValue<ByteStream> {
    /// An answer whose content is taken as bytes.
    #[must_use]
    pub fn stream(response: Response) -> Self {
        Self {
            value: ByteStream::new(response.body().clone()),
            response,
        }
    }
}

impl<T> ResponseValue<T> {
    /// A value with the answer it came with. Calls get theirs by decoding; this is for tests.
    #[must_use]
    pub fn new(value: T, response: Response) -> Self {
        Self { value, response }
    }

    /// The value alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The same answer with another value.
    #[must_use]
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> ResponseValue<U> {
        ResponseValue {
            value: f(self.value),
            response: self.response,
        }
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers as sent. They may hold secrets.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The body as sent. It may hold secrets.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.response.body()
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.response.operation()
    }

    /// `x-request-id`, else `x-zendesk-request-id`: what Zendesk's support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.response.request_id()
    }

    /// How long the server asks to wait (`Retry-After`).
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        self.response.retry_after()
    }

    /// How many attempts the call took, this answer's included.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.response.attempts()
    }

    /// The answer that the value was decoded from.
    #[must_use]
    pub fn response(&self) -> &Response {
        &self.response
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> AsRef<T> for ResponseValue<T> {
    fn as_ref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for ResponseValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseValue")
            .field("operation", &self.operation().id)
            .field("status", &self.status().as_u16())
            .field("request_id", &self.response.printable_request_id())
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
