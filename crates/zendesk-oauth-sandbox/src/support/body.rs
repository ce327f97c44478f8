//! JSON bodies: the object they are about, its members, and the members that nobody knows.

use axum::http::HeaderName;
use serde_json::{Map, Value};

use super::errors::{bad_request, invalid_attribute, parameter_missing};
use crate::http::{Answer, Call};

const API_WARNING: HeaderName = HeaderName::from_static("x-zendesk-api-warn");

/// How many unknown members the warning names, and how many bytes it gives to their names: clients
/// limit what they take of headers, some to 8 KiB in all.
const NAMED: usize = 20;
const NAMES: usize = 4 * 1024 - 256;

/// The members of the object under `root`, taken out one by one.
pub(crate) struct Members {
    root: &'static str,
    action: &'static str,
    left: Map<String, Value>,
    unknown: Vec<String>,
}

impl Members {
    /// Reads the body of a create or update.
    ///
    /// A body that is not JSON holds no parameter, so the one it should hold is missing, as with
    /// any Rails application; observed on other Support resources.
    pub(crate) fn read(
        call: &Call<'_>,
        root: &'static str,
        action: &'static str,
    ) -> Result<Self, Answer> {
        if !call.is_json() || call.body.is_empty() {
            return Err(parameter_missing(root));
        }
        let body: Value = serde_json::from_slice(call.body).map_err(|error| {
            let place = format!("line {} column {}", error.line(), error.column());
            let message = format!("The body could not be parsed as JSON, at {place}");
            bad_request("Invalid JSON", &message)
        })?;
        let Value::Object(mut body) = body else {
            return Err(parameter_missing(root));
        };
        let left = match body.remove(root) {
            None | Some(Value::Null) => return Err(parameter_missing(root)),
            Some(Value::Object(members)) => members,
            Some(_) => return Err(invalid_attribute(root, "must be an object")),
        };
        Ok(Self {
            root,
            action,
            left,
            unknown: body.into_iter().map(|(name, _)| name).collect(),
        })
    }

    /// A string. Null is none: no document has it in a request.
    pub(crate) fn text(&mut self, name: &'static str) -> Result<Option<String>, Answer> {
        match self.left.remove(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(invalid_attribute(name, "must be a string")),
        }
    }

    /// An integer that an id can be, and not null.
    pub(crate) fn integer(&mut self, name: &'static str) -> Result<Option<i64>, Answer> {
        match self.left.remove(name) {
            None => Ok(None),
            Some(value) => match value.as_i64() {
                Some(number) => Ok(Some(number)),
                None => Err(invalid_attribute(name, "must be an integer")),
            },
        }
    }

    /// A list of strings, and not null.
    pub(crate) fn texts(&mut self, name: &'static str) -> Result<Option<Vec<String>>, Answer> {
        let wrong = || invalid_attribute(name, "must be a list of strings");
        match self.left.remove(name) {
            None => Ok(None),
            Some(Value::Array(values)) => {
                let texts = values.into_iter().map(|value| match value {
                    Value::String(text) => Ok(text),
                    _ => Err(wrong()),
                });
                texts.collect::<Result<_, _>>().map(Some)
            }
            Some(_) => Err(wrong()),
        }
    }

    /// Names what was dropped in the header that Zendesk uses for it.
    pub(crate) fn warn(self, answer: Answer, controller: &str) -> Answer {
        let inside = self
            .left
            .into_iter()
            .map(|(name, _)| format!("{}.{name}", self.root));
        let names: Vec<String> = self.unknown.into_iter().chain(inside).collect();
        if names.is_empty() {
            return answer;
        }
        let mut room = NAMES;
        let shown = names.iter().take(NAMED).map(|name| quoted(name));
        let shown = shown.take_while(|name| {
            let less = room.checked_sub(name.len() + 2);
            room = less.unwrap_or_default();
            less.is_some()
        });
        let shown: Vec<String> = shown.collect();
        let warning = format!(
            "{{:allowed_parameters=>{{:controller=>\"{controller}\", :action=>\"{}\", \
             :unpermitted_keys=>[{}], :invalid_values=>[]}}}}",
            self.action,
            shown.join(", ")
        );
        answer.with(API_WARNING, &warning)
    }
}

/// A name in Ruby's notation, in characters that a header can have, and not longer than names are.
fn quoted(name: &str) -> String {
    let mut quoted = String::from('"');
    for character in name.chars().take(80) {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            ' '..='~' => quoted.push(character),
            other => quoted.push_str(&other.escape_unicode().to_string()),
        }
    }
    quoted.push('"');
    quoted
}
