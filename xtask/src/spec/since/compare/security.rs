//! Credentials: the alternatives of an operation, their scopes, and the schemes.

use serde_json::Value;

use super::{
    super::finding::{
        Effect::{Breaking, Compatible, Texts},
        Side,
    },
    comparer::Comparer,
    lists,
    pair::Pair,
};
use crate::pointer;

const SCHEMES: &str = "/components/securitySchemes";

/// Compares what an operation asks for; its own list counts, else the document's.
pub fn compare<'a>(comparer: &mut Comparer<'a>, operation: &Pair<'a>) {
    let own = operation.child("security");
    let at = |value: Option<&Value>, own: &str| match value {
        Some(_) => own.to_owned(),
        None => "/security".to_owned(),
    };
    let (old_at, new_at) = (at(own.old, &own.old_at), at(own.new, &own.new_at));
    let pair = Pair {
        old: comparer.old.pointer(&old_at),
        new: comparer.new.pointer(&new_at),
        old_at,
        new_at,
        ..own.clone()
    }
    .called("security");
    comparer.guarded(&pair, |comparer| {
        let (Some(old), Some(new)) = (alternatives(pair.old), alternatives(pair.new)) else {
            return;
        };
        requirements(comparer, &pair, &old, &new);
        for name in names(&old).iter().filter(|name| names(&new).contains(name)) {
            let at = pointer::join(SCHEMES, name);
            let words = format!("{}, scheme `{name}`", pair.place);
            scheme(comparer, &comparer.at(&at, &at, &words, Side::Sent));
        }
    });
    if own.old.is_some() != own.new.is_some() && pair.old == pair.new {
        comparer.written_out(&own, "security");
    }
}

/// The alternatives; an empty or missing list is the one of sending none. `None` where it is no list of objects.
fn alternatives(value: Option<&Value>) -> Option<Vec<Value>> {
    let list = lists::list(value)?;
    if list.is_empty() {
        return Some(vec![Value::Object(serde_json::Map::new())]);
    }
    list.iter().all(Value::is_object).then(|| list.to_vec())
}

fn names(alternatives: &[Value]) -> Vec<String> {
    let mut found: Vec<String> = alternatives
        .iter()
        .filter_map(Value::as_object)
        .flat_map(|schemes| schemes.keys().cloned())
        .collect();
    found.sort();
    found.dedup();
    found
}

fn requirements<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>, old: &[Value], new: &[Value]) {
    let mut gone: Vec<&Value> = old.iter().filter(|one| !new.contains(one)).collect();
    let mut added: Vec<&Value> = new.iter().filter(|one| !old.contains(one)).collect();
    // The same schemes with other scopes are one alternative that changed.
    gone.retain(|was| {
        let same =
            |is: &&Value| names(std::slice::from_ref(*is)) == names(std::slice::from_ref(*was));
        let Some(index) = added.iter().position(same) else {
            return true;
        };
        let is = added.remove(index);
        scopes(comparer, pair, was, is);
        false
    });
    for was in &gone {
        let what = format!("{} is gone", words(was));
        let why = "requests with it are refused, or no longer described";
        comparer.say(pair, Breaking, what, why);
    }
    for is in &added {
        let what = format!("{} is new", words(is));
        comparer.say(pair, Compatible, what, "the others serve as before");
    }
    if old != new && gone.is_empty() && added.is_empty() {
        let is_same_set = old.iter().all(|one| new.contains(one));
        if is_same_set {
            lists::reordered(comparer, pair, "alternative");
        }
    }
}

fn words(alternative: &Value) -> String {
    let names = names(std::slice::from_ref(alternative));
    if names.is_empty() {
        return "sending no credentials".to_owned();
    }
    format!("the alternative `{}`", names.join("` with `"))
}

fn scopes<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>, old: &Value, new: &Value) {
    for name in names(std::slice::from_ref(new)) {
        let (Some(was), Some(is)) = (old[&name].as_array(), new[&name].as_array()) else {
            if old[&name] != new[&name] {
                comparer.unknown(pair);
            }
            continue;
        };
        for scope in is.iter().filter(|scope| !was.contains(scope)) {
            let what = format!("scope `{}` of `{name}` is new", lists::plain(scope));
            let why = "tokens without it no longer serve";
            comparer.say(pair, Breaking, what, why);
        }
        for scope in was.iter().filter(|scope| !is.contains(scope)) {
            let what = format!("scope `{}` of `{name}` is gone", lists::plain(scope));
            comparer.say(pair, Compatible, what, "tokens with it still serve");
        }
        let is_same_set =
            was.iter().all(|one| is.contains(one)) && is.iter().all(|one| was.contains(one));
        if was != is && is_same_set {
            lists::reordered(comparer, pair, "scope");
        }
    }
}

/// Compares two security schemes of one name.
pub fn scheme<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    let pair = &comparer.followed(pair);
    comparer.guarded(pair, |comparer| {
        comparer.object(pair, &[], |comparer, key, member| match key {
            "flows" => flows(comparer, member),
            "bearerFormat" => comparer.text(member, key),
            "type" | "scheme" | "name" | "in" | "openIdConnectUrl" if member.differs() => {
                let why = "credentials are sent in another way";
                comparer.changed(member, key, Breaking, why);
            }
            _ => {}
        });
    });
}

fn flows<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    comparer.entries(pair, |comparer, name, flow| {
        let flow = &flow.clone().called(&format!("flow `{name}`"));
        match (flow.old, flow.new) {
            (None, _) => {
                let why = "the flows of before serve";
                comparer.say(flow, Compatible, "is new".to_owned(), why);
            }
            (_, None) => {
                let why = "clients get their tokens by it";
                comparer.say(flow, Breaking, "is gone".to_owned(), why);
            }
            _ => comparer.object(flow, &[], |comparer, key, member| match key {
                "scopes" => flow_scopes(comparer, member),
                "authorizationUrl" | "tokenUrl" | "refreshUrl" if member.differs() => {
                    let why = "clients go to it";
                    comparer.changed(member, key, Breaking, why);
                }
                _ => {}
            }),
        }
    });
}

fn flow_scopes<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    comparer.entries(pair, |comparer, name, scope| {
        let scope_is_text = |value: Option<&Value>| value.is_some_and(Value::is_string);
        let named = scope.clone().called(&format!("scope `{name}`"));
        match (scope.old, scope.new) {
            (None, _) => {
                let why = "the scopes of before serve";
                comparer.say(&named, Compatible, "is new".to_owned(), why);
            }
            (_, None) => {
                let why = "clients ask for it";
                comparer.say(&named, Breaking, "is gone".to_owned(), why);
            }
            _ if scope.differs() && scope_is_text(scope.old) && scope_is_text(scope.new) => {
                let what = "its description reads differently".to_owned();
                comparer.say(&named, Texts, what, "only people read it");
            }
            _ => {}
        }
    });
}
