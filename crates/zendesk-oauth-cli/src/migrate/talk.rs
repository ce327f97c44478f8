//! What is told on the way, to a person only: JSON has it all in its record.

use crate::output::{Format, OutputFlags, talk};

/// Whether anybody listens.
#[derive(Clone, Copy)]
pub(super) struct Talk(bool);

impl Talk {
    pub(super) fn of(output: &OutputFlags) -> Self {
        Self(output.format == Format::Table)
    }

    pub(super) fn say(self, text: impl std::fmt::Display) {
        if self.0 {
            talk(text);
        }
    }
}
