//! A place in both revisions at once, and the values that stand there.

use serde_json::Value;

use super::super::finding::Side;
use crate::pointer;

/// What stands at one place, then and now.
#[derive(Clone, Debug)]
pub struct Pair<'a> {
    /// The value in the earlier revision.
    pub old: Option<&'a Value>,
    /// The value in the present one.
    pub new: Option<&'a Value>,
    /// JSON pointer into the earlier document.
    pub old_at: String,
    /// JSON pointer into the present document.
    pub new_at: String,
    /// The place in words, down to the message: `response 200`.
    pub place: String,
    /// The path of members from there: `clients[].secret`.
    pub member: String,
    /// Which way the value goes.
    pub side: Side,
}

impl<'a> Pair<'a> {
    /// The member `name` of both; the place in words stays.
    pub fn child(&self, name: &str) -> Self {
        Self {
            old: self.old.and_then(|value| value.get(name)),
            new: self.new.and_then(|value| value.get(name)),
            old_at: pointer::join(&self.old_at, name),
            new_at: pointer::join(&self.new_at, name),
            ..self.clone()
        }
    }

    /// The item at `index` of both lists.
    pub fn item(&self, index: usize) -> Self {
        let item = |value: Option<&'a Value>| value.and_then(|value| value.get(index));
        Self {
            old: item(self.old),
            new: item(self.new),
            old_at: pointer::join(&self.old_at, &index.to_string()),
            new_at: pointer::join(&self.new_at, &index.to_string()),
            ..self.clone()
        }
    }

    /// The same, with more words for the place.
    pub fn called(mut self, words: &str) -> Self {
        if !self.place.is_empty() {
            self.place.push_str(", ");
        }
        self.place.push_str(words);
        self
    }

    /// The same, one member further down.
    pub fn of_member(mut self, name: &str) -> Self {
        if !self.member.is_empty() {
            self.member.push('.');
        }
        self.member.push_str(name);
        self
    }

    /// The same, going the other way.
    pub fn on(mut self, side: Side) -> Self {
        self.side = side;
        self
    }

    /// Whether the two differ as they are written, references not followed.
    pub fn differs(&self) -> bool {
        self.old != self.new
    }

    /// Where a reader finds it: in the present document if it is there.
    pub fn pointer(&self) -> String {
        if self.new.is_some() || self.old.is_none() {
            self.new_at.clone()
        } else {
            self.old_at.clone()
        }
    }

    /// The place and the member in words.
    pub fn words(&self) -> String {
        match (self.place.is_empty(), self.member.is_empty()) {
            (_, true) => self.place.clone(),
            (true, false) => format!("member `{}`", self.member),
            (false, false) => format!("{}, member `{}`", self.place, self.member),
        }
    }

    /// Both values, if both are there.
    pub fn both(&self) -> Option<(&'a Value, &'a Value)> {
        self.old.zip(self.new)
    }
}

/// A value in a sentence: as JSON, cut where it is long.
pub fn shown(value: Option<&Value>) -> String {
    const LONGEST: usize = 70;
    let Some(value) = value else {
        return "absent".to_owned();
    };
    let text = match value {
        Value::String(text) => format!("`{}`", text.replace('\n', " ")),
        other => format!("`{other}`"),
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    let cut: String = text.chars().take(LONGEST).collect();
    format!("{cut}…`")
}
