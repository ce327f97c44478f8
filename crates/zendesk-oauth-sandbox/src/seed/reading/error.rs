//! What serde finds wrong, without the value that it found.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use crate::seed::error::{Defect, Place};
use crate::seed::path::{Path, Step, shown};

/// A defect on its way up to the top of the file: each level adds its step.
#[derive(Debug)]
pub(super) struct Error(pub(super) Box<Defect>);

impl Error {
    fn new(reason: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self(Box::new(Defect::new(Path::default(), reason, way_out)))
    }

    pub(super) fn placed(mut self, place: Place) -> Self {
        self.0.place.get_or_insert(place);
        self
    }

    pub(super) fn within(mut self, step: Step) -> Self {
        self.0.path.0.insert(0, step);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.reason)
    }
}

impl std::error::Error for Error {}

/// What serde would say names the value; these texts do not.
impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string(), "mend the value")
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        let way_out = match expected.as_str() {
            "u8" | "u16" | "u32" | "u64" | "usize" => "write a whole number from 0 on",
            "i64" | "i32" => "write a whole number",
            "f64" => "write a number",
            "a boolean" => "write true or false",
            "a string" => "write a text",
            "a sequence" => "write a list",
            other if other.starts_with("struct ") || other == "a map" => {
                "write a mapping, `key: value`"
            }
            other => return Self::new(WRONG, format!("write {other}")),
        };
        Self::new(WRONG, way_out)
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        let way_out = format!("write one of {}", expected.join(", "));
        Self::new("there is no such value here", way_out)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let reason = match shown(field) {
            "?" => "there is no such key here".to_owned(),
            word => format!("there is no key `{word}` here"),
        };
        Self::new(reason, format!("the keys are {}", expected.join(", ")))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("`{field}` is missing"), "add it")
    }
}

const WRONG: &str = "this value does not belong here";
