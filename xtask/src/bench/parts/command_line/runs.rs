//! Commands, run from start to end by a small program.

use std::{path::PathBuf, process::Command, time::Duration};

use serde::Deserialize;

use crate::{
    bench::{account::TOKEN, context::Context, results::Figure},
    verify::process::demand,
};

const DEADLINE: Duration = Duration::from_secs(300);

/// The program that runs them.
pub(super) struct Runs(PathBuf);

/// What one run took.
#[derive(Deserialize)]
pub(super) struct Taken {
    pub(super) seconds: f64,
    /// At most, in bytes.
    pub(super) memory: f64,
}

/// What many runs took.
pub(super) struct Many(Vec<Taken>);

impl Runs {
    pub(super) fn new(context: &Context) -> Result<Self, String> {
        context
            .build("zendesk-oauth-performance", "runs", "bench")
            .map(Self)
    }

    /// Runs it once, at the account at `url` if there is one.
    pub(super) fn once(&self, command: &[&str], url: Option<&str>) -> Result<Taken, String> {
        let mut runs = Command::new(&self.0);
        runs.arg("1").args(command);
        // Settings and logins of whoever measures are not to be read.
        runs.env("HOME", "/nonexistent")
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("ZENDESK_URL")
            .env_remove("ZENDESK_TOKEN");
        if let Some(url) = url {
            runs.env("ZENDESK_URL", url).env("ZENDESK_TOKEN", TOKEN);
        }
        let said = demand(&mut runs, DEADLINE)?;
        serde_json::from_str(&said).map_err(|_| format!("{command:?} said {said}"))
    }

    /// Runs it many times, after one that does not count.
    pub(super) fn many(
        &self,
        times: usize,
        command: &[&str],
        url: Option<&str>,
    ) -> Result<Many, String> {
        self.once(command, url)?;
        let taken: Result<_, _> = (0..times).map(|_| self.once(command, url)).collect();
        taken.map(Many)
    }
}

impl Many {
    /// Time and memory, each with its goal.
    pub(super) fn figures(
        &self,
        what: &str,
        time: Option<&str>,
        memory: Option<&str>,
    ) -> [Figure; 2] {
        let goal =
            |goal: Option<&str>| goal.map_or_else(String::new, |goal| format!(" (goal: {goal})"));
        let figure = |of: &str, goal: String, values, unit: &str| Figure {
            what: format!("zendesk-oauth {what}: {of}{goal}"),
            values,
            unit: unit.to_owned(),
        };
        [
            figure(
                "time",
                goal(time),
                self.0.iter().map(|it| it.seconds).collect(),
                "s",
            ),
            figure(
                "memory at most",
                goal(memory),
                self.0.iter().map(|it| it.memory).collect(),
                "bytes",
            ),
        ]
    }
}
