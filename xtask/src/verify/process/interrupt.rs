//! Ctrl-C: every running program is ended, and what was begun is taken back.
//!
//! Each program has a process group of its own, so that the terminal's signal reaches us alone. The listener ends the
//! groups, no other is started from then on, and what waits for them goes back the way of a failure: temporary folders
//! are removed, and what was made is taken back.

use std::{
    collections::BTreeSet,
    io,
    process::Child,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::outputs::Failure;

/// What is said of it.
pub(super) const WORD: &str = "interrupted";

/// The exit code of a program that Ctrl-C ended, as shells give it.
pub const EXIT_CODE: u8 = 130;

struct State {
    has_come: bool,
    /// The groups that run.
    groups: BTreeSet<u32>,
}

static STATE: Mutex<State> = Mutex::new(State {
    has_come: false,
    groups: BTreeSet::new(),
});

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether we are interrupted.
pub fn came() -> bool {
    state().has_come
}

/// Goes on unless we are interrupted.
///
/// # Errors
/// [`Failure::Interrupted`].
pub fn check() -> Result<(), Failure> {
    match came() {
        true => Err(Failure::Interrupted),
        false => Ok(()),
    }
}

/// Does some work that an interruption ends as a failure of its own.
///
/// # Errors
/// The work's failure, or [`Failure::Interrupted`] instead, as what fails then fails for this reason.
pub fn ends<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    listen()?;
    work().map_err(|failure| check().err().unwrap_or(failure))
}

/// Starts a program, unless we are interrupted. Under the lock, so that none slips through.
pub(super) fn start(spawn: impl FnOnce() -> io::Result<Child>) -> io::Result<Child> {
    let mut state = state();
    if state.has_come {
        return Err(io::ErrorKind::Interrupted.into());
    }
    let child = spawn()?;
    state.groups.insert(child.id());
    Ok(child)
}

/// The group has ended.
pub(super) fn forget(group: u32) {
    state().groups.remove(&group);
}

/// Listens from the first call on.
#[cfg(unix)]
fn listen() -> Result<(), Failure> {
    use signal_hook::{
        consts::{SIGINT, SIGTERM},
        iterator::Signals,
    };
    use std::{sync::OnceLock, thread};

    static LISTENS: OnceLock<Result<(), String>> = OnceLock::new();
    let begin = || {
        let mut signals = Signals::new([SIGINT, SIGTERM]).map_err(|error| error.to_string())?;
        thread::spawn(move || {
            for _ in signals.forever() {
                let mut state = state();
                state.has_come = true;
                for group in &state.groups {
                    super::group::kill(*group);
                }
            }
        });
        Ok(())
    };
    LISTENS.get_or_init(begin).clone().map_err(|said| {
        Failure::refused(
            format!("Ctrl-C cannot be listened for: {said}"),
            "see what the system allows",
        )
    })
}

/// Elsewhere Ctrl-C reaches every program by itself.
#[cfg(not(unix))]
fn listen() -> Result<(), Failure> {
    Ok(())
}
