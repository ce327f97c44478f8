//! All documents then and now: which was there, what changed in each, and whether its version tells it. Pure.

use std::collections::BTreeMap;

use super::{
    compare::{self, Comparison},
    versions::{self, Raise},
};
use crate::document::Document;

/// What became of one document.
#[derive(Clone, Debug)]
pub struct DocumentChange {
    /// `chat-oauth-tokens`.
    pub name: String,
    /// What became of it.
    pub state: State,
}

/// What became of a document.
#[derive(Clone, Debug)]
pub enum State {
    /// It was not there. It needs no earlier version.
    New {
        /// Its version.
        version: String,
    },
    /// It is gone, which breaks the set; that is told by the version of the bundle.
    Removed {
        /// The version that it had.
        version: String,
    },
    /// It is there in both.
    Kept {
        /// The version that it had.
        before: String,
        /// The version that it has.
        now: String,
        /// What differs.
        comparison: Comparison,
        /// Whether the version was raised as it must be.
        raise: Raise,
    },
}

impl DocumentChange {
    /// What is wrong with its version, in words.
    pub fn refusal(&self) -> Option<String> {
        match &self.state {
            State::Kept { raise, .. } => raise.refusal(),
            _ => None,
        }
    }
}

/// Compares two sets of documents by name: those of now in their order, then those that are gone.
pub fn compare(old: &[Document], new: &[Document]) -> Vec<DocumentChange> {
    let before: BTreeMap<&str, &Document> =
        old.iter().map(|one| (one.name.as_str(), one)).collect();
    let mut changes: Vec<DocumentChange> = new
        .iter()
        .map(|document| DocumentChange {
            name: document.name.clone(),
            state: match before.get(document.name.as_str()) {
                Some(earlier) => kept(earlier, document),
                None => State::New {
                    version: compare::version(document).to_owned(),
                },
            },
        })
        .collect();
    for document in old {
        if new.iter().all(|other| other.name != document.name) {
            changes.push(DocumentChange {
                name: document.name.clone(),
                state: State::Removed {
                    version: compare::version(document).to_owned(),
                },
            });
        }
    }
    changes
}

fn kept(old: &Document, new: &Document) -> State {
    let comparison = compare::compare(old, new);
    let (before, now) = (compare::version(old), compare::version(new));
    State::Kept {
        raise: versions::judge(before, now, comparison.effect()),
        before: before.to_owned(),
        now: now.to_owned(),
        comparison,
    }
}
