//! What the control API says when it does not do what it was asked.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A status, and what happened, on what, and what to do next.
pub(super) struct Refusal {
    status: StatusCode,
    error: String,
    allow: Option<HeaderValue>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self {
            status,
            error: error.into(),
            allow: None,
        }
    }

    /// A request that makes no sense.
    pub(super) fn bad_request(error: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error)
    }

    /// Something that there is not, and where to see what there is.
    pub(super) fn not_found(what: &str, list: &str) -> Self {
        let error = format!("there is no {what}; GET {list} lists those that there are");
        Self::new(StatusCode::NOT_FOUND, error)
    }

    /// A change that was made and would not survive a restart.
    pub(super) fn not_stored() -> Self {
        let error = "the change was made, but could not be written to the state file; see the sandbox's error \
                     output, and make another change once the cause is gone: it is written with that";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, error)
    }

    /// Something that was begun and given up, as the sandbox is stopping.
    pub(super) fn interrupted() -> Self {
        let error =
            "the sandbox was interrupted while it did this; see its error output, and ask again";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, error)
    }

    /// The same with the methods that a path takes.
    pub(super) fn allowing(mut self, methods: &str) -> Self {
        self.allow = HeaderValue::from_str(methods).ok();
        self
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = Json(json!({ "error": self.error }));
        let mut response = (self.status, body).into_response();
        if let Some(allow) = self.allow {
            response.headers_mut().insert(header::ALLOW, allow);
        }
        response
    }
}
