//! The body of an error: a byte says which status and which content type, the rest is the body.

use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use zendesk_oauth_core::client::{Error, Response, ResponseValue};
use zendesk_oauth_core::{ApiErrorBody, Operation, Redacted};

use crate::canned::at_once;
use crate::printed::{CANARY, assert_fit, assert_fit_text};

static OPERATION: Operation = Operation::new("show_thing", "GET", "/things/{id}").idempotent();

const STATUSES: [u16; 16] = [
    400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 429, 500, 502, 503, 504, 599,
];

const TYPES: [&str; 4] = [
    "application/json",
    "application/json; charset=utf-8",
    "text/html",
    "text/plain; charset=CANARY",
];

/// The first byte, then up to a zero byte the request id, then the body.
pub fn run(data: &[u8]) {
    let Some((&kind, rest)) = data.split_first() else {
        return;
    };
    let (id, body) = match rest.iter().position(|byte| *byte == 0) {
        Some(end) => (&rest[..end], &rest[end + 1..]),
        None => (&[][..], rest),
    };
    let mut headers = HeaderMap::new();
    let content_type = TYPES[usize::from(kind >> 4) % TYPES.len()];
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    // A request's id is shown on purpose, so that it can be told to Zendesk.
    let is_canary = id.windows(CANARY.len()).any(|it| it == CANARY.as_bytes());
    if let (false, Ok(id)) = (is_canary, HeaderValue::from_bytes(id)) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    let status = STATUSES[usize::from(kind & 15)];
    let status = StatusCode::from_u16(status).expect("they are statuses");
    let response = Response::new(&OPERATION, status, headers, body.to_vec());
    assert_fit_text(&format!("{response:?} {response:#?}"));

    let read = ApiErrorBody::from_bytes(body);
    assert_fit_text(&format!("{read} {read:?} {read:#?}"));
    assert_fit_text(&names_apart(&Redacted(&read).to_string()));
    let again = serde_json::to_value(&read).expect("what was JSON becomes JSON");
    let again: ApiErrorBody = serde_json::from_value(again).expect("and is read back");
    assert!(again == read, "it changes on the way: {read:?}");
    let _ = (read.code(), read.message(), read.errors(), read.details());

    // Whatever a body is, an error that the document knows keeps it, and never becomes another one.
    let decoded = at_once(ResponseValue::<ApiErrorBody>::from_response::<()>(
        response.clone(),
    ));
    match decoded {
        Ok(value) => {
            assert_eq!(value.body(), body);
            let error = Error::ErrorResponse(value);
            assert_eq!(error.status(), Some(status));
            assert_eq!(
                error.api_error().expect("it is one").code(),
                read.code(),
                "two readings of one body"
            );
            assert_fit(&error);
        }
        Err(error) => assert_fit(&error),
    }
    match ResponseValue::<()>::empty::<ApiErrorBody>(response) {
        Ok(value) => assert_eq!(value.status(), status),
        Err(error) => assert_fit(&error),
    }
}

/// The names of unknown members are shown by [`Redacted`] on purpose: only what is not a name is looked at.
fn names_apart(shown: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(shown).expect("it is JSON");
    fn texts(value: &serde_json::Value, into: &mut String) {
        match value {
            serde_json::Value::String(text) => into.push_str(text),
            serde_json::Value::Array(items) => items.iter().for_each(|it| texts(it, into)),
            serde_json::Value::Object(members) => {
                members.values().for_each(|it| texts(it, into));
            }
            other => into.push_str(&other.to_string()),
        }
    }
    let mut text = String::new();
    texts(&value, &mut text);
    // A character has four bytes at most.
    text.chars().take(crate::printed::LONGEST / 4).collect()
}
