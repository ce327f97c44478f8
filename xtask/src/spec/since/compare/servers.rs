//! Servers: the first is where clients go; the others are a choice.

use serde_json::Value;

use super::{
    super::finding::Effect::{Breaking, Compatible},
    comparer::Comparer,
    lists,
    pair::Pair,
};
use crate::openapi::text;

/// Compares two lists of servers.
pub fn compare<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    let (Some(old), Some(new)) = (lists::list(pair.old), lists::list(pair.new)) else {
        return;
    };
    let url = |server: Option<&'a Value>| server.map_or("/", |server| text(server, "url"));
    let (first, now) = (url(old.first()), url(new.first()));
    if first != now {
        let what = format!("the first was `{first}`, is `{now}`");
        let why = "generated clients go to the first unless told otherwise";
        comparer.say(pair, Breaking, what, why);
    }
    for (index, server) in old.iter().enumerate() {
        let is_same = |other: &Value| text(other, "url") == text(server, "url");
        match new.iter().position(is_same) {
            Some(now) => {
                let old_item = pair.item(index);
                let new_item = pair.item(now);
                let item = Pair {
                    new: new_item.new,
                    new_at: new_item.new_at,
                    ..old_item
                };
                comparer.guarded(&item, |comparer| one(comparer, &item));
            }
            None if index > 0 => {
                let what = format!("`{}` is gone", text(server, "url"));
                comparer.say(pair, Breaking, what, "clients may have chosen it");
            }
            None => {}
        }
    }
    for server in new {
        if old
            .iter()
            .all(|other| text(other, "url") != text(server, "url"))
        {
            let what = format!("`{}` is new", text(server, "url"));
            comparer.say(pair, Compatible, what, "the others serve as before");
        }
    }
    let urls = |list: &'a [Value]| list.iter().map(|one| text(one, "url")).collect::<Vec<_>>();
    let (mut was, mut is) = (urls(old), urls(new));
    if first == now && was != is {
        was.sort_unstable();
        is.sort_unstable();
        if was == is {
            lists::reordered(comparer, pair, "server");
        }
    }
}

fn one<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    let url = pair.new.map_or("", |server| text(server, "url"));
    let pair = pair.clone().called(&format!("server `{url}`"));
    comparer.object(&pair, &[], |comparer, key, member| {
        if key == "variables" {
            comparer.entries(member, |comparer, name, variable| {
                let variable = variable.clone().called(&format!("variable `{name}`"));
                comparer.object(&variable, &[], |comparer, key, member| match key {
                    "default" if member.differs() => {
                        let why = "clients that do not set it go elsewhere";
                        comparer.changed(member, key, Breaking, why);
                    }
                    "enum" if member.both().is_some() => {
                        let rule = lists::Rule {
                            name: "value",
                            added: (Compatible, "the values of before are accepted"),
                            removed: (Breaking, "clients may have chosen it"),
                        };
                        lists::compare(comparer, member, &rule);
                    }
                    _ => {}
                });
            });
        }
    });
}
