//! Operations: which is which in both revisions, and what an operation says itself.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    super::finding::{
        Effect::{Breaking, Compatible, Texts},
        Finding, Side, strongest,
    },
    comparer::Comparer,
    lists, messages,
    pair::{Pair, shown},
    parameters, security, servers,
    unchanged::Unchanged,
};
use crate::{
    openapi::{Operation, operations},
    pointer,
};

/// One operation and what became of it.
#[derive(Clone, Debug)]
pub struct OperationChange {
    /// The operationId of now, or the earlier one where it is gone; may be empty.
    pub id: String,
    /// Method and path: `GET /api/v2/oauth/clients`.
    pub call: String,
    /// What differs; nothing where it is unchanged.
    pub findings: Vec<Finding>,
}

impl OperationChange {
    /// The strongest effect, `None` where nothing changed.
    pub fn effect(&self) -> Option<super::super::finding::Effect> {
        strongest(&self.findings)
    }
}

/// Compares all operations. The second is the components that were compared on the way.
pub fn compare<'a>(
    old: &'a Value,
    new: &'a Value,
    unchanged: &'a Unchanged<'a>,
) -> (Vec<OperationChange>, BTreeSet<String>) {
    let (before, now) = (operations(old), operations(new));
    let matches = matched(&before, &now);
    let mut met = BTreeSet::new();
    let mut changes = Vec::new();
    for (index, operation) in now.iter().enumerate() {
        let mut comparer = Comparer::new(old, new, unchanged);
        match matches[index] {
            Some(earlier) if is_unchanged(unchanged, &before[earlier], operation) => {}
            Some(earlier) => both(&mut comparer, &before[earlier], operation),
            None => {
                let pair = comparer.at("", &operation.pointer, "", Side::Both);
                let what = "the operation is new".to_owned();
                let why = "nobody calls it yet";
                comparer.say(&pair, Compatible, what, why);
            }
        }
        met.append(&mut comparer.met);
        changes.push(change(operation, comparer.findings));
    }
    for (index, operation) in before.iter().enumerate() {
        if !matches.contains(&Some(index)) {
            let mut comparer = Comparer::new(old, new, unchanged);
            let mut pair = comparer.at(&operation.pointer, "", "", Side::Both);
            pair.new = None;
            let what = "the operation is gone".to_owned();
            comparer.say(&pair, Breaking, what, "programs call it");
            changes.push(change(operation, comparer.findings));
        }
    }
    (changes, met)
}

fn change(operation: &Operation<'_>, findings: Vec<Finding>) -> OperationChange {
    OperationChange {
        id: operation.id().to_owned(),
        call: format!("{} {}", operation.method, operation.path),
        findings,
    }
}

/// For each operation of now the index of the earlier one: of the same method and path, else of the same
/// operationId, if that is neither repeated nor taken.
fn matched(before: &[Operation<'_>], now: &[Operation<'_>]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = now
        .iter()
        .map(|operation| {
            let is_same = |other: &Operation<'_>| other.pointer == operation.pointer;
            before.iter().position(is_same)
        })
        .collect();
    for (index, operation) in now.iter().enumerate() {
        let of_id = |list: &[Operation<'_>]| {
            let mut same = list
                .iter()
                .enumerate()
                .filter(|(_, other)| other.id() == operation.id());
            let first = same.next().map(|(index, _)| index);
            first.filter(|_| same.next().is_none())
        };
        if found[index].is_some() || operation.id().is_empty() || of_id(now).is_none() {
            continue;
        }
        found[index] = of_id(before).filter(|earlier| !found.contains(&Some(*earlier)));
    }
    found
}

/// A short way for what did not change in anything that counts for an operation.
fn is_unchanged(unchanged: &Unchanged<'_>, old: &Operation<'_>, new: &Operation<'_>) -> bool {
    let path = pointer::parent(&new.pointer).unwrap_or_default();
    let around = ["parameters", "servers"].map(|name| pointer::join(path, name));
    old.pointer == new.pointer
        && unchanged.covers(old.value, new.value)
        && around.iter().all(|at| unchanged.is_same_at(at))
        && ["/security", "/servers", "/components/securitySchemes"]
            .iter()
            .all(|at| unchanged.is_same_at(at))
}

