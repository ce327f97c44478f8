//! What goes wrong with one answer.

use std::collections::BTreeMap;
use std::fmt;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::http::read_json;

/// The request header that forces the answer of one call: a status, or a [`Fault`] as JSON.
const HEADER: HeaderName = HeaderName::from_static("x-sandbox-fault");

/// What goes wrong with one answer.
///
/// Without `lose_answer`, a `status` or `reset` comes instead of the call: nothing has changed. With it,
/// the call takes place and its answer is lost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Fault {
    /// The status to answer with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The body to answer with: text as it is, anything else as JSON. Without one, 429 and 5xx have the
    /// body that the documents give them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// Headers to add to the answer, or to put in the place of its own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Real milliseconds that pass before the call takes place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency_ms: Option<u64>,
    /// The connection is reset before anything has changed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reset: bool,
    /// Bytes of the body after which the connection ends, short of the announced length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub truncate: Option<usize>,
    /// The call takes place, and its answer does not arrive: the connection is reset, or `status` comes.
    #[serde(default, skip_serializing_if = "is_false")]
    pub lose_answer: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// A fault or a rule that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultError {
    message: String,
}

impl FaultError {
    pub(crate) fn full() -> Self {
        let most = super::MOST;
        Self::new(format!(
            "there are {most} rules, and no more fit; remove one"
        ))
    }

    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FaultError {}

impl Fault {
    /// An answer with that status, and without any change.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self {
            status: Some(status),
            ..Self::default()
        }
    }

    /// A connection that is reset before anything has changed.
    #[must_use]
    pub fn reset() -> Self {
        Self {
            reset: true,
            ..Self::default()
        }
    }

    /// A call that takes place, and whose answer does not arrive.
    #[must_use]
    pub fn lost_answer() -> Self {
        Self {
            lose_answer: true,
            ..Self::default()
        }
    }

    /// An answer of which only so many bytes of the body arrive.
    #[must_use]
    pub fn truncated(bytes: usize) -> Self {
        Self {
            truncate: Some(bytes),
            ..Self::default()
        }
    }

    /// A call that takes so many real milliseconds longer.
    #[must_use]
    pub fn latency_ms(milliseconds: u64) -> Self {
        Self {
            latency_ms: Some(milliseconds),
            ..Self::default()
        }
    }

    /// The same with a body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Value>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// The same with a header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Whether the answer is another than the call's own.
    pub(crate) fn decides_the_answer(&self) -> bool {
        self.status.is_some()
            || self.reset
            || self.lose_answer
            || self.truncate.is_some()
            || self.body.is_some()
    }

    pub(crate) fn check(&self) -> Result<(), FaultError> {
        if *self == Self::default() {
            return Err(FaultError::new(
                "a fault without any member changes nothing",
            ));
        }
        if let Some(status) = self.status
            && (status < 200 || StatusCode::from_u16(status).is_err())
        {
            let message =
                format!("{status} is no status of an answer; it is a number from 200 to 999");
            return Err(FaultError::new(message));
        }
        for (name, value) in &self.headers {
            if HeaderName::try_from(name).is_err() || HeaderValue::try_from(value).is_err() {
                let message =
                    "a header of the fault has a name or a value that HTTP does not allow";
                return Err(FaultError::new(message));
            }
            let name = name.as_str();
            let framing = [header::CONTENT_LENGTH, header::TRANSFER_ENCODING];
            if framing
                .iter()
                .any(|it| name.eq_ignore_ascii_case(it.as_str()))
            {
                return Err(FaultError::new(
                    "Content-Length and Transfer-Encoding are not for a fault to set; `truncate` sends \
                     less than was announced",
                ));
            }
        }
        match self.meaningless() {
            Some(message) => Err(FaultError::new(message)),
            None => Ok(()),
        }
    }

    /// What one member says that another makes void, if they do.
    fn meaningless(&self) -> Option<&'static str> {
        let dressed = self.body.is_some() || !self.headers.is_empty() || self.truncate.is_some();
        if self.reset && (dressed || self.status.is_some() || self.lose_answer) {
            return Some(
                "after `reset` there is no answer, and no call: `status`, `body`, `headers`, `truncate` \
                 and `lose_answer` mean nothing beside it",
            );
        }
        if self.lose_answer && self.status.is_none() && dressed {
            return Some(
                "`lose_answer` without `status` resets the connection: `body`, `headers` and `truncate` \
                 mean nothing beside it",
            );
        }
        let bodiless = matches!(self.status, Some(204 | 304));
        if bodiless && (self.body.is_some() || self.truncate.is_some()) {
            return Some(
                "an answer of status 204 or 304 has no body: `body` and `truncate` mean nothing beside it",
            );
        }
        None
    }

    /// The fault that a request asks for in its header.
    pub(crate) fn asked_for(headers: &HeaderMap) -> Result<Option<Self>, FaultError> {
        let Some(value) = headers.get(&HEADER) else {
            return Ok(None);
        };
        let text = value.to_str().unwrap_or_default().trim();
        let fault = match text.parse() {
            Ok(status) => Self::status(status),
            Err(_) => read_json(text.as_bytes()).map_err(|error| {
                FaultError::new(format!(
                    "the header {HEADER} is neither a status nor a fault as JSON: {error}"
                ))
            })?,
        };
        fault.check()?;
        Ok(Some(fault))
    }
}
