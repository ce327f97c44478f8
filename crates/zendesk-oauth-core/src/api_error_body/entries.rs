//! The lists inside error bodies: per-field details, and entries of an `errors` list.

use serde_json::Value;

use super::printable::{printable_code, printable_message};

/// What is wrong with one field of the request. No `Debug`: the server chose the words.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorDetail<'a> {
    /// The field, or `base` for the record as a whole.
    pub field: &'a str,
    /// A code such as `BlankValue`.
    pub code: Option<&'a str>,
    /// A sentence for people.
    pub message: Option<&'a str>,
}

impl ErrorDetail<'_> {
    /// `field: code`, as far as the allow-list lets them through.
    pub(super) fn printable(&self) -> Option<String> {
        let field = printable_code(self.field)?;
        let code = self.code.and_then(printable_code);
        let message = self.message.and_then(printable_message);
        Some(match (code, message) {
            (Some(code), Some(message)) => format!("{field}: {code} ({message})"),
            (Some(only), None) | (None, Some(only)) => format!("{field}: {only}"),
            (None, None) => field.to_owned(),
        })
    }
}

/// One entry of an `errors` list. Zendesk documents all values as strings. No `Debug`: the server
/// chose the words.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorEntry<'a> {
    /// A code such as ZIS's `1200`.
    pub code: Option<&'a str>,
    /// A short text for people.
    pub title: Option<&'a str>,
    /// A longer text for people.
    pub detail: Option<&'a str>,
    /// The HTTP status as text.
    pub status: Option<&'a str>,
}

/// Reads `{field: [{error, description}]}`; a plain string in place of a list or object is a
/// message.
pub(super) fn details(value: &Value) -> Vec<ErrorDetail<'_>> {
    let Some(fields) = value.as_object() else {
        return Vec::new();
    };
    fields
        .iter()
        .flat_map(|(field, value)| {
            one_or_many(value)
                .iter()
                .map(move |entry| detail(field, entry))
        })
        .collect()
}

fn detail<'a>(field: &'a str, entry: &'a Value) -> ErrorDetail<'a> {
    let text = |key| entry.get(key).and_then(Value::as_str);
    ErrorDetail {
        field,
        code: text("error"),
        message: text("description").or_else(|| entry.as_str()),
    }
}

/// Reads `[{code, title, detail, status}]`; a plain string is a detail.
pub(super) fn errors(value: &Value) -> Vec<ErrorEntry<'_>> {
    one_or_many(value).iter().map(entry).collect()
}

fn entry(entry: &Value) -> ErrorEntry<'_> {
    let text = |key| entry.get(key).and_then(Value::as_str);
    ErrorEntry {
        code: text("code"),
        title: text("title"),
        detail: text("detail").or_else(|| entry.as_str()),
        status: text("status"),
    }
}

fn one_or_many(value: &Value) -> &[Value] {
    match value {
        Value::Array(entries) => entries,
        one => std::slice::from_ref(one),
    }
}
