//! What a server takes without being asked: its start, and its memory.

use std::{fs, time::Instant};

use super::{
    asked::Asked,
    rivals::{Rival, Running},
};
use crate::bench::{
    context::Context,
    install::as_f64,
    results::{Comparison, Figure, Results},
    rounds::by_turns,
};

/// How long both take from their start to their first answer, by turns.
pub(super) fn starts(
    context: &Context,
    results: &mut Results,
    ours: &Rival,
    other: &Rival,
) -> Result<(), String> {
    let took = |rival: &Rival| {
        let began = Instant::now();
        let running = rival.start()?;
        let asked = if rival.name.starts_with("oauth2") {
            Asked::post(
                "",
                "/token",
                "application/x-www-form-urlencoded",
                "grant_type=client_credentials&scope=read",
            )
        } else {
            Asked::get("", "/api/v2/oauth/clients")
        };
        asked.first_answer(&running.url)?;
        Ok(began.elapsed().as_secs_f64())
    };
    let rounds = by_turns(context.times(4, 1), &mut || took(ours), &mut || took(other))?;
    results.comparisons.push(Comparison {
        work: "start, until the first answer".to_owned(),
        ours: ours.name.clone(),
        other: other.name.clone(),
        unit: "s".to_owned(),
        rounds,
        goal: Some(1.0),
        limit: None,
    });
    Ok(())
}

/// The resident memory of a server and of all that it started.
pub(super) fn memory(what: &str, running: &Running) -> Result<Figure, String> {
    let group = running.server.pid();
    let entries = fs::read_dir("/proc").map_err(|error| format!("/proc: {error}"))?;
    let kibibytes: u64 = entries
        .flatten()
        .filter(|entry| {
            let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
            group_of(&stat) == Some(group)
        })
        .filter_map(|entry| resident(&fs::read_to_string(entry.path().join("status")).ok()?))
        .sum();
    if kibibytes == 0 {
        return Err(format!("{what}: the system does not tell its memory"));
    }
    Ok(Figure {
        what: format!("{what}: resident memory"),
        values: vec![as_f64(kibibytes * 1024)],
        unit: "bytes".to_owned(),
    })
}

/// The process group in `/proc/PID/stat`, whose second field is a name in parentheses that may hold anything.
fn group_of(stat: &str) -> Option<u32> {
    let (_, rest) = stat.rsplit_once(") ")?;
    rest.split(' ').nth(2)?.parse().ok()
}

/// The kibibytes of `VmRSS` in `/proc/PID/status`.
fn resident(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_is_read_behind_any_name() {
        assert_eq!(group_of("12 (a) b) S 7 34 12 0 -1"), Some(34));
        assert_eq!(group_of(""), None);
    }

    #[test]
    fn resident_memory_is_in_kibibytes() {
        assert_eq!(
            resident("VmPeak:\t 9 kB\nVmRSS:\t    1234 kB\n"),
            Some(1234)
        );
    }
}
