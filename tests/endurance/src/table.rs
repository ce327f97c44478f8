//! What a run says of itself, and the verdict on what grows.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::cycle::Sample;
use crate::judge::{FEWEST, growth};
use crate::run::Run;
use crate::served::Figures;
use crate::tally::Tally;

const KIB: i64 = 1_024;
const MIB: i64 = 1_024 * KIB;

/// By how much the heap may grow from the end of the warm-up to the end of the run, however long it is: what a table
/// that doubles once takes, and no more.
const HEAP: i64 = 256 * KIB;

/// The same of the resident size: the allocator keeps pages, and splits them.
const RESIDENT: i64 = 16 * MIB;

/// The sandbox remembers a hash of each secret that it made, up to a million of them, so that its journal never shows
/// one: 9 bytes each, in tables that double. A POST makes up to 4 of them.
const OF_A_POST: i64 = 4 * 9 * 2;

/// What the sandbox keeps up to a number, and a run fills slowly: 1,000 requests in its journal, 1,024 codes, 256 flows,
/// and the connections of ZIS, which nothing deletes.
const TABLES: i64 = MIB;

/// What the folders of the logins may grow by: a version and a lease more for each.
const FILES: i64 = 8;

/// How one thing went, and how it may.
struct Series {
    name: &'static str,
    values: Vec<i64>,
    allowed: i64,
}

fn series(samples: &[Sample]) -> Vec<Series> {
    let of = |value: fn(&Sample) -> i64| samples.iter().map(value).collect::<Vec<_>>();
    let posts = |sample: Option<&Sample>| sample.map_or(0, |it| it.posts);
    let warm = samples.get(samples.len() / 3);
    let made = posts(samples.last()).saturating_sub(posts(warm));
    let remembered = i64::try_from(made).unwrap_or(i64::MAX) * OF_A_POST;
    let series = |name, values, allowed| Series {
        name,
        values,
        allowed,
    };
    vec![
        series("client, heap", of(|it| it.client_heap), HEAP),
        series(
            "client, resident",
            of(|it| it.client.held.resident),
            RESIDENT,
        ),
        series(
            "sandbox, heap",
            of(|it| it.sandbox_heap),
            HEAP + TABLES + remembered,
        ),
        series(
            "sandbox, resident",
            of(|it| it.sandbox.held.resident),
            RESIDENT + TABLES + remembered,
        ),
        series(
            "files of logins",
            of(|it| i64::try_from(it.files).unwrap_or(i64::MAX)),
            FILES,
        ),
        series(
            "bytes of them",
            of(|it| i64::try_from(it.file_bytes).unwrap_or(i64::MAX)),
            64 * KIB,
        ),
    ]
}

/// Finds what grows by more than it may.
pub(crate) fn judge(tally: &Tally, samples: &[Sample]) {
    for series in series(samples) {
        if let Some(growth) = growth(&series.values)
            && growth > series.allowed
        {
            tally.find(format!(
                "{} grows: by {growth} over the run after its warm-up, and {} is allowed",
                series.name, series.allowed
            ));
        }
    }
}

fn mib(bytes: i64) -> String {
    // Tenths, by integers.
    let tenths = bytes.saturating_mul(10) / MIB;
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}

/// How far it is.
pub(crate) fn progress(run: &Run, passed: Duration, samples: &[Sample]) -> String {
    let last = samples.last().cloned().unwrap_or_default();
    format!(
        "{:>4.0} s, {} cycles, {} calls, {} logins; client {} heap, {} resident; sandbox {} heap, {} resident{}",
        passed.as_secs_f64(),
        samples.len() - 1,
        run.tally.total(),
        run.tally.logged_in.load(Ordering::Relaxed),
        mib(last.client_heap),
        mib(last.client.held.resident),
        mib(last.sandbox_heap),
        mib(last.sandbox.held.resident),
        match run.tally.has_found() {
            true => "; SOMETHING WAS FOUND",
            false => "",
        }
    )
}

/// All of it, at the end.
pub(crate) fn end(
    run: &Run,
    passed: Duration,
    samples: &[Sample],
    figures: &Figures,
    is_measured: bool,
) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write_end(&mut text, run, passed, samples, figures, is_measured);
    text
}

fn write_end(
    text: &mut String,
    run: &Run,
    passed: Duration,
    samples: &[Sample],
    figures: &Figures,
    is_measured: bool,
) -> std::fmt::Result {
    let tally = &run.tally;
    let count = |of: &std::sync::atomic::AtomicU64| of.load(Ordering::Relaxed);
    let seconds = passed.as_secs_f64();
    let total = tally.total();
    writeln!(text)?;
    writeln!(
        text,
        "seed {}, {:.1} minutes, {} cycles, {} callers",
        run.seed,
        seconds / 60.0,
        samples.len(),
        run.callers
    )?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "it is shown, and far below that"
    )]
    let rate = total as f64 / seconds;
    writeln!(
        text,
        "{total} calls, {rate:.0} a second; {} requests at the sandbox, {} of them struck by a fault",
        figures.exchanges, figures.struck
    )?;
    for (area, outcomes) in tally.calls() {
        let outcomes: Vec<String> = outcomes
            .iter()
            .map(|(outcome, count)| format!("{outcome} {count}"))
            .collect();
        writeln!(text, "  {area:<16} {}", outcomes.join(", "))?;
    }
    writeln!(
        text,
        "logins: {} sources' refreshes carried out, {} logged in, {} logged out, {} ended with a lost answer (each seen by the sandbox)",
        count(&tally.refreshes),
        count(&tally.logged_in),
        count(&tally.logged_out),
        count(&tally.lost)
    )?;
    for series in series(samples) {
        let show = |value: i64| match series.allowed < 1_000 {
            true => value.to_string(),
            false if value.abs() < 10 * MIB => {
                format!("{} KiB", value / KIB)
            }
            false => mib(value),
        };
        let first = series.values.get(series.values.len() / 3).copied();
        let last = series.values.last().copied();
        let verdict = match growth(&series.values) {
            Some(growth) => format!("grows by {}, may by {}", show(growth), show(series.allowed)),
            None => format!("not judged: fewer than {FEWEST} cycles"),
        };
        writeln!(
            text,
            "  {:<18} {} -> {}; {verdict}",
            series.name,
            show(first.unwrap_or_default()),
            show(last.unwrap_or_default())
        )?;
    }
    let (first, last) = (
        samples.first().cloned().unwrap_or_default(),
        samples.last().cloned().unwrap_or_default(),
    );
    for (name, first, last) in [
        ("client", first.client, last.client),
        ("sandbox", first.sandbox, last.sandbox),
    ] {
        let held = match is_measured {
            true => format!(
                "descriptors {} -> {}, connections {} -> {}",
                first.held.descriptors(),
                last.held.descriptors(),
                first.held.connections,
                last.held.connections
            ),
            false => "descriptors and connections NOT MEASURED: there is no /proc".to_owned(),
        };
        writeln!(
            text,
            "  {name:<18} tasks {} -> {}, {held}",
            first.tasks, last.tasks
        )?;
    }
    write!(
        text,
        "{}",
        match tally.has_found() {
            true => "FAILED",
            false => "nothing grows, nothing leaks, nothing is lost",
        }
    )
}
