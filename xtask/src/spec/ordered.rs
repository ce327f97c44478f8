//! A document as a tree that keeps the order in which it was written.

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};
use serde_json::Value;

use crate::{document::Document, pointer};

/// A node of a document. [`Value`] sorts its members; readers of what is published meet them as written.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A text, a number, a boolean or null.
    Scalar(Value),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in its order.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// The document, in the order of its text.
    pub fn of(document: &Document) -> Self {
        Self::at(document, &document.root, "")
    }

    /// One value of the document, which stands at `pointer`.
    pub fn at(document: &Document, value: &Value, pointer: &str) -> Self {
        match value {
            Value::Array(items) => Self::List(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| {
                        Self::at(document, item, &pointer::join(pointer, &index.to_string()))
                    })
                    .collect(),
            ),
            Value::Object(members) => {
                let mut members: Vec<_> = members
                    .iter()
                    .map(|(name, member)| (name, pointer::join(pointer, name), member))
                    .collect();
                members.sort_by_key(|(_, pointer, _)| document.position(pointer));
                Self::Map(
                    members
                        .into_iter()
                        .map(|(name, pointer, member)| {
                            (name.clone(), Self::at(document, member, &pointer))
                        })
                        .collect(),
                )
            }
            scalar => Self::Scalar(scalar.clone()),
        }
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Scalar(Value::String(text.into()))
    }

    /// The member `name` of a mapping.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members()
            .iter()
            .find_map(|(member, node)| (member == name).then_some(node))
    }

    /// Members of a mapping; none of anything else.
    pub fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Map(members) => members,
            _ => &[],
        }
    }

    /// Items of a sequence; none of anything else.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// A scalar's text; empty for anything else.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Scalar(Value::String(text)) => text,
            _ => "",
        }
    }

    /// What a mapping with `$ref` points to.
    pub fn reference(&self) -> Option<&str> {
        match self.get("$ref") {
            Some(Self::Scalar(Value::String(target))) => Some(target),
            _ => None,
        }
    }

    /// The node at a JSON pointer.
    pub fn find(&self, pointer: &str) -> Option<&Self> {
        let mut node = self;
        for token in pointer.split('/').skip(1) {
            let token = token.replace("~1", "/").replace("~0", "~");
            node = match node {
                Self::List(items) => items.get(token.parse::<usize>().ok()?)?,
                _ => node.get(&token)?,
            };
        }
        Some(node)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Scalar(value) => value.serialize(serializer),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Map(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, member) in members {
                    map.serialize_entry(name, member)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_text_is_kept_and_nothing_is_lost() {
        let text = "b: {z: 1, a: [true, {y: null, x: \"2\"}]}\na/~: end\n";
        let document = Document::parse("x", text).expect("YAML");
        let node = Node::of(&document);
        let json = serde_json::to_string(&node).expect("JSON can be written");
        assert_eq!(
            json,
            r#"{"b":{"z":1,"a":[true,{"y":null,"x":"2"}]},"a/~":"end"}"#
        );
        assert_eq!(
            serde_json::from_str::<Value>(&json).expect("JSON"),
            document.root
        );
        assert_eq!(node.find("/a~1~0").map(Node::as_str), Some("end"));
        assert_eq!(node.find("/b/a/1/x").map(Node::as_str), Some("2"));
    }
}
