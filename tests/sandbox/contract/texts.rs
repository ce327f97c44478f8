//! Values that come as text: in paths, queries, headers and forms.

use std::collections::BTreeMap;

use jsonschema::Validator;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};
use xtask::openapi::entries;

use super::{
    composition::{kind, plain},
    schema::{self, Direction},
    violations::violations,
};

/// What a text is to be read as.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Boolean,
    Integer,
    Number,
    Text,
    /// One text for each item.
    List(Box<Kind>),
}

impl Kind {
    /// The kind of a scalar or a list of scalars.
    ///
    /// # Panics
    /// On a schema of something else, which has no form as text that we know.
    pub(super) fn of(root: &Value, schema: &Value) -> Self {
        match kind(root, schema) {
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::Text,
            "array" => Self::List(Box::new(Self::of(root, &plain(root, schema)["items"]))),
            other => panic!("a value of type {other:?} does not come as text"),
        }
    }

    /// The value that the texts of one name stand for; the keyword that they break, if none.
    pub(super) fn read(&self, texts: &[&str]) -> Result<Value, &'static str> {
        match (self, texts) {
            (Self::List(items), _) => texts.iter().map(|text| items.read(&[text])).collect(),
            (Self::Text, [text]) => Ok((*text).into()),
            (Self::Boolean, ["true"]) => Ok(true.into()),
            (Self::Boolean, ["false"]) => Ok(false.into()),
            (Self::Integer, [text]) => integer(text).ok_or("type (no integer within 64 bits)"),
            (Self::Number, [text]) => number(text).ok_or("type (no number)"),
            (_, [_]) => Err("type"),
            _ => Err("repeated, and no list"),
        }
    }
}

/// The schema of a parameter or header.
#[derive(Debug)]
pub(super) struct TextSchema {
    kind: Kind,
    validator: Validator,
}

impl TextSchema {
    pub(super) fn new(root: &Value, schema: &Value, direction: Direction) -> Self {
        Self {
            kind: Kind::of(root, schema),
            validator: schema::validator(root, schema, direction),
        }
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self.kind, Kind::List(_))
    }

    /// What is wrong with the texts of one name, which the answers do not repeat.
    pub(super) fn violations(&self, texts: &[&str]) -> Vec<String> {
        match self.kind.read(texts) {
            Ok(value) => violations(&self.validator, &value),
            Err(broken) => vec![broken.to_owned()],
        }
    }
}

/// The names and values of a query or form, decoded.
///
/// # Errors
/// When a name or value is not UTF-8.
pub(super) fn pairs(encoded: &str) -> Result<Vec<(String, String)>, &'static str> {
    let decode = |text: &str| decoded(&text.replace('+', " "));
    encoded
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            decode(name).zip(decode(value)).ok_or("not UTF-8")
        })
        .collect()
}

/// The text behind percent-encoding, if it is UTF-8.
pub(super) fn decoded(text: &str) -> Option<String> {
    let text = percent_decode_str(text).decode_utf8();
    text.ok().map(|text| text.into_owned())
}

/// How the members of a form are to be read.
#[derive(Debug)]
pub(super) struct Form(BTreeMap<String, Kind>);

impl Form {
    pub(super) fn of(root: &Value, schema: &Value) -> Self {
        let properties = entries(plain(root, schema), "properties");
        let kinds = properties.map(|(name, schema)| (name.clone(), Kind::of(root, schema)));
        Self(kinds.collect())
    }

    /// The form as the object that its schema describes; names that it does not know as text.
    pub(super) fn read(&self, body: &str) -> Result<Value, String> {
        let pairs = pairs(body)?;
        let mut object = Map::new();
        for (name, _) in &pairs {
            let same = pairs.iter().filter(|(other, _)| other == name);
            let texts: Vec<&str> = same.map(|(_, text)| text.as_str()).collect();
            let kind = self.0.get(name).unwrap_or(&Kind::Text);
            let value = kind.read(&texts);
            let value = value.map_err(|broken| format!("{broken} at #/{name}"))?;
            object.insert(name.clone(), value);
        }
        Ok(Value::Object(object))
    }
}

fn integer(text: &str) -> Option<Value> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_integer = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let value: i64 = text.parse().ok().filter(|_| is_integer)?;
    Some(value.into())
}

fn number(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().filter(Value::is_number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_is_read_as_its_type() {
        let list = Kind::List(Box::new(Kind::Integer));
        let cases: [(Kind, &[&str], Option<Value>); 14] = [
            (Kind::Text, &["7"], Some(json!("7"))),
            (Kind::Text, &["7", "8"], None),
            (Kind::Integer, &["-7"], Some(json!(-7))),
            (
                Kind::Integer,
                &["9223372036854775807"],
                Some(json!(i64::MAX)),
            ),
            (Kind::Integer, &["9223372036854775808"], None),
            (Kind::Integer, &["+7"], None),
            (Kind::Integer, &["7.0"], None),
            (Kind::Integer, &[""], None),
            (Kind::Number, &["7.5"], Some(json!(7.5))),
            (Kind::Number, &["true"], None),
            (Kind::Boolean, &["true"], Some(json!(true))),
            (Kind::Boolean, &["yes"], None),
            (list.clone(), &["7", "8"], Some(json!([7, 8]))),
            (list, &["7", "x"], None),
        ];
        for (kind, texts, value) in cases {
            assert_eq!(kind.read(texts).ok(), value, "{kind:?} {texts:?}");
        }
    }

    #[test]
    fn names_and_values_are_decoded() {
        let decoded = pairs("page%5Bsize%5D=5&name=my+connection%26co&&bare").unwrap();
        let expected = [
            ("page[size]", "5"),
            ("name", "my connection&co"),
            ("bare", ""),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(decoded, expected);
        assert!(pairs("name=%FF").is_err());
    }
}
