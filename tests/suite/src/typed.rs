//! A type of the generated client, without its name.

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// What can be done with an example of a type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Type {
    /// Parses, writes back and compares; the text says where the example stands.
    pub(crate) there_and_back: fn(&str, &Value),
    /// Parses and prints.
    pub(crate) debug: fn(Value) -> String,
}

impl Type {
    pub(crate) fn of<T: DeserializeOwned + Serialize + Debug>() -> Self {
        Self {
            there_and_back: there_and_back::<T>,
            debug: |example| {
                let typed: T = serde_json::from_value(example).expect("the example parses");
                format!("{typed:#?}")
            },
        }
    }
}

/// Parses and writes back; a member that is null in the example may be left out afterwards.
///
/// # Panics
/// When it does not parse, or comes back as something else.
pub fn there_and_back<T: DeserializeOwned + Serialize>(place: &str, example: &Value) {
    let typed: T = serde_json::from_value(example.clone())
        .unwrap_or_else(|error| panic!("{place} does not parse: {error}"));
    let back = serde_json::to_value(&typed).expect("a typed value can be written");
    assert_eq!(without_nulls(&back), without_nulls(example), "{place}");
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(_, member)| !member.is_null());
            Value::Object(
                kept.map(|(name, it)| (name.clone(), without_nulls(it)))
                    .collect::<Map<_, _>>(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(without_nulls).collect()),
        other => other.clone(),
    }
}
