//! `cargo xtask soak`: builds the program of `tests/endurance` and runs it.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use serde_json::Value;

use crate::{
    outputs::Failure,
    verify::process::{demand, interrupt, show},
};

const PACKAGE: &str = "zendesk-oauth-endurance";

/// A build from nothing, on a slow machine.
const BUILD: Duration = Duration::from_secs(1800);

/// How long it may take beside the time it was given: it prepares, and comes to rest.
const BESIDE: Duration = Duration::from_secs(300);

/// What `cargo xtask soak` is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How long
    #[arg(long, value_name = "N", default_value_t = 2.0)]
    pub minutes: f64,
    /// What the order of calls and faults is drawn from; the run prints its own
    #[arg(long)]
    pub seed: Option<u64>,
    /// Build it as it is released, without checks of overflow; the development profile has them
    #[arg(long)]
    pub release: bool,
    /// Go on where memory, descriptors and connections cannot be measured, which is anywhere but on Linux
    #[arg(long)]
    pub unmeasured: bool,
}

/// Runs it. What it says goes where our words go.
///
/// # Errors
/// When it cannot be built, or finds something.
pub fn run(top: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let time = time(arguments.minutes)?;
    interrupt::ends(|| {
        let program = build(top, arguments.release).map_err(Failure::Verdict)?;
        let mut command = Command::new(program);
        command.args(["--seconds", &time.as_secs_f64().to_string()]);
        if let Some(seed) = arguments.seed {
            command.args(["--seed", &seed.to_string()]);
        }
        if arguments.unmeasured {
            command.arg("--unmeasured");
        }
        let status = show(&mut command, time + BESIDE).map_err(|error| {
            Failure::Verdict(format!(
                "the program of {PACKAGE} cannot be started: {error}"
            ))
        })?;
        match status {
            Some(status) if status.success() => Ok(()),
            Some(status) => Err(Failure::Verdict(format!("the soak ended with {status}"))),
            None => Err(Failure::Verdict(format!(
                "the soak did not end within {BESIDE:?} after its time, and was killed"
            ))),
        }
    })
}

/// So many minutes.
fn time(minutes: f64) -> Result<Duration, Failure> {
    let time = Duration::try_from_secs_f64(minutes * 60.0).ok();
    time.filter(|time| !time.is_zero()).ok_or_else(|| {
        Failure::refused(
            format!("{minutes} minutes are no time"),
            "give a number above 0, such as --minutes 2",
        )
    })
}

fn build(top: &Path, is_released: bool) -> Result<PathBuf, String> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["build", "--quiet", "--locked", "--package", PACKAGE])
        .args(["--message-format", "json-render-diagnostics"])
        .current_dir(top);
    if is_released {
        cargo.arg("--release");
    }
    demand(&mut cargo, BUILD)?
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == PACKAGE)
        .find_map(|message| Some(message["executable"].as_str()?.into()))
        .ok_or_else(|| format!("cargo names no program of {PACKAGE}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_above_nothing() {
        assert_eq!(time(0.5).unwrap(), Duration::from_secs(30));
        for minutes in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(time(minutes).is_err(), "{minutes}");
        }
    }
}
