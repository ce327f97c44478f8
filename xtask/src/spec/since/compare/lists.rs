//! Lists whose order carries no meaning: tags, scopes, required names, known values.

use serde_json::Value;

use super::{super::finding::Effect, comparer::Comparer, pair::Pair};

/// What entering and leaving a list does.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The list's name in a finding: `tag`.
    pub name: &'static str,
    /// A value is new.
    pub added: (Effect, &'static str),
    /// A value is gone.
    pub removed: (Effect, &'static str),
}

/// Compares two lists of scalars. A list that is not one is left to the guard, which reports it.
pub fn compare<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>, rule: &Rule) {
    let (Some(old), Some(new)) = (list(pair.old), list(pair.new)) else {
        return;
    };
    for value in old.iter().filter(|value| !new.contains(value)) {
        let what = format!("{} `{}` is gone", rule.name, plain(value));
        comparer.say(pair, rule.removed.0, what, rule.removed.1);
    }
    for value in new.iter().filter(|value| !old.contains(value)) {
        let what = format!("{} `{}` is new", rule.name, plain(value));
        comparer.say(pair, rule.added.0, what, rule.added.1);
    }
    if old != new && is_same_set(old, new) {
        reordered(comparer, pair, rule.name);
    }
}

/// Says that a list is written in another order, or repeats itself.
pub fn reordered<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>, name: &str) {
    let what = format!("the list of each {name} is written in another order");
    comparer.say(pair, Effect::Texts, what, "the order carries no meaning");
}

/// The items of a list, none where nothing is written, `None` where something else stands.
pub fn list(value: Option<&Value>) -> Option<&[Value]> {
    value.map_or(Some(&[]), |value| value.as_array().map(Vec::as_slice))
}

fn is_same_set(old: &[Value], new: &[Value]) -> bool {
    old.iter().all(|value| new.contains(value)) && new.iter().all(|value| old.contains(value))
}

/// A value without the quotation marks of JSON.
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
