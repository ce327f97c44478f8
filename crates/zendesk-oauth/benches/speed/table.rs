//! The rows: which are measured, how long, and how they are printed.

use std::time::Duration;
use std::{fmt, io};

use super::raw::Compared;
use super::rounds::{Work, compare};
use super::spread::Spread;
use super::taken::Taken;

/// What is measured, and against what.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) name: &'a str,
    /// The baseline.
    pub(crate) other: &'a str,
    /// The ratio of the times on the wall that it is to be at or below.
    pub(crate) goal: Option<f64>,
    pub(crate) rounds: usize,
    /// How often the work is done in each go.
    pub(crate) times: u32,
}

/// The baseline of most rows.
pub(crate) const BY_HAND: &str = "reqwest by hand";

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

    /// Measures one row.
    pub(crate) fn row(
        &mut self,
        row: Row<'_>,
        ours: Work<'_>,
        baseline: Work<'_>,
    ) -> io::Result<()> {
        let Row {
            name,
            rounds,
            times,
            ..
        } = row;
        if !name.contains(&self.part) {
            return Ok(());
        }
        if !self.begun {
            println!("| what | ours | baseline | ratio (quartiles) | of CPU time |");
            println!("| --- | --- | --- | --- | --- |");
            self.begun = true;
        }
        let of = compare(if self.measure { rounds } else { 1 }, ours, baseline);
        append(row, &of.taken)?;
        let (ours, baseline) = (each(of.ours, times), each(of.baseline, times));
        println!(
            "| {name} | {ours} | {baseline} | {} | {} |",
            of.wall, of.cpu
        );
        Ok(())
    }
}

/// The seconds of one of so many, on the wall and, where the system tells them, of the client's thread on a processor.
fn append(row: Row<'_>, taken: &[(Taken, Taken)]) -> io::Result<()> {
    type Part = fn(&Taken) -> Duration;
    let units: [(&str, Part, Option<f64>); 2] = [
        ("s", |taken| taken.wall, row.goal),
        ("s of CPU", |taken| taken.cpu, None),
    ];
    for (unit, part, goal) in units {
        let once = |taken: &Taken| part(taken).as_secs_f64() / 2.0 / f64::from(row.times);
        let rounds: Vec<[f64; 2]> = taken
            .iter()
            .map(|(ours, baseline)| [once(ours), once(baseline)])
            .collect();
        if rounds.iter().flatten().all(|seconds| *seconds == 0.0) {
            continue;
        }
        Compared {
            work: row.name,
            ours: "zendesk-oauth",
            other: row.other,
            unit,
            rounds: &rounds,
            goal,
        }
        .append()?;
    }
    Ok(())
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
