//! Components: their names, which generated code takes over, and those that no operation uses.

use std::collections::BTreeSet;

use super::{
    super::finding::{
        Effect::{Breaking, Compatible, Texts},
        Side,
    },
    comparer::Comparer,
    messages, parameters, schemas, security,
};

/// Compares the components. `met` names those that were compared where operations use them.
pub fn compare(comparer: &mut Comparer<'_>, met: &BTreeSet<String>) {
    let components = comparer.at("/components", "/components", "", Side::Both);
    comparer.guarded(&components, |comparer| {
        comparer.entries(&components, |comparer, section, pair| {
            comparer.entries(pair, |comparer, name, entry| {
                let entry = &entry
                    .clone()
                    .called(&format!("component `{section}/{name}`"));
                match (entry.old, entry.new) {
                    (Some(_), Some(_)) if met.contains(&entry.new_at) => comparer.told_elsewhere(),
                    (Some(_), Some(_)) => match section {
                        "schemas" => schemas::compare(comparer, entry),
                        "parameters" => parameters::parameter(comparer, entry),
                        "headers" => parameters::header(comparer, entry),
                        "responses" => messages::response(comparer, entry, true),
                        "requestBodies" => messages::request_body(comparer, entry),
                        "securitySchemes" => security::scheme(comparer, entry),
                        "examples" => comparer.text(entry, name),
                        _ => {}
                    },
                    _ if section == "examples" => comparer.text(entry, name),
                    (None, _) => {
                        let why = "what was there stays";
                        comparer.say(entry, Compatible, "is new".to_owned(), why);
                    }
                    (_, None) => {
                        let why = "several generators name types after it";
                        comparer.say(entry, Breaking, "is gone".to_owned(), why);
                    }
                }
            });
        });
    });
    comparer.finish();
}

/// Compares the tags that the document declares. What names code is the tag of an operation; this is its text.
pub fn declared_tags<'a>(comparer: &mut Comparer<'a>, pair: &super::pair::Pair<'a>) {
    if pair.differs() {
        let what = "the declared tags, or their texts, read differently".to_owned();
        let why = "only people read them; the tags of an operation are compared with it";
        comparer.say(pair, Texts, what, why);
    }
}
