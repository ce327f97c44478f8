//! What a request to the control API carries, with refusals in its own form.

use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequest, Path, Request};
use axum::http::StatusCode;
use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::Controlled;
use super::refusal::Refusal;
use crate::http::{Unread, read, read_json};
use crate::seed::Seed;

/// A body of JSON, whatever it calls itself.
pub(super) struct Sent<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Controlled> for Sent<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, shared: &Controlled) -> Result<Self, Refusal> {
        let body = body(request, shared.body_limit).await?;
        match read_json(&body) {
            Ok(sent) => Ok(Self(sent)),
            Err(wrong) => {
                let error = format!("the body cannot be used: {wrong}");
                Err(Refusal::bad_request(error))
            }
        }
    }
}

/// A body of text, whatever it calls itself.
pub(super) struct Text(pub(super) String);

impl FromRequest<Controlled> for Text {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &Controlled) -> Result<Self, Refusal> {
        let body = body(request, LONGEST_TEXT).await?;
        match String::from_utf8(body.into()) {
            Ok(text) => Ok(Self(text)),
            Err(_) => Err(Refusal::bad_request(
                "the body is not UTF-8; send it as UTF-8",
            )),
        }
    }
}

/// The longest text: as long as a file may be.
const LONGEST_TEXT: usize = Seed::LONGEST;

async fn body(request: Request, limit: usize) -> Result<Bytes, Refusal> {
    let (parts, body) = request.into_parts();
    let body = read(&parts.headers, body, limit).await;
    body.map_err(|unread| match unread {
        Unread::TooLong => Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the body is longer than {limit} bytes; send less"),
        ),
        Unread::BrokenOff => Refusal::bad_request("the body broke off; send it again"),
    })
}

/// The id in a path.
pub(super) type Id = Result<Path<u64>, PathRejection>;

/// What there is under the id in the path: nothing under one that is no number.
pub(super) fn id(id: Id, what: &str, list: &str) -> Result<u64, Refusal> {
    match id {
        Ok(Path(id)) => Ok(id),
        Err(_) => Err(Refusal::not_found(&format!("{what} with this id"), list)),
    }
}
