//! Walks two documents side by side and collects what differs. A difference that no rule speaks of is caught here.

use std::collections::{BTreeSet, VecDeque};

use serde_json::Value;

use super::{
    super::finding::{Effect, Finding, Side},
    pair::{Pair, shown},
    schemas,
    unchanged::Unchanged,
};
use crate::{openapi::reference, pointer};

/// Members that only people read, wherever they stand in an object of OpenAPI.
pub const TEXTS: [&str; 5] = [
    "description",
    "summary",
    "example",
    "examples",
    "externalDocs",
];

/// References that lead on to references are followed so far.
const MOST_HOPS: usize = 32;

/// Two documents, and what was found so far.
#[derive(Debug)]
pub struct Comparer<'a> {
    /// The earlier document.
    pub old: &'a Value,
    /// The present document.
    pub new: &'a Value,
    /// What was found, in the order of the walk.
    pub findings: Vec<Finding>,
    /// Components of one name in both documents that were compared.
    pub met: BTreeSet<String>,
    /// Grows with every finding, and where a difference is told elsewhere.
    told: usize,
    /// Schemas behind references wait here, so that recursive ones end and long chains need no stack.
    waiting: VecDeque<Pair<'a>>,
    seen: BTreeSet<(String, String, Side)>,
    unchanged: &'a Unchanged<'a>,
}

impl<'a> Comparer<'a> {
    /// Nothing is found yet.
    pub fn new(old: &'a Value, new: &'a Value, unchanged: &'a Unchanged<'a>) -> Self {
        Self {
            old,
            new,
            findings: Vec::new(),
            met: BTreeSet::new(),
            told: 0,
            waiting: VecDeque::new(),
            seen: BTreeSet::new(),
            unchanged,
        }
    }

