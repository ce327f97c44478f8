//! Colours of a terminal.

use crate::output;

/// Whether texts are coloured.
#[derive(Clone, Copy)]
pub(super) struct Colours(bool);

impl Colours {
    /// As standard output and the environment have it.
    pub(super) fn wanted() -> Self {
        Self(output::is_colourful())
    }

    #[cfg(test)]
    pub(super) fn off() -> Self {
        Self(false)
    }

    pub(super) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    pub(super) fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    pub(super) fn red(self, text: &str) -> String {
        self.with("31", text)
    }

    pub(super) fn green(self, text: &str) -> String {
        self.with("32", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
