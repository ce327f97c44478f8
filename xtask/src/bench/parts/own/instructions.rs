//! The instructions of one call, by callgrind. They do not depend on what else the machine does.

use std::{path::Path, process::Command, time::Duration};

use super::rows::with_limit;
use crate::{
    bench::{
        context::Context,
        parts::scaling::{self, BY_HAND, OURS},
        results::{Absent, Comparison, Results},
    },
    verify::process::run,
};

/// What is done, under what name, with which goal, and how many times more the second run does it than the first.
const WORKS: [(&str, &str, Option<f64>, usize); 6] = [
    ("show", "show a client", None, 100),
    ("list", "list 10,000 clients", None, 4),
    (
        "list-without-ahead",
        "list 10,000 clients, without reading ahead",
        None,
        4,
    ),
    ("build", "build a request", None, 1000),
    ("parse-client", "parse a client", None, 1000),
    ("parse-page", "parse a page of 100", None, 20),
];
/// So many do not count: they fill what later ones find filled.
const WARM: usize = 2;
const ROUNDS: usize = 3;
const RUN: Duration = Duration::from_secs(300);

pub(super) fn measure(context: &Context, results: &mut Results) -> Result<(), String> {
    let mut valgrind = Command::new("valgrind");
    let found = run(valgrind.arg("--version"), RUN);
    if !found.is_ok_and(|ended| ended.is_success()) {
        results.absent.push(Absent {
            who: "callgrind".to_owned(),
            work: "instructions of a call".to_owned(),
            why: "there is no `valgrind` on the PATH; Debian's package of that name has it"
                .to_owned(),
        });
        return Ok(());
    }
    let program = context.build("zendesk-oauth-performance", "instructions", "bench")?;
    let (_server, url) = scaling::server(&scaling::program(context)?, 0)?;
    for (work, name, goal, times) in WORKS {
        let mut rounds = Vec::new();
        for _ in 0..context.times(ROUNDS, 1) {
            let of = |side| {
                each(
                    context,
                    &program,
                    &url,
                    [work, side],
                    context.times(times, 1),
                )
            };
            rounds.push([of("facade")?, of("by-hand")?]);
        }
        results.comparisons.push(with_limit(Comparison {
            work: name.to_owned(),
            ours: OURS.to_owned(),
            other: BY_HAND.to_owned(),
            unit: "instructions".to_owned(),
            rounds,
            goal,
            limit: None,
        }));
    }
    results.notes.push(
        "Instructions are those of the client's process in user space, by callgrind: what a program executes that does a \
         work so many times, less what it executes for two times, by the difference. The kernel's part of a call, which \
         is most of its time, is not in them."
            .to_owned(),
    );
    Ok(())
}

/// For one time.
fn each(
    context: &Context,
    program: &Path,
    url: &str,
    work: [&str; 2],
    times: usize,
) -> Result<f64, String> {
    let few = counted(context, program, url, work, WARM)?;
    let many = counted(context, program, url, work, WARM + times)?;
    Ok((many - few) / times as f64)
}

fn counted(
    context: &Context,
    program: &Path,
    url: &str,
    work: [&str; 2],
    times: usize,
) -> Result<f64, String> {
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(work)
        .arg(times.to_string())
        .env("ZENDESK_URL", url)
        .current_dir(&context.folder);
    let ended = run(&mut valgrind, RUN)?;
    if !ended.is_success() {
        return Err(format!("{work:?} {}\n{}", ended.ending(), ended.words()));
    }
    collected(&ended.stderr).ok_or_else(|| format!("callgrind counted nothing of {work:?}"))
}

/// From `==123== Collected : 456`.
fn collected(said: &str) -> Option<f64> {
    let line = said.lines().find(|line| line.contains("Collected :"))?;
    line.rsplit(':').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_found_in_what_callgrind_says() {
        let said = "==7== Events    : Ir\n==7== Collected : 74526213\n==7== \n";
        assert_eq!(collected(said), Some(74_526_213.0));
        assert_eq!(collected("==7== Events    : Ir\n"), None);
    }
}
