//! Parameters, by place and name, and headers of responses, which are parameters in all but name.

use serde_json::Value;

use super::{
    super::finding::{
        Effect::{self, Breaking, Compatible, Texts},
        Side,
    },
    comparer::{Comparer, boolean, follow},
    messages,
    pair::Pair,
    schemas::{self, by_side},
};
use crate::{openapi::text, pointer};

/// A parameter that an operation takes, its own or its path's.
struct Taken<'a> {
    place: &'a str,
    name: &'a str,
    written: &'a Value,
    written_at: String,
    value: &'a Value,
    at: String,
}

/// The parameters of the operation at `operation_at`: its own, then those of its path that it does not replace.
fn taken<'a>(root: &'a Value, operation_at: &str) -> Vec<Taken<'a>> {
    let mut found: Vec<Taken<'a>> = Vec::new();
    let path_at = pointer::parent(operation_at).unwrap_or_default();
    for holder in [operation_at, path_at] {
        let list_at = pointer::join(holder, "parameters");
        let list = root.pointer(&list_at).and_then(Value::as_array);
        for (index, written) in list.into_iter().flatten().enumerate() {
            let written_at = pointer::join(&list_at, &index.to_string());
            let (at, value) = follow(root, &written_at, Some(written));
            let value = value.unwrap_or(written);
            let (place, name) = (text(value, "in"), text(value, "name"));
            if found
                .iter()
                .all(|one| (one.place, one.name) != (place, name))
            {
                found.push(Taken {
                    place,
                    name,
                    written,
                    written_at,
                    value,
                    at,
                });
            }
        }
    }
    found
}

/// Compares what two operations take. `operation` is the pair of operations.
pub fn compare<'a>(comparer: &mut Comparer<'a>, operation: &Pair<'a>) {
    let old = taken(comparer.old, &operation.old_at);
    let new = taken(comparer.new, &operation.new_at);
    let list = operation.child("parameters");
    comparer.guarded(&list, |comparer| {
        let mut common = Vec::new();
        for (index, was) in old.iter().enumerate() {
            let same = |is: &&Taken<'_>| (is.place, is.name) == (was.place, was.name);
            match new.iter().position(|is| same(&is)) {
                Some(now) => {
                    common.push((index, now));
                    both(comparer, operation, was, &new[now]);
                }
                None => gone(comparer, operation, was, &new),
            }
        }
        for is in &new {
            if !old
                .iter()
                .any(|was| (is.place, is.name) == (was.place, was.name))
            {
                added(comparer, operation, is);
            }
        }
        order(comparer, &list, &common, &old, &new);
    });
}

fn spot<'a>(operation: &Pair<'a>, old: Option<&Taken<'a>>, new: Option<&Taken<'a>>) -> Pair<'a> {
    let any = old.or(new);
    let words = any.map_or_else(String::new, |one| {
        format!("{} parameter `{}`", one.place, one.name)
    });
    Pair {
        old: old.map(|one| one.value),
        new: new.map(|one| one.value),
        old_at: old.map_or_else(String::new, |one| one.at.clone()),
        new_at: new.map_or_else(String::new, |one| one.at.clone()),
        ..operation.clone()
    }
    .called(&words)
    .on(Side::Sent)
}

fn both<'a>(comparer: &mut Comparer<'a>, operation: &Pair<'a>, old: &Taken<'a>, new: &Taken<'a>) {
    let pair = spot(operation, Some(old), Some(new));
    let written = Pair {
        old: Some(old.written),
        new: Some(new.written),
        old_at: old.written_at.clone(),
        new_at: new.written_at.clone(),
        ..pair.clone()
    };
    comparer.followed(&written);
    // The number of tokens tells a parameter of the path from one of the operation.
    let depth = |at: &str| at.matches('/').count();
    if depth(&old.written_at) != depth(&new.written_at) {
        let what =
            "is declared for the path where it was for the operation, or the other way round";
        let why = "the operation takes it all the same";
        comparer.say(&pair, Texts, what.to_owned(), why);
    }
    parameter(comparer, &pair);
}

