//! What was asked and how it was answered, without secrets.
//!
//! Entries keep the request as it came, which costs next to nothing; it is stripped of secrets when
//! somebody reads it.

mod entry;
mod redact;
mod target;
mod uri;

use std::collections::VecDeque;

use axum::http::StatusCode;
use bytes::Bytes;

pub use entry::JournalEntry;
pub(crate) use entry::{Entry, Form, redacted};
pub(crate) use target::Target;

/// How many requests are remembered.
const LENGTH: usize = 1_000;

/// Bodies longer than this are not remembered.
const LONGEST_BODY: usize = 16 * 1024;

/// The latest requests, oldest first.
#[derive(Default)]
pub(crate) struct Journal {
    entries: VecDeque<Entry>,
    written: u64,
    /// How many journals there were before, as numbers begin anew with each.
    generation: u64,
}

/// Which entry it is, whatever becomes of the journal.
#[derive(Clone, Copy)]
pub(crate) struct Written {
    generation: u64,
    number: u64,
}

/// Which entries somebody wants to see.
#[derive(Default)]
pub(crate) struct Wanted<'a> {
    /// Those after this number; the first of them, if there is a limit. Without it, the last of all.
    pub(crate) after: Option<u64>,
    pub(crate) limit: Option<usize>,
    pub(crate) operation: Option<&'a str>,
}

impl Journal {
    pub(crate) fn write(&mut self, mut entry: Entry) -> Written {
        self.written += 1;
        entry.number = self.written;
        if entry.body.len() > LONGEST_BODY {
            entry.form = Form::Other(entry.body.len());
            entry.body.clear();
        }
        // A body of its own: that of the request is part of all that its connection has received at once.
        entry.body = Bytes::copy_from_slice(&entry.body);
        if self.entries.len() == LENGTH {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
        Written {
            generation: self.generation,
            number: self.written,
        }
    }

    /// The answer became another after it was written down.
    pub(crate) fn amend(&mut self, written: Written, status: StatusCode) {
        if written.generation != self.generation {
            return;
        }
        let mut latest = self.entries.iter_mut().rev();
        if let Some(entry) = latest.find(|it| it.number == written.number) {
            entry.status = status;
        }
    }

    /// This journal, which is empty, comes after another.
    pub(crate) fn follow(&mut self, before: &Self) {
        self.generation = before.generation + 1;
    }

    /// Entries, oldest first.
    pub(crate) fn select(&self, wanted: &Wanted<'_>) -> Vec<Entry> {
        let named = |entry: &&Entry| {
            let operation = entry.route.map(|route| route.operation);
            wanted.operation.is_none() || wanted.operation == operation
        };
        let limit = wanted.limit.unwrap_or(LENGTH);
        let Some(after) = wanted.after else {
            let newest = self.entries.iter().rev().filter(named).take(limit);
            let mut entries: Vec<Entry> = newest.cloned().collect();
            entries.reverse();
            return entries;
        };
        let later = self.entries.iter().filter(|entry| entry.number > after);
        later.filter(named).take(limit).cloned().collect()
    }

    /// Forgets every entry. Those to come are numbered on.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use jiff::Timestamp;

    use super::*;
    use crate::http::RequestId;

    fn entry() -> Entry {
        Entry {
            number: 0,
            time: Timestamp::UNIX_EPOCH,
            route: None,
            method: Method::GET,
            target: Target::of(&"/".parse().unwrap()),
            body: Bytes::new(),
            form: Form::Nothing,
            status: StatusCode::OK,
            // The same after each reset.
            request_id: RequestId::of(1, "SBX"),
            forced: false,
        }
    }

    fn statuses(journal: &Journal) -> Vec<StatusCode> {
        journal.entries.iter().map(|entry| entry.status).collect()
    }

    #[test]
    fn an_entry_is_amended_and_no_other() {
        let mut before = Journal::default();
        let (first, second) = (before.write(entry()), before.write(entry()));
        before.amend(first, StatusCode::SERVICE_UNAVAILABLE);
        let expected = [StatusCode::SERVICE_UNAVAILABLE, StatusCode::OK];
        assert_eq!(statuses(&before), expected);
        let mut journal = Journal::default();
        journal.follow(&before);
        journal.write(entry());
        journal.write(entry());
        journal.amend(second, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(statuses(&journal), [StatusCode::OK; 2]);
    }

    #[test]
    fn a_body_is_kept_without_what_came_with_it() {
        let received = Bytes::from(vec![b'x'; 100_000]);
        let mut journal = Journal::default();
        journal.write(Entry {
            body: received.slice(..10),
            ..entry()
        });
        assert!(received.is_unique());
        assert_eq!(journal.entries[0].body.len(), 10);
    }
}
