//! Our side: the client of this crate, and its parts that take no socket.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use zendesk_oauth::zendesk_oauth_core::AuthorizationFuture;
use zendesk_oauth::zendesk_oauth_core::client::Response;
use zendesk_oauth::{CredentialSource, Credentials, Error, ResponseValue, Zendesk};
use zendesk_support_oauth_clients::{Error as CallError, OPERATIONS};

/// A client of the server at `base_url`.
pub(crate) fn connect(base_url: &str, token: &str) -> Result<Zendesk, Error> {
    Zendesk::at(base_url)
        .support(Credentials::bearer(token))
        .build()
}

/// A client whose calls stop where their request is ready but for its credentials.
pub(crate) fn stopping_at_credentials(base_url: &str) -> Result<Zendesk, Error> {
    Zendesk::at(base_url)
        .support(Credentials::source(Never))
        .build()
}

struct Never;

impl CredentialSource for Never {
    fn authorization(&self) -> AuthorizationFuture<'_> {
        Box::pin(std::future::pending())
    }
}

/// Makes the request for one client, and drops it with its call. `zendesk` stops at credentials.
pub(crate) fn show_request(zendesk: &Zendesk, id: i64) {
    let sent = polled_once(zendesk.oauth_clients().show(id).send());
    assert!(sent.is_pending(), "the credentials never come");
}

/// Reads a body as the answer to an operation of Support, as every call does.
pub(crate) fn parse<T: DeserializeOwned>(
    operation: &str,
    body: &Bytes,
) -> Result<ResponseValue<T>, CallError> {
    let operation = OPERATIONS
        .iter()
        .find(|known| known.id == operation)
        .expect("a benchmark names an operation of the document");
    let response = Response::new(operation, StatusCode::OK, HeaderMap::new(), body.clone());
    match polled_once(ResponseValue::from_response(response)) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("a body that is read has nothing to wait for"),
    }
}

fn polled_once<F: Future>(future: F) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}
