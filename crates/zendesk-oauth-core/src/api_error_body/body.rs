//! `ApiErrorBody`: one reading of five JSON envelopes, text, HTML and nothing.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::entries::{ErrorDetail, ErrorEntry, details, errors};
use super::printable::{printable_code, printable_message};
use crate::redacted::Unknown;

/// The body of an error answer. One Zendesk API has five JSON forms of it, plain text and HTML
/// beside them, so every JSON value is taken and nothing is required of it; deserialising never
/// fails.
///
/// Accessors return what the server sent. `Debug` and `Display` print error codes, names of fields,
/// and the message texts that Zendesk is known to send; anything else a server wrote is not
/// printed, because servers quote what they were sent.
///
/// ```
/// use zendesk_oauth_core::ApiErrorBody;
///
/// let body = ApiErrorBody::from_bytes(
///     br#"{"error": "invalid_grant", "error_description": "code 4f2a is used"}"#,
/// );
/// assert_eq!(body.code(), Some("invalid_grant"));
/// assert_eq!(body.message(), Some("code 4f2a is used"));
/// assert_eq!(body.to_string(), "invalid_grant");
/// ```
#[derive(Clone, PartialEq)]
pub struct ApiErrorBody(Value);

impl ApiErrorBody {
    /// Reads the bytes of an answer: its JSON, else its text (lossy UTF-8), else nothing. A byte
    /// order mark is skipped.
    #[must_use]
    pub fn from_bytes(body: &[u8]) -> Self {
        Self(crate::client::lenient_json(body))
    }

    /// The error code: OAuth's and the Support API's `error` when it is a string, the `title` of an
    /// `error` object, the first `code` of an `errors` list. `None` for text.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self.0.get("error") {
            Some(Value::String(code)) => Some(code),
            Some(error) if error.is_object() => {
                string(error, "title").or_else(|| string(error, "code"))
            }
            _ => self.errors().first().and_then(|entry| entry.code),
        }
    }

    /// The message for people: `error_description`, `description`, the `message` of an `error`
    /// object, the first `detail` (else `title`) of an `errors` list, or a top-level `message`; the
    /// trimmed text of a text body. `None` for HTML.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        if let Some(text) = self.text() {
            return Some(text.trim()).filter(|text| !text.is_empty() && !self.is_html());
        }
        string(&self.0, "error_description")
            .or_else(|| string(&self.0, "description"))
            .or_else(|| string(self.0.get("error")?, "message"))
            .or_else(|| {
                self.errors()
                    .first()
                    .and_then(|entry| entry.detail.or(entry.title))
            })
            .or_else(|| string(&self.0, "message"))
    }

    /// What is wrong with which field: the `details` of the Support API's `RecordInvalid` (422).
    #[must_use]
    pub fn details(&self) -> Vec<ErrorDetail<'_>> {
        self.0.get("details").map(details).unwrap_or_default()
    }

    /// The entries of an `errors` list: the form of ZIS, and of the Support API's pagination
    /// errors.
    #[must_use]
    pub fn errors(&self) -> Vec<ErrorEntry<'_>> {
        self.0.get("errors").map(errors).unwrap_or_default()
    }

    /// The whole text of a body that is not JSON, HTML included.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.0.as_str()
    }

    /// Whether it is an HTML (or XML) page: usually of a proxy, a login or a maintenance page.
    #[must_use]
    pub fn is_html(&self) -> bool {
        self.text().is_some_and(is_markup)
    }

    /// Whether nothing was sent: no body, JSON null or blank text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_null() || self.text().is_some_and(|text| text.trim().is_empty())
    }

    /// The JSON value as received (a string for text, null for nothing), for deliberate use: it may
    /// hold anything.
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.0
    }
}

fn string<'a>(object: &'a Value, key: &str) -> Option<&'a str> {
    object
        .get(key)?
        .as_str()
        .filter(|text| !text.trim().is_empty())
}

/// A tag, comment, declaration or processing instruction at the start.
fn is_markup(text: &str) -> bool {
    let mut bytes = text.trim_start_matches('\u{feff}').trim_start().bytes();
    bytes.next() == Some(b'<')
        && bytes
            .next()
            .is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'!' || byte == b'?')
}

/// Only what the allow-list of `printable` lets through.
impl fmt::Display for ApiErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code().and_then(printable_code);
        let message = self.message().and_then(printable_message);
        let mut parts: Vec<Cow<'_, str>> = match (code, message) {
            (Some(code), Some(message)) => vec![format!("{code}: {message}").into()],
            (Some(only), None) | (None, Some(only)) => vec![only.into()],
            (None, None) if self.is_empty() => vec!["no body".into()],
            (None, None) if self.is_html() => vec!["an HTML page".into()],
            (None, None) => vec!["a body that is not printed".into()],
        };
        parts.extend(
            self.details()
                .iter()
                .filter_map(ErrorDetail::printable)
                .map(Cow::from),
        );
        f.write_str(&parts.join("; "))
    }
}

impl fmt::Debug for ApiErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiErrorBody({self})")
    }
}

/// What was received, each value marked as unknown so that `Redacted` hides it.
impl Serialize for ApiErrorBody {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Value::Object(fields) => {
                serializer.collect_map(fields.iter().map(|(name, value)| (name, Unknown(value))))
            }
            other => Unknown(other).serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ApiErrorBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for ApiErrorBody {
    fn schema_name() -> Cow<'static, str> {
        "ApiErrorBody".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"description": "An error in any of Zendesk's forms."})
    }
}

#[cfg(all(test, feature = "schemars"))]
mod tests {
    use super::*;

    #[test]
    fn the_schema_has_a_name_and_takes_every_value() {
        let schema = schemars::schema_for!(ApiErrorBody).to_value();
        assert_eq!(schema["title"], "ApiErrorBody");
        assert_eq!(schema["description"], "An error in any of Zendesk's forms.");
        assert!(schema.get("type").is_none());
    }
}
