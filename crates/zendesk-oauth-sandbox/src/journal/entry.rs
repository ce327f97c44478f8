//! One request: as it came, and as it may be shown.

use axum::http::{Method, StatusCode};
use bytes::Bytes;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::redact;
use super::target::Target;
use crate::http::{Call, RequestId, shown_method};
use crate::routes::Route;
use crate::state::Secrets;

/// One request as it came. No Debug: it holds secrets.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) number: u64,
    pub(crate) time: Timestamp,
    pub(crate) route: Option<&'static Route>,
    pub(crate) method: Method,
    pub(crate) target: Target,
    pub(crate) body: Bytes,
    pub(crate) form: Form,
    pub(crate) status: StatusCode,
    pub(crate) request_id: RequestId,
    pub(crate) forced: bool,
}

/// What a body says it is.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Nothing,
    Json,
    Pairs,
    /// Something else, or too long to be remembered: so many bytes.
    Other(usize),
}

impl Form {
    /// What the body of a call says it is.
    pub(crate) fn of(call: &Call<'_>) -> Self {
        if call.is_json() {
            Self::Json
        } else if call.is_form() {
            Self::Pairs
        } else {
            Self::Other(call.body.len())
        }
    }
}

/// A request that a sandbox answered, without secrets.
///
/// Names of members and parameters are shown. Values are shown where the name is known to hold no
/// secret, such as `page[size]`, `grant_type` or `identifier`, and the value is no secret of the sandbox
/// either; the rest is `[redacted]`, or `…` in a path.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct JournalEntry {
    /// Counted from 1 since the start or the last reset.
    pub number: u64,
    /// The virtual time of the answer, in whole seconds.
    pub time: Timestamp,
    /// The operation, if the path and method belong to one.
    pub operation: Option<&'static str>,
    /// The method; `…` if HTTP does not define it.
    pub method: String,
    /// The path.
    pub path: String,
    /// The query by name; a list where a name came more than once. Of one that is very long, nothing.
    pub query: Map<String, Value>,
    /// The body; its length as `{"bytes": 20}` if it was neither JSON nor a form, or very long.
    pub body: Option<Value>,
    /// The status of the answer.
    pub status: u16,
    /// The answer's `X-Request-Id`.
    pub request_id: String,
    /// Whether a fault rule or the request's own header decided the answer.
    pub forced: bool,
}

/// The entry as it may be shown, by what is a secret at this moment.
pub(crate) fn redacted(entry: &Entry, secrets: &Secrets) -> JournalEntry {
    let template = entry.route.map(|route| route.path);
    JournalEntry {
        number: entry.number,
        time: entry.time,
        operation: entry.route.map(|route| route.operation),
        method: shown_method(&entry.method).to_owned(),
        path: redact::path(entry.target.path(), template, secrets),
        query: redact::pairs(entry.target.query(), secrets),
        body: body(entry, secrets),
        status: entry.status.as_u16(),
        request_id: entry.request_id.as_str().to_owned(),
        forced: entry.forced,
    }
}

fn body(entry: &Entry, secrets: &Secrets) -> Option<Value> {
    let length = |bytes: usize| Some(json!({ "bytes": bytes }));
    match entry.form {
        Form::Nothing => None,
        Form::Other(bytes) => length(bytes),
        Form::Json => match serde_json::from_slice(&entry.body) {
            Ok(json) => Some(redact::json(json, secrets)),
            Err(_) => length(entry.body.len()),
        },
        Form::Pairs => match std::str::from_utf8(&entry.body) {
            Ok(text) => Some(Value::Object(redact::pairs(text, secrets))),
            Err(_) => length(entry.body.len()),
        },
    }
}
