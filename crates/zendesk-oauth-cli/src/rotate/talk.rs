//! What is said beside the outcome. With -o json, what stands on standard error before a failure would spoil it for
//! scripts, so the failure carries it.

use std::cell::RefCell;
use std::fmt::Display;

use crate::failure::Failure;
use crate::output::{Format, complain};

/// The talk of one command.
pub(super) struct Talk {
    is_held: bool,
    held: RefCell<Vec<String>>,
}

impl Talk {
    pub(super) fn new(format: Format) -> Self {
        Self {
            is_held: format != Format::Table,
            held: RefCell::default(),
        }
    }

    /// Says it now, or keeps it until the end is known.
    pub(super) fn say(&self, what: impl Display) {
        if self.is_held {
            self.held.borrow_mut().push(what.to_string());
        } else {
            complain(what);
        }
    }

    /// The failure, with what was kept before its text.
    pub(super) fn carried(&self, failure: Failure) -> Failure {
        if failure.is_closed_pipe() {
            return failure;
        }
        let held = self.held.take();
        if held.is_empty() {
            failure
        } else {
            failure.during(held.join("; "))
        }
    }
}

/// All went well, or a signal came.
impl Drop for Talk {
    fn drop(&mut self) {
        for what in self.held.take() {
            complain(what);
        }
    }
}
