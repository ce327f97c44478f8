//! Schemas: what may be sent or is received, through references, and the names of generated types.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    super::finding::{Effect, Side},
    comparer::{Comparer, TEXTS},
    keywords, lists,
    pair::{Pair, shown},
    view::View,
};
use crate::openapi::{array, reference};

/// Compares the schemas at one place.
pub fn compare<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    let Some((old, new)) = pair.both() else {
        if pair.differs() {
            let why = "without a schema the value has no type in generated code";
            let what = format!("the schema was {}, is {}", shown(pair.old), shown(pair.new));
            comparer.say(pair, Effect::Breaking, what, why);
        }
        return;
    };
    comparer.guarded(pair, |comparer| {
        let old = View::of(comparer.old, old, &pair.old_at);
        let new = View::of(comparer.new, new, &pair.new_at);
        place(comparer, pair, &old, &new);
        let base = Pair {
            old: Some(old.base),
            new: Some(new.base),
            old_at: old.at,
            new_at: new.at,
            ..pair.clone()
        };
        if old.referred || new.referred {
            comparer.wait(base);
        } else {
            body(comparer, &base);
        }
    });
}

/// What the place itself says: which schema, and what on top of it.
fn place<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>) {
    if old.name != new.name {
        let words = |name: &Option<String>| match name {
            Some(name) => format!("the schema `{name}`"),
            None => "a schema written in place".to_owned(),
        };
        let what = format!("was {}, is {}", words(&old.name), words(&new.name));
        let why = "generated types are named after it";
        comparer.say(pair, Effect::Breaking, what, why);
    }
    if old.wrapped != new.wrapped {
        let what = format!(
            "is {} in an `allOf` of one",
            if new.wrapped { "now" } else { "no longer" }
        );
        let why = "it is the same type, with room for notes of its own";
        comparer.say(pair, Effect::Compatible, what, why);
    }
    let keys: BTreeSet<&str> = old.notes.keys().chain(new.notes.keys()).copied().collect();
    for key in keys {
        let ((old, old_at), (new, new_at)) = (old.note(key), new.note(key));
        let note = Pair {
            old,
            new,
            old_at,
            new_at,
            ..pair.clone()
        };
        comparer.guarded(&note, |comparer| {
            if TEXTS.contains(&key) {
                comparer.text(&note, key);
            } else {
                keywords::compare(comparer, key, &note);
            }
        });
    }
    if old.ignored != new.ignored {
        let is_text =
            |ignored: &BTreeMap<&str, &Value>| ignored.keys().all(|key| TEXTS.contains(key));
        if is_text(&old.ignored) && is_text(&new.ignored) {
            let what = "the text beside `$ref` reads differently".to_owned();
            comparer.say(pair, Effect::Texts, what, "only people read it");
        } else {
            comparer.unknown(pair);
        }
    }
}

/// Compares two schemas keyword by keyword, references and wrappers already opened.
pub fn body<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    if reference_only(pair) {
        return;
    }
    comparer.guarded(pair, |comparer| {
        comparer.object(pair, &[], |comparer, key, member| match key {
            "properties" => properties(comparer, pair, member),
            "required" => required(comparer, pair, member),
            "items" => compare(comparer, &member.clone().of_items()),
            "additionalProperties" => additional(comparer, member),
            "allOf" | "oneOf" | "anyOf" => alternatives(comparer, key, member),
            "not" => compare(comparer, &member.clone().on(Side::Both)),
            _ => keywords::compare(comparer, key, member),
        });
    });
}

/// References that could not be followed and read the same.
fn reference_only(pair: &Pair<'_>) -> bool {
    !pair.differs() && pair.new.and_then(reference).is_some()
}

fn properties<'a>(comparer: &mut Comparer<'a>, schema: &Pair<'a>, pair: &Pair<'a>) {
    comparer.entries(pair, |comparer, name, member| {
        let member = member.clone().of_member(name);
        match (member.old, member.new) {
            (Some(_), Some(_)) => compare(comparer, &member),
            (None, _) => {
                let must = is_required(schema.new, name);
                let (effect, why) = match (must, schema.side) {
                    (true, Side::Sent | Side::Both) => (
                        Effect::Breaking,
                        "requests do not carry it, and it must be sent",
                    ),
                    (false, Side::Sent | Side::Both) => {
                        (Effect::Compatible, "requests may leave it out")
                    }
                    (_, Side::Received) => (
                        Effect::Compatible,
                        "members that a reader does not know are to be accepted",
                    ),
                };
                let must = if must { ", required" } else { "" };
                comparer.say(&member, effect, format!("is a new member{must}"), why);
            }
            (Some(_), None) => {
                let why = match schema.side {
                    Side::Sent => "requests that carry it are no longer described",
                    _ => "a reader finds nothing in its place",
                };
                let what = "the member is gone".to_owned();
                comparer.say(&member, Effect::Breaking, what, why);
            }
        }
    });
}

