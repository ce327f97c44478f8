//! Failed calls.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use zendesk_oauth_core::Operation;
use zendesk_oauth_core::client::{Error as CallError, Response};

use crate::Error;

static OPERATION: Operation =
    Operation::new("create_token_for_grant_type", "POST", "/oauth/tokens");

/// An answer of this status.
pub(in crate::token) fn answered(
    status: u16,
    body: &str,
    header: Option<(&'static str, &'static str)>,
) -> Error {
    let headers: HeaderMap = header
        .into_iter()
        .map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        })
        .collect();
    let status = StatusCode::from_u16(status).unwrap();
    let body = Bytes::copy_from_slice(body.as_bytes());
    CallError::UnexpectedResponse(Response::new(&OPERATION, status, headers, body)).into()
}
