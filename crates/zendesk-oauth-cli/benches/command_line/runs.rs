//! A command, run many times.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

/// How often a command runs.
const TIMES: usize = 101;

/// Whether this is only to see that it runs.
pub(crate) fn is_quick() -> bool {
    !std::env::args().any(|argument| argument == "--bench")
}

/// The times that runs of one command took, sorted.
pub(crate) struct Runs(Vec<Duration>);

/// A command to run.
pub(crate) struct Made<F>(F);

impl Runs {
    /// Of what this makes.
    pub(crate) fn of<F: Fn() -> Command>(make: F) -> Made<F> {
        Made(make)
    }

    /// Prints the median, and the range of the middle half.
    pub(crate) fn print(&self, name: &str) {
        let at = |share: usize| {
            let time = self.0[(self.0.len() - 1) * share / 100];
            time.as_secs_f64() * 1000.0
        };
        println!(
            "{name:<24} {:>8.2} ms  ({:.2} to {:.2})",
            at(50),
            at(25),
            at(75)
        );
    }
}

impl<F: Fn() -> Command> Made<F> {
    /// Runs it with these arguments. It is to exit with 0.
    pub(crate) fn with(self, arguments: &[&str]) -> Runs {
        let times = if is_quick() { 1 } else { TIMES };
        let mut taken: Vec<Duration> = (0..times).map(|_| self.once(arguments)).collect();
        taken.sort_unstable();
        Runs(taken)
    }

    /// Runs it once.
    pub(crate) fn once(&self, arguments: &[&str]) -> Duration {
        let mut command = (self.0)();
        command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let began = Instant::now();
        let status = command.status().expect("the program runs");
        let taken = began.elapsed();
        assert!(status.success(), "{arguments:?}: {status}");
        taken
    }
}

/// The most memory that any process took that this one has waited for, in bytes.
pub(crate) fn peak_memory() -> u64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts");
    // Linux counts kibibytes.
    u64::try_from(usage.max_rss()).unwrap_or(0) * 1024
}
