//! Members of records by name: found, picked, and as the text of a cell.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::text::printable;

/// What a cell holds when the record does not.
const NOTHING: &str = "-";

/// The member of that name, or of a member if the name has dots.
pub(super) fn find<'a>(record: &'a Value, name: &str) -> Option<&'a Value> {
    let members = record.as_object()?;
    if let Some(value) = members.get(name) {
        return Some(value);
    }
    name.match_indices('.').find_map(|(dot, _)| {
        let inside = members.get(&name[..dot])?;
        find(inside, &name[dot + 1..])
    })
}

/// Only those members, in that order. Those that are not there are null, so that all records have the same.
pub(super) struct Picked<'a> {
    pub(super) record: &'a Value,
    pub(super) names: &'a [String],
}

impl Serialize for Picked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.names.is_empty() || !self.record.is_object() {
            return self.record.serialize(serializer);
        }
        let named = |name: &'_ String| find(self.record, name).unwrap_or(&Value::Null);
        serializer.collect_map(self.names.iter().map(|name| (name, named(name))))
    }
}

/// Notes the names that `--columns` may have. Inside a record they have dots.
pub(super) fn note_names(names: &mut BTreeSet<String>, record: &Value) {
    fn note(names: &mut BTreeSet<String>, before: &str, members: &Map<String, Value>) {
        for (name, value) in members {
            let name = format!("{before}{name}");
            if let Value::Object(members) = value {
                note(names, &format!("{name}."), members);
            }
            names.insert(name);
        }
    }
    if let Value::Object(members) = record {
        note(names, "", members);
    }
}

/// The value in one line, with nothing that steers a terminal.
pub(super) fn cell(value: Option<&Value>) -> String {
    let text = match value {
        None | Some(Value::Null) => return NOTHING.to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => {
            let mut text = String::new();
            for item in items {
                let between = if text.is_empty() { "" } else { ", " };
                let item = match item {
                    Value::String(item) => item.clone(),
                    other => other.to_string(),
                };
                let _ = write!(text, "{between}{item}");
            }
            text
        }
        Some(other) => other.to_string(),
    };
    if text.trim().is_empty() {
        return NOTHING.to_owned();
    }
    printable(&text)
}

/// JSON text in which nothing steers a terminal. What is no ASCII control is allowed in JSON, and steers some.
pub(crate) fn harmless(json: String) -> String {
    if !json.chars().any(crate::text::steers_inside_a_line) {
        return json;
    }
    let mut text = String::with_capacity(json.len() + 16);
    for letter in json.chars() {
        if crate::text::steers_inside_a_line(letter) {
            let _ = write!(text, "\\u{:04x}", u32::from(letter));
        } else {
            text.push(letter);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_dot_leads_inside() {
        let record = json!({ "meta": { "count": 3, "a.b": 1 }, "x.y": { "z": 2 } });
        assert_eq!(find(&record, "meta.count"), Some(&json!(3)));
        assert_eq!(find(&record, "meta.a.b"), Some(&json!(1)));
        assert_eq!(find(&record, "x.y.z"), Some(&json!(2)));
        assert_eq!(find(&record, "meta.none"), None);
        assert_eq!(find(&record, "."), None);
        let mut names = BTreeSet::new();
        note_names(&mut names, &record);
        let names: Vec<_> = names.into_iter().collect();
        assert_eq!(names, ["meta", "meta.a.b", "meta.count", "x.y", "x.y.z"]);
    }

    #[test]
    fn cells_are_one_harmless_line() {
        let shown = |value| cell(Some(&value));
        assert_eq!(shown(json!(["read", "write", 3])), "read, write, 3");
        assert_eq!(shown(json!({ "a": 1 })), r#"{"a":1}"#);
        assert_eq!(
            shown(json!("a\n\u{1b}[2Jb\u{202e}")),
            "a\u{fffd}\u{fffd}[2Jb\u{fffd}"
        );
        assert_eq!(shown(json!(false)), "false");
        for nothing in [json!(null), json!(""), json!([])] {
            assert_eq!(shown(nothing), "-");
        }
        assert_eq!(cell(None), "-");
    }

    #[test]
    fn json_stays_the_same_value_without_steering_a_terminal() {
        let value = json!({ "name": "a\u{9b}31m\u{202e}b\u{7f} 日本" });
        let text = harmless(value.to_string());
        assert!(text.contains("\\u009b31m\\u202eb\\u007f 日本"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
    }
}
