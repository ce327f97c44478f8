//! The account's time, and the times of its records.

use std::fmt;

use jiff::Timestamp;
use reqwest::header::HeaderMap;

use crate::account::time::{Moment, server_time};
use crate::audit::inventory::Unreadable;

/// The `Date` of the first answer that had one, and what could not be read.
#[derive(Default)]
pub(super) struct Times {
    now: Option<Timestamp>,
    unreadable: Option<Unreadable>,
}

impl Times {
    /// Looks at an answer.
    pub(super) fn note(&mut self, headers: &HeaderMap) {
        self.now = self.now.or_else(|| server_time(headers));
    }

    /// The account's time; this machine's if no answer told.
    pub(super) fn now(&self) -> Timestamp {
        self.now.unwrap_or_else(Timestamp::now)
    }

    /// Reads what the server wrote. `whose` is said if it cannot be read.
    pub(super) fn read(
        &mut self,
        written: Option<&zendesk_oauth::Timestamp>,
        whose: impl fmt::Display,
    ) -> Moment {
        let moment = Moment::of(written);
        if moment == Moment::Unreadable {
            let first = || Unreadable::new(whose.to_string());
            self.unreadable.get_or_insert_with(first).count += 1;
        }
        moment
    }

    /// What could not be read.
    pub(super) fn unreadable(self) -> Option<Unreadable> {
        self.unreadable
    }
}
