//! The rows: which are measured, how long, and how they are printed.

use std::fmt;

use super::rounds::{Work, compare};
use super::spread::Spread;

/// A table that is printed row by row.
pub(crate) struct Table {
    /// Only rows with this in their name.
    part: String,
    /// Whether to measure; else each side is run a few times, to see that it works.
    measure: bool,
    begun: bool,
}

impl Table {
    /// `cargo bench` passes `--bench`; `cargo test` does not.
    pub(crate) fn from_args(args: impl Iterator<Item = String>) -> Self {
        let (flags, parts): (Vec<_>, Vec<_>) = args.partition(|arg| arg.starts_with("--"));
        Self {
            part: parts.into_iter().next().unwrap_or_default(),
            measure: flags.iter().any(|flag| flag == "--bench"),
            begun: false,
        }
    }

    /// Measures one row, of work that is done `times` in each go.
    pub(crate) fn row(
        &mut self,
        name: &str,
        rounds: usize,
        times: u32,
        ours: Work<'_>,
        baseline: Work<'_>,
    ) {
        if !name.contains(&self.part) {
            return;
        }
        if !self.begun {
            println!("| what | ours | baseline | ratio (quartiles) | of CPU time |");
            println!("| --- | --- | --- | --- | --- |");
            self.begun = true;
        }
        let of = compare(if self.measure { rounds } else { 1 }, ours, baseline);
        let (ours, baseline) = (each(of.ours, times), each(of.baseline, times));
        println!(
            "| {name} | {ours} | {baseline} | {} | {} |",
            of.wall, of.cpu
        );
    }
}

/// The time of one of so many.
fn each(seconds: f64, times: u32) -> String {
    let nanoseconds = seconds * 1e9 / f64::from(times);
    match nanoseconds {
        ns if ns < 10_000.0 => format!("{ns:.0} ns"),
        ns if ns < 10_000_000.0 => format!("{:.1} µs", ns / 1e3),
        ns => format!("{:.1} ms", ns / 1e6),
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { median, low, high } = self;
        write!(f, "{median:.3} ({low:.3} to {high:.3})")
    }
}
