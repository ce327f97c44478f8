//! The two streams.

use std::fmt;
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

use super::progress::aside;
use crate::failure::Failure;

/// Prints, and flushes, so that a reader at the other end of a pipe sees it now.
pub(crate) fn print(text: &str) {
    let _ = write(text);
}

/// As [`print`], for those who stop when nobody reads.
pub(crate) fn write(text: &str) -> Result<(), Failure> {
    aside(|| {
        let mut stdout = io::stdout().lock();
        stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush())
            .map_err(|error| match error.kind() {
                ErrorKind::BrokenPipe => Failure::closed_pipe(),
                _ => Failure::failed("standard output cannot be written to").because(error),
            })
    })
}

/// Tells the person at the terminal, under the name of the program.
pub(crate) fn complain(what: impl fmt::Display) {
    talk(format_args!("zendesk-oauth: {what}"));
}

/// Tells the person at the terminal.
pub(crate) fn talk(what: impl fmt::Display) {
    // In one piece: other processes may write to the same terminal.
    let line = format!("{what}\n");
    aside(|| {
        let _ = io::stderr().lock().write_all(line.as_bytes());
    });
}

/// Whether colours are wanted: <https://no-color.org/>.
pub(crate) fn is_colourful() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
}
