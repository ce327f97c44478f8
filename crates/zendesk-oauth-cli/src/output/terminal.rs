//! What standard output can show.

use std::io::{IsTerminal as _, stdout};

/// How wide it is taken to be if it does not say.
const USUAL: usize = 80;

/// A terminal, or none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    /// Its columns. A file or pipe has none.
    pub(super) width: Option<usize>,
    /// Whether colours are wanted.
    pub(super) is_colourful: bool,
}

impl Terminal {
    /// Standard output. COLUMNS is believed more than the terminal.
    pub(super) fn of_stdout(no_color: bool) -> Self {
        if !stdout().is_terminal() {
            return Self::none();
        }
        let said = std::env::var("COLUMNS").ok();
        let said = said.and_then(|it| it.parse().ok()).filter(|it| *it > 0);
        let asked = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Self {
            width: Some(said.or_else(asked).filter(|it| *it > 0).unwrap_or(USUAL)),
            is_colourful: !no_color && super::is_colourful(),
        }
    }

    /// A file or a pipe.
    pub(super) fn none() -> Self {
        Self {
            width: None,
            is_colourful: false,
        }
    }
}
