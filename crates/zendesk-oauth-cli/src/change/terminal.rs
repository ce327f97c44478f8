//! A line that a person types, while Ctrl-C goes on to work.

use std::io::{self, IsTerminal as _, Write as _};

use crate::failure::Failure;
use crate::interrupt::at_prompt;

/// Whether a person can be asked: questions go to standard error, answers come from standard input.
pub(super) fn is_there() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks, and gives the line without its end. `None` when the input ends (Ctrl-D).
///
/// A read cannot be broken off. After Ctrl-C the process is left from beside it, and the terminal is set back.
pub(super) fn ask(question: &str, is_hidden: bool) -> Result<Option<String>, Failure> {
    // Before the question is seen: what is typed after it counts, and is not shown.
    let echo = is_hidden.then(Echo::off).transpose().map_err(unreadable)?;
    let mut stderr = io::stderr().lock();
    let asked = write!(stderr, "{question}").and_then(|()| stderr.flush());
    drop(stderr);
    asked.map_err(unreadable)?;
    let answer = at_prompt(read_line).map_err(unreadable);
    if echo.is_some() || answer.is_err() {
        // The line end was not shown either.
        let _ = writeln!(io::stderr());
    }
    drop(echo);
    answer
}

fn read_line() -> io::Result<Option<String>> {
    let mut line = String::new();
    let bytes = io::stdin().read_line(&mut line)?;
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    Ok((bytes > 0).then_some(line))
}

fn unreadable(error: io::Error) -> Failure {
    Failure::usage("the terminal cannot be read").because(error)
}

/// A terminal that does not show what is typed, until this is dropped.
#[cfg(unix)]
struct Echo(rustix::termios::Termios);

#[cfg(unix)]
impl Echo {
    fn off() -> io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

        let before = tcgetattr(io::stdin())?;
        let mut hidden = before.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        tcsetattr(io::stdin(), OptionalActions::Drain, &hidden)?;
        Ok(Self(before))
    }
}

#[cfg(unix)]
impl Drop for Echo {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};

        let _ = tcsetattr(io::stdin(), OptionalActions::Drain, &self.0);
    }
}

/// Where a terminal cannot be told to hide, nothing is asked.
#[cfg(not(unix))]
struct Echo;

#[cfg(not(unix))]
impl Echo {
    fn off() -> io::Result<Self> {
        Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "it cannot be told not to show what is typed: give a file instead",
        ))
    }
}