fn gone<'a>(comparer: &mut Comparer<'a>, operation: &Pair<'a>, was: &Taken<'a>, new: &[Taken<'a>]) {
    let pair = spot(operation, Some(was), None);
    let moved = new.iter().find(|is| is.name == was.name);
    let what = match moved {
        Some(is) => format!("was in {}, is in {}", was.place, is.place),
        None => "is gone".to_owned(),
    };
    let why = "requests that carry it are no longer described";
    comparer.say(&pair, Breaking, what, why);
}

fn added<'a>(comparer: &mut Comparer<'a>, operation: &Pair<'a>, is: &Taken<'a>) {
    let pair = spot(operation, None, Some(is));
    if boolean(is.value.get("required"), false) == Some(false) {
        let why = "requests may leave it out";
        comparer.say(&pair, Compatible, "is new, optional".to_owned(), why);
    } else {
        let why = "requests do not carry it, and it must be sent";
        comparer.say(&pair, Breaking, "is new, required".to_owned(), why);
    }
}

/// Generated functions take required parameters one after another.
fn order<'a>(
    comparer: &mut Comparer<'a>,
    list: &Pair<'a>,
    common: &[(usize, usize)],
    old: &[Taken<'a>],
    new: &[Taken<'a>],
) {
    let is_required = |one: &Taken<'_>| boolean(one.value.get("required"), false) == Some(true);
    let is_turned = |pairs: &[(usize, usize)]| pairs.windows(2).any(|two| two[0].1 > two[1].1);
    let required: Vec<(usize, usize)> = common
        .iter()
        .copied()
        .filter(|(was, is)| is_required(&old[*was]) && is_required(&new[*is]))
        .collect();
    if is_turned(&required) {
        let what = "required parameters stand in another order".to_owned();
        let why = "generated functions take them one after another";
        comparer.say(list, Breaking, what, why);
    } else if is_turned(common) {
        let what = "parameters stand in another order".to_owned();
        let why = "the required ones, which are positional, keep theirs";
        comparer.say(list, Texts, what, why);
    }
}

/// Compares two parameters of one place and name, references followed.
pub fn parameter<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    comparer.object(pair, &[], |comparer, key, member| match key {
        "name" | "in" if member.differs() => {
            let why = "requests carry it elsewhere";
            comparer.changed(member, key, Breaking, why);
        }
        "required" => {
            let on = (Breaking, "requests that leave it out are refused");
            let off = (Compatible, "requests that carry it still serve");
            comparer.flag(member, key, on, off);
        }
        "allowEmptyValue" => {
            let on = (Compatible, "requests with a value still serve");
            let off = (Breaking, "requests without a value are refused");
            comparer.flag(member, key, on, off);
        }
        _ => form(comparer, pair, key, member),
    });
}

/// Compares two headers of a response.
pub fn header<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    let pair = &comparer.followed(pair);
    comparer.object(pair, &[], |comparer, key, member| match key {
        "required" => {
            let harmless = (Compatible, "what served before still does");
            let on: (Effect, _) = by_side(pair.side, (Breaking, "it must be sent"), harmless);
            let off = (Breaking, "a reader that counts on it finds nothing");
            comparer.flag(member, key, on, by_side(pair.side, harmless, off));
        }
        _ => form(comparer, pair, key, member),
    });
}

/// What parameters and headers have in common: the form of the value.
fn form<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>, key: &str, member: &Pair<'a>) {
    const WIRE: &str = "the value is written in another form";
    match key {
        "schema" => schemas::compare(comparer, member),
        "content" => messages::content(comparer, member, true),
        "deprecated" => {
            let why = "it serves as before";
            comparer.flag(member, key, (Compatible, why), (Compatible, why));
        }
        "allowReserved" => comparer.flag(member, key, (Breaking, WIRE), (Breaking, WIRE)),
        "style" | "explode" => {
            let old = pair.old.map(|value| effective(value, key));
            let new = pair.new.map(|value| effective(value, key));
            if old == new {
                comparer.written_out(member, key);
            } else {
                comparer.changed(member, key, Breaking, WIRE);
            }
        }
        _ => {}
    }
}

/// The style or `explode` that holds, written or not.
fn effective(value: &Value, key: &str) -> Value {
    if let Some(written) = value.get(key) {
        return written.clone();
    }
    if key == "explode" {
        return Value::Bool(effective(value, "style") == "form");
    }
    match text(value, "in") {
        "query" | "cookie" => "form".into(),
        _ => "simple".into(),
    }
}
