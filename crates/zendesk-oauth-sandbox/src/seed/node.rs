//! A YAML document as a tree that knows where everything stands.

use super::error::Place;
use super::path::{Path, Step};

/// A value of the file.
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) value: Value,
}

/// Scalars keep their text: what it means depends on where it stands, so that an identifier may be
/// written `123` and a switch `200` without quotes.
pub(super) enum Value {
    Scalar { text: Box<str>, plain: bool },
    Sequence(Vec<Node>),
    Mapping(Vec<(Key, Node)>),
}

/// A key of a mapping.
pub(super) struct Key {
    pub(super) place: Place,
    pub(super) text: Box<str>,
}

impl Node {
    /// Whether nothing is written here, or that it is nothing.
    pub(super) fn is_null(&self) -> bool {
        match &self.value {
            Value::Scalar { text, plain } => {
                *plain && matches!(&**text, "" | "~" | "null" | "Null" | "NULL")
            }
            Value::Sequence(_) | Value::Mapping(_) => false,
        }
    }

    /// Where the value at the path stands, or the nearest one around it that is in the file.
    pub(super) fn place_of(&self, path: &Path) -> Place {
        let mut node = self;
        for step in &path.0 {
            let inner = match (step, &node.value) {
                (Step::Key(key), Value::Mapping(entries)) => entries
                    .iter()
                    .find(|(it, _)| *it.text == **key)
                    .map(|(_, value)| value),
                (Step::Index(index), Value::Sequence(items)) => items.get(*index),
                _ => None,
            };
            let Some(inner) = inner else { break };
            node = inner;
        }
        node.place
    }
}