    /// A pair at one place of both documents.
    pub fn at(&self, old_at: &str, new_at: &str, place: &str, side: Side) -> Pair<'a> {
        Pair {
            old: self.old.pointer(old_at),
            new: self.new.pointer(new_at),
            old_at: old_at.to_owned(),
            new_at: new_at.to_owned(),
            place: place.to_owned(),
            member: String::new(),
            side,
        }
    }

    /// Notes a difference that a rule judged.
    pub fn say(&mut self, pair: &Pair<'a>, effect: Effect, what: String, why: &'static str) {
        self.push(pair, effect, what, why, true);
    }

    /// Notes that the member in question was one value and is another.
    pub fn changed(&mut self, pair: &Pair<'a>, name: &str, effect: Effect, why: &'static str) {
        let what = format!("`{name}` was {}, is {}", shown(pair.old), shown(pair.new));
        self.say(pair, effect, what, why);
    }

    /// Notes a difference that no rule knows.
    pub fn unknown(&mut self, pair: &Pair<'a>) {
        let name = pointer::last(&pair.pointer());
        let what = format!("`{name}` was {}, is {}", shown(pair.old), shown(pair.new));
        let why = "the comparison has no rule for this, so it counts as breaking";
        self.push(pair, Effect::Breaking, what, why, false);
    }

    fn push(
        &mut self,
        pair: &Pair<'a>,
        effect: Effect,
        what: String,
        why: &'static str,
        known: bool,
    ) {
        self.told += 1;
        self.findings.push(Finding {
            effect,
            pointer: pair.pointer(),
            place: pair.words(),
            what,
            why,
            known,
        });
    }

    /// This difference is told by another finding.
    pub fn told_elsewhere(&mut self) {
        self.told += 1;
    }

    /// Runs `rule`, and when the two differ as written and nothing was told of it, says that no rule knows it.
    pub fn guarded(&mut self, pair: &Pair<'a>, rule: impl FnOnce(&mut Self)) {
        let before = self.told;
        rule(self);
        if pair.differs() && self.told == before {
            self.unknown(pair);
        }
    }

    /// Compares two objects of OpenAPI member by member. `rule` judges a member, or leaves it alone if it knows
    /// nothing of it; texts are judged here; members in `aside` are compared elsewhere.
    pub fn object(
        &mut self,
        pair: &Pair<'a>,
        aside: &[&str],
        mut rule: impl FnMut(&mut Self, &str, &Pair<'a>),
    ) {
        self.entries(pair, |comparer, name, member| {
            if aside.contains(&name) {
                comparer.told_elsewhere();
            } else if TEXTS.contains(&name) {
                comparer.text(member, name);
            } else {
                rule(comparer, name, member);
            }
        });
    }

    /// Compares two maps, whose keys are names of ours, entry by entry.
    pub fn entries(&mut self, pair: &Pair<'a>, mut rule: impl FnMut(&mut Self, &str, &Pair<'a>)) {
        let empty = serde_json::Map::new();
        let map = |value: Option<&'a Value>| match value {
            None => Some(None),
            Some(Value::Object(map)) => Some(Some(map)),
            Some(_) => None,
        };
        let (Some(old), Some(new)) = (map(pair.old), map(pair.new)) else {
            if pair.differs() {
                self.unknown(pair);
            }
            return;
        };
        let names: BTreeSet<&String> = old
            .unwrap_or(&empty)
            .keys()
            .chain(new.unwrap_or(&empty).keys())
            .collect();
        for name in names {
            let value = |map: Option<&'a serde_json::Map<String, Value>>| map?.get(name);
            if let (Some(old), Some(new)) = (value(old), value(new))
                && self.unchanged.covers(old, new)
            {
                continue;
            }
            let member = pair.child(name);
            self.guarded(&member, |comparer| rule(comparer, name, &member));
        }
    }

    /// A member that only people read.
    pub fn text(&mut self, pair: &Pair<'a>, name: &str) {
        if pair.differs() {
            let what = match (pair.old.is_some(), pair.new.is_some()) {
                (false, _) => format!("`{name}` is new"),
                (_, false) => format!("`{name}` is gone"),
                _ => format!("`{name}` reads differently"),
            };
            self.say(pair, Effect::Texts, what, "only people read it");
        }
    }

    /// A boolean that is `false` where it is not written: what turning it on and off does.
    pub fn flag(
        &mut self,
        pair: &Pair<'a>,
        name: &str,
        on: (Effect, &'static str),
        off: (Effect, &'static str),
    ) {
        let (Some(old), Some(new)) = (boolean(pair.old, false), boolean(pair.new, false)) else {
            return;
        };
        match (old, new) {
            (false, true) => self.changed(pair, name, on.0, on.1),
            (true, false) => self.changed(pair, name, off.0, off.1),
            _ => self.written_out(pair, name),
        }
    }

    /// A default that is written now and was not, or the other way round.
    pub fn written_out(&mut self, pair: &Pair<'a>, name: &str) {
        if pair.differs() {
            let why = "it is what holds where nothing is written";
            self.changed(pair, name, Effect::Texts, why);
        }
    }

    /// The two with references followed. Says so where one refers and the other does not, or to another component.
    pub fn followed(&mut self, pair: &Pair<'a>) -> Pair<'a> {
        let (old_at, old) = follow(self.old, &pair.old_at, pair.old);
        let (new_at, new) = follow(self.new, &pair.new_at, pair.new);
        let referred = |value: Option<&'a Value>| value.and_then(reference);
        if pair.both().is_some() && referred(pair.old) != referred(pair.new) {
            let words = |value| match referred(value) {
                Some(target) => format!("a reference to `{target}`"),
                None => "written in place".to_owned(),
            };
            let what = format!("was {}, is {}", words(pair.old), words(pair.new));
            let why = "what it says is compared as well";
            self.say(pair, Effect::Texts, what, why);
        }
        if old_at == new_at {
            self.met.insert(old_at.clone());
        }
        Pair {
            old,
            new,
            old_at,
            new_at,
            ..pair.clone()
        }
    }

    /// Has a pair of schemas compared later, unless they were already, going the same way.
    pub fn wait(&mut self, pair: Pair<'a>) {
        let key = (pair.old_at.clone(), pair.new_at.clone(), pair.side);
        if pair.old_at == pair.new_at {
            self.met.insert(pair.old_at.clone());
        }
        if self.seen.insert(key) {
            self.waiting.push_back(pair);
        }
    }

    /// Compares all schemas that wait, and those that come up meanwhile.
    pub fn finish(&mut self) {
        while let Some(pair) = self.waiting.pop_front() {
            schemas::body(self, &pair);
        }
    }
}

/// What references lead to, with its pointer. One that leads nowhere, out of the document or in a circle is left
/// as it is: it is compared as written.
pub fn follow<'a>(
    root: &'a Value,
    at: &str,
    value: Option<&'a Value>,
) -> (String, Option<&'a Value>) {
    let (mut found_at, mut found) = (at.to_owned(), value);
    for _ in 0..MOST_HOPS {
        let Some(target) = found.and_then(reference) else {
            return (found_at, found);
        };
        let Some((pointer, next)) = target
            .strip_prefix('#')
            .and_then(|pointer| Some((pointer, root.pointer(pointer)?)))
        else {
            break;
        };
        (found_at, found) = (pointer.to_owned(), Some(next));
    }
    (at.to_owned(), value)
}

/// A boolean, or what holds where none is written; `None` where something else stands.
pub fn boolean(value: Option<&Value>, default: bool) -> Option<bool> {
    value.map_or(Some(default), Value::as_bool)
}
