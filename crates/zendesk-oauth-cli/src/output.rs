//! Standard output and standard error, either of which may be closed: nobody reads then, and that is no
//! reason to panic as `println!` does, nor to stop.

use std::fmt;
use std::io::{self, IsTerminal as _, Write as _};

/// Prints, and flushes, so that a reader at the other end of a pipe sees it now.
pub(crate) fn print(text: &str) {
    let mut stdout = io::stdout().lock();
    let _ = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush());
}

/// Tells the person at the terminal, under the name of the program.
pub(crate) fn complain(what: impl fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "zendesk-oauth: {what}");
}

/// Whether colours are wanted: <https://no-color.org/>.
pub(crate) fn is_colourful() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
}