fn required<'a>(comparer: &mut Comparer<'a>, schema: &Pair<'a>, pair: &Pair<'a>) {
    let (Some(old), Some(new)) = (lists::list(pair.old), lists::list(pair.new)) else {
        return;
    };
    let names = old.iter().chain(new).filter_map(Value::as_str);
    let names: BTreeSet<&str> = names.collect();
    let mut is_reordered = old != new;
    for name in names {
        let had = is_required(schema.old, name);
        let has = is_required(schema.new, name);
        if had == has {
            continue;
        }
        is_reordered = false;
        let place = schema.clone().of_member(name);
        let defined = |value: Option<&Value>| {
            value.is_some_and(|schema| schema["properties"].get(name).is_some())
        };
        if defined(schema.old) != defined(schema.new) && schema.side != Side::Both {
            // That the member is new or gone says it.
            comparer.told_elsewhere();
            continue;
        }
        let (sent, received) = if has {
            (
                (Effect::Breaking, "requests that leave it out are refused"),
                (
                    Effect::Compatible,
                    "a reader that does without it still serves",
                ),
            )
        } else {
            (
                (Effect::Compatible, "requests that carry it still serve"),
                (Effect::Breaking, "a reader that counts on it finds nothing"),
            )
        };
        let (effect, why) = by_side(schema.side, sent, received);
        let words = |required| if required { "required" } else { "optional" };
        let what = format!("was {}, is {}", words(had), words(has));
        comparer.say(&place, effect, what, why);
    }
    if is_reordered {
        lists::reordered(comparer, pair, "required name");
    }
}

/// What holds on the side of the schema; where both count, the worse.
pub fn by_side(
    side: Side,
    sent: (Effect, &'static str),
    received: (Effect, &'static str),
) -> (Effect, &'static str) {
    match side {
        Side::Sent => sent,
        Side::Received => received,
        Side::Both if sent.0 >= received.0 => sent,
        Side::Both => received,
    }
}

fn is_required(schema: Option<&Value>, name: &str) -> bool {
    let names = schema.map(|schema| array(schema, "required"));
    names.is_some_and(|names| names.iter().any(|required| required == name))
}

fn additional<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    let is_schema = |value: Option<&Value>| value.is_some_and(Value::is_object);
    if is_schema(pair.old) && is_schema(pair.new) {
        return compare(comparer, &pair.clone().of_member("*"));
    }
    if !pair.differs() {
        return;
    }
    let is_open = |value: Option<&Value>| value == Some(&Value::Bool(true));
    let name = "additionalProperties";
    let was_closed = pair.old == Some(&Value::Bool(false));
    if is_open(pair.new) && (pair.old.is_none() || was_closed) {
        let sent = (Effect::Compatible, "what was accepted still is");
        let received = if was_closed {
            (
                Effect::Breaking,
                "a reader that refuses other members meets them",
            )
        } else {
            (
                Effect::Compatible,
                "other members were to be expected before",
            )
        };
        let (effect, why) = by_side(pair.side, sent, received);
        comparer.changed(pair, name, effect, why);
    } else if was_closed && pair.new.is_none() && pair.side == Side::Sent {
        let why = "what was accepted still is";
        comparer.changed(pair, name, Effect::Compatible, why);
    } else {
        let why = "generated types lose or retype the members that are not named";
        comparer.changed(pair, name, Effect::Breaking, why);
    }
}

fn alternatives<'a>(comparer: &mut Comparer<'a>, keyword: &str, pair: &Pair<'a>) {
    let (Some(old), Some(new)) = (lists::list(pair.old), lists::list(pair.new)) else {
        return;
    };
    if old.len() != new.len() {
        let what = format!("`{keyword}` had {} schemas, has {}", old.len(), new.len());
        let why = "generated types are made of them, one by one";
        return comparer.say(pair, Effect::Breaking, what, why);
    }
    for index in 0..new.len() {
        compare(comparer, &pair.item(index));
    }
}

impl<'a> Pair<'a> {
    /// The same, for the items of a list.
    pub fn of_items(mut self) -> Self {
        self.member.push_str("[]");
        self
    }
}
