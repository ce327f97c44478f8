//! The members of a JSON body.

use serde_json::{Map, Value};

use super::errors::{bad_request, unprocessable};
use crate::http::{Answer, Call};

/// A JSON object. Members that nobody asks for are ignored, as far as is known.
pub(super) struct Members(Map<String, Value>);

impl Members {
    /// Whatever the body calls itself: only that it is a JSON object counts.
    pub(super) fn read(call: &Call<'_>) -> Result<Self, Answer> {
        match serde_json::from_slice(call.body) {
            Ok(Value::Object(members)) => Ok(Self(members)),
            _ => Err(bad_request()),
        }
    }

    /// Text, empty or not; null counts as missing.
    pub(super) fn text(&self, name: &str, label: &'static str) -> Result<Option<&str>, Answer> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(unprocessable(label, "must be a string")),
        }
    }

    /// Text that passes a test; null and empty count as missing.
    pub(super) fn valid(
        &self,
        name: &str,
        label: &'static str,
        test: fn(&str) -> bool,
    ) -> Result<Option<String>, Answer> {
        match self.text(name, label)? {
            None | Some("") => Ok(None),
            Some(text) if test(text) => Ok(Some(text.to_owned())),
            Some(_) => Err(unprocessable(label, "is not valid")),
        }
    }

    /// Text that must be there and pass a test.
    pub(super) fn needed(
        &self,
        name: &str,
        label: &'static str,
        test: fn(&str) -> bool,
    ) -> Result<String, Answer> {
        match self.text(name, label)? {
            None => Err(bad_request()),
            Some(text) if test(text) => Ok(text.to_owned()),
            Some(_) => Err(unprocessable(label, "is not valid")),
        }
    }

    /// True or false; null counts as missing.
    pub(super) fn flag(&self, name: &str, label: &'static str) -> Result<Option<bool>, Answer> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(unprocessable(label, "must be true or false")),
        }
    }
}