fn both<'a>(comparer: &mut Comparer<'a>, old: &Operation<'a>, new: &Operation<'a>) {
    let pair = comparer.at(&old.pointer, &new.pointer, "", Side::Sent);
    for (name, was, is) in [
        ("path", old.path, new.path),
        ("method", &old.method, &new.method),
    ] {
        if was != is {
            let what = format!("the {name} was `{was}`, is `{is}`");
            comparer.say(&pair, Breaking, what, "programs call the one of before");
        }
    }
    let aside = ["parameters", "security", "servers"];
    comparer.object(&pair, &aside, |comparer, key, member| match key {
        "operationId" if member.differs() => {
            let why = "generated functions are named after it";
            comparer.changed(member, key, Breaking, why);
        }
        "tags" => tags(comparer, member),
        "x-idempotent" => idempotent(comparer, member),
        "deprecated" => {
            let why = "it serves as before";
            comparer.flag(member, key, (Compatible, why), (Compatible, why));
        }
        "requestBody" => messages::request_body(comparer, &member.clone().called("request body")),
        "responses" => messages::responses(comparer, &member.clone().on(Side::Received)),
        _ => {}
    });
    parameters::compare(comparer, &pair);
    security::compare(comparer, &pair);
    own_servers(comparer, &pair);
    comparer.finish();
}

/// Generators group functions by tag: the first names the module or class, each further one may get a copy.
fn tags<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    let (Some(old), Some(new)) = (lists::list(pair.old), lists::list(pair.new)) else {
        return;
    };
    let why = "generated modules and classes are named after it";
    if old.first() != new.first() {
        let what = format!(
            "the first tag was {}, is {}",
            shown(old.first()),
            shown(new.first())
        );
        comparer.say(pair, Breaking, what, why);
    }
    let rule = lists::Rule {
        name: "tag",
        added: (Compatible, "the others stay"),
        removed: (Breaking, why),
    };
    lists::compare(comparer, pair, &rule);
}

fn idempotent<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    if !pair.differs() {
        return;
    }
    let (effect, why) = match (pair.old.and_then(Value::as_bool), pair.new) {
        (Some(true), _) => (Breaking, "clients repeat it after a failure"),
        (_, Some(Value::Bool(_)) | None) => (Compatible, "clients did not repeat it"),
        _ => return,
    };
    comparer.changed(pair, "x-idempotent", effect, why);
}

/// Servers of the operation or its path, where either revision has some; the document's are compared once.
fn own_servers<'a>(comparer: &mut Comparer<'a>, pair: &Pair<'a>) {
    let at = |root: &Value, operation: &str| {
        [operation, pointer::parent(operation).unwrap_or_default()]
            .into_iter()
            .map(|holder| pointer::join(holder, "servers"))
            .find(|at| root.pointer(at).is_some())
    };
    let (old_at, new_at) = (
        at(comparer.old, &pair.old_at),
        at(comparer.new, &pair.new_at),
    );
    if old_at.is_none() && new_at.is_none() {
        return;
    }
    let is_moved = old_at.is_some() != new_at.is_some();
    let default = || "/servers".to_owned();
    let (old_at, new_at) = (
        old_at.unwrap_or_else(default),
        new_at.unwrap_or_else(default),
    );
    let servers_pair = comparer.at(&old_at, &new_at, "servers", Side::Sent);
    comparer.guarded(&servers_pair, |comparer| {
        servers::compare(comparer, &servers_pair);
        if is_moved && !servers_pair.differs() {
            let what = "the servers of the document are repeated, or no longer are".to_owned();
            comparer.say(&servers_pair, Texts, what, "they are the same");
        }
    });
}
