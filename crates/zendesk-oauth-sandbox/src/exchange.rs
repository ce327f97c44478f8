//! A request and its answer, for whoever watches.

use std::fmt;
use std::sync::Arc;

use axum::http::{HeaderMap, Method, StatusCode, Uri};
use bytes::Bytes;

use crate::http::shown_method;

/// A request and its answer as they crossed the wire, secrets included.
///
/// Its Debug form shows operation, method and status only.
#[derive(Clone)]
#[non_exhaustive]
pub struct Exchange {
    /// The operation, if the path and method belong to one.
    pub operation: Option<&'static str>,
    /// Whether a fault rule or the request's own header decided the answer.
    pub forced: bool,
    /// The request's method.
    pub method: Method,
    /// The request's path and query.
    pub uri: Uri,
    /// The request's headers.
    pub request_headers: HeaderMap,
    /// The request's body.
    pub request_body: Bytes,
    /// The answer's status.
    pub status: StatusCode,
    /// The answer's headers.
    pub response_headers: HeaderMap,
    /// The answer's body, as far as it was sent.
    pub response_body: Bytes,
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("operation", &self.operation)
            .field("method", &shown_method(&self.method))
            .field("status", &self.status)
            .field("forced", &self.forced)
            .finish_non_exhaustive()
    }
}

/// Sees every exchange.
pub(crate) type Observer = Arc<dyn Fn(&Exchange) + Send + Sync>;
