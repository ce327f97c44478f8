//! Keywords of a schema that hold no schema: types, formats, values, limits.

use serde_json::Value;

use super::{
    super::finding::Effect::{Breaking, Compatible},
    comparer::Comparer,
    lists,
    pair::Pair,
    schemas::by_side,
};

const TYPES: &str = "generated code has another type for it";

/// Judges a keyword, or leaves it alone: then the guard reports it as unknown.
pub fn compare<'a>(comparer: &mut Comparer<'a>, keyword: &str, pair: &Pair<'a>) {
    if !pair.differs() {
        return;
    }
    match keyword {
        "type" | "format" => comparer.changed(pair, keyword, Breaking, TYPES),
        "title" => {
            let why = "several generators name types after it";
            comparer.changed(pair, keyword, Breaking, why);
        }
        "default" => {
            let why = "a call that leaves it out comes to mean something else";
            comparer.changed(pair, keyword, Breaking, why);
        }
        "deprecated" => {
            let why = "it serves as before";
            comparer.flag(pair, keyword, (Compatible, why), (Compatible, why));
        }
        "nullable" => nullable(comparer, pair),
        "readOnly" => {
            let sent = (Breaking, "requests that carry it are no longer described");
            let on = by_side(pair.side, sent, (Compatible, "it is received as before"));
            comparer.flag(pair, keyword, on, (Compatible, "it may be sent as well"));
        }
        "writeOnly" => {
            let received = (Breaking, "a reader finds nothing in its place");
            let on = by_side(pair.side, (Compatible, "it is sent as before"), received);
            comparer.flag(pair, keyword, on, (Compatible, "it is received as well"));
        }
        "enum" => closed_values(comparer, pair),
        "x-extensible-enum" => known_values(comparer, pair),
        _ => limit(comparer, keyword, pair),
    }
}

fn nullable<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    let on = by_side(
        pair.side,
        (Compatible, "requests without null still serve"),
        (Breaking, "a reader that counts on a value meets null"),
    );
    let off = by_side(
        pair.side,
        (Breaking, "requests with null are refused"),
        (Compatible, "a reader that expects null still serves"),
    );
    comparer.flag(pair, "nullable", on, off);
}

fn closed_values<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    if pair.both().is_none() {
        return comparer.changed(pair, "enum", Breaking, TYPES);
    }
    let added = by_side(
        pair.side,
        (Compatible, "the values of before are accepted"),
        (Breaking, "a reader of a closed list refuses what is new"),
    );
    let rule = lists::Rule {
        name: "value",
        added,
        removed: (
            Breaking,
            "requests with it are refused, and code that names it no longer compiles",
        ),
    };
    lists::compare(comparer, pair, &rule);
}

fn known_values<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    if pair.both().is_none() {
        return comparer.changed(pair, "x-extensible-enum", Breaking, TYPES);
    }
    let rule = lists::Rule {
        name: "known value",
        added: (Compatible, "values that are not listed were valid before"),
        removed: (Breaking, "code that names it no longer compiles"),
    };
    lists::compare(comparer, pair, &rule);
}

/// Limits: a request may be held to fewer, an answer may only keep within more.
fn limit<'a>(comparer: &mut Comparer<'a>, keyword: &str, pair: &Pair<'a>) {
    let Some(is_tighter) = tighter(keyword, pair.old, pair.new) else {
        return;
    };
    let harmless = (
        Compatible,
        "what was valid for the one who reads it still is",
    );
    let (sent, received) = if is_tighter {
        (
            (Breaking, "requests beyond the limit are refused"),
            harmless,
        )
    } else {
        (
            harmless,
            (Breaking, "a reader that counts on the limit meets more"),
        )
    };
    let (effect, why) = by_side(pair.side, sent, received);
    comparer.changed(pair, keyword, effect, why);
}

/// Whether the limit admits less than before; `None` where the keyword is no limit or cannot be told.
fn tighter(keyword: &str, old: Option<&Value>, new: Option<&Value>) -> Option<bool> {
    let upper = ["maximum", "maxLength", "maxItems", "maxProperties"];
    let lower = ["minimum", "minLength", "minItems", "minProperties"];
    let switches = ["exclusiveMaximum", "exclusiveMinimum", "uniqueItems"];
    let others = ["pattern", "multipleOf"];
    let is_switch = switches.contains(&keyword);
    if !is_switch
        && ![&upper, &lower].iter().any(|list| list.contains(&keyword))
        && !others.contains(&keyword)
    {
        return None;
    }
    if is_switch {
        let was = old.map_or(Some(false), Value::as_bool)?;
        let is = new.map_or(Some(false), Value::as_bool)?;
        return (was != is).then_some(is);
    }
    let (Some(old), Some(new)) = (old, new) else {
        return Some(new.is_some());
    };
    let (old, new) = (old.as_f64()?, new.as_f64()?);
    if upper.contains(&keyword) {
        Some(new < old)
    } else if lower.contains(&keyword) {
        Some(new > old)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::spec::since::finding::Side;

    #[test]
    fn a_limit_is_tighter_where_it_admits_less() {
        let told = |keyword, old: Value, new: Value| tighter(keyword, Some(&old), Some(&new));
        assert_eq!(told("maximum", json!(10), json!(9)), Some(true));
        assert_eq!(told("minimum", json!(10), json!(9)), Some(false));
        assert_eq!(told("uniqueItems", json!(false), json!(true)), Some(true));
        assert_eq!(told("pattern", json!("a"), json!("b")), None);
        assert_eq!(tighter("pattern", None, Some(&json!("a"))), Some(true));
        assert_eq!(tighter("maxLength", Some(&json!(1)), None), Some(false));
        assert_eq!(tighter("maxLengths", Some(&json!(1)), None), None);
        assert_eq!(told("maxLength", json!("x"), json!(1)), None);
    }

    #[test]
    fn where_both_sides_count_the_worse_holds() {
        let (sent, received) = ((Breaking, "sent"), (Compatible, "received"));
        assert_eq!(by_side(Side::Both, sent, received), sent);
        assert_eq!(by_side(Side::Both, received, sent), sent);
    }
}
