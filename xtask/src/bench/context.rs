//! `Context`: where a part measures, and with what.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use serde_json::Value;

use super::machine::Machine;
use crate::{
    outputs::Failure,
    verify::process::{Server, demand},
};

/// A build from nothing, on a slow machine.
const BUILD: Duration = Duration::from_secs(1800);
const START: Duration = Duration::from_secs(120);

/// What all parts share.
#[derive(Debug)]
pub struct Context {
    /// Top of the repository.
    pub top: PathBuf,
    /// Whether everything is done a few times only, to see that it works.
    pub quick: bool,
    /// The machine.
    pub machine: Machine,
    /// The commit that is measured.
    pub commit: String,
    /// A folder that parts keep what they install or make in, from run to run: `target/bench`.
    pub folder: PathBuf,
}

impl Context {
    /// Of the repository at `top`.
    ///
    /// # Errors
    /// When the folder of what is made cannot be made.
    pub fn new(top: &Path, quick: bool) -> Result<Self, Failure> {
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| top.join("target"), PathBuf::from);
        let folder = target.join("bench");
        std::fs::create_dir_all(&folder).map_err(|source| Failure::Io {
            path: folder.clone(),
            source,
            way_out: "make the folder writable",
        })?;
        Ok(Self {
            top: top.to_owned(),
            quick,
            machine: Machine::this(),
            commit: commit(top),
            folder,
        })
    }

    /// So many, or `few` when it is only to be seen that it works.
    pub fn times(&self, many: usize, few: usize) -> usize {
        if self.quick { few } else { many }
    }

    /// Now, in UTC by the second.
    pub fn now(&self) -> String {
        let now = jiff::Timestamp::now();
        now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// Builds a program of the workspace, and gives its path. `profile` is `release`, `bench` or `dev`.
    ///
    /// # Errors
    /// What cargo said.
    pub fn build(&self, package: &str, program: &str, profile: &str) -> Result<PathBuf, String> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(["build", "--quiet", "--locked", "--package", package])
            .args(["--bin", program, "--profile", profile])
            .args(["--message-format", "json-render-diagnostics"])
            .current_dir(&self.top);
        let messages = demand(&mut cargo, BUILD)?;
        messages
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|message| message["target"]["name"] == program)
            .find_map(|message| Some(message["executable"].as_str()?.into()))
            .ok_or_else(|| format!("cargo names no program {program} of {package}"))
    }

    /// The command line as it is released.
    ///
    /// # Errors
    /// What cargo said.
    pub fn command_line(&self) -> Result<PathBuf, String> {
        self.build("zendesk-oauth-cli", "zendesk-oauth", "release")
    }

    /// A released sandbox with this seed, and where it is: `http://127.0.0.1:PORT`. Dropping the server ends it.
    ///
    /// # Errors
    /// What it said instead of its address.
    pub fn sandbox(&self, seed: &Path) -> Result<(Server, String), String> {
        sandbox_of(&self.command_line()?, seed)
    }
}

/// A sandbox of this command line, as [`Context::sandbox`], for those who measure its start.
///
/// # Errors
/// What it said instead of its address.
pub fn sandbox_of(command_line: &Path, seed: &Path) -> Result<(Server, String), String> {
    let mut command = Command::new(command_line);
    command.args(["sandbox", "--port", "0", "--seed"]).arg(seed);
    Server::start(&mut command, START, |line| {
        Some(line.strip_prefix("export ZENDESK_URL=")?.to_owned())
    })
    .map_err(|said| format!("the sandbox {said}"))
}

/// The commit at `top`, with `+` where files differ from it.
fn commit(top: &Path) -> String {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        demand(
            command.args(arguments).current_dir(top),
            Duration::from_secs(60),
        )
    };
    let Ok(head) = git(&["rev-parse", "--short=12", "HEAD"]) else {
        return "unknown".to_owned();
    };
    let changed = git(&["status", "--porcelain", "--untracked-files=no"]);
    let mark = if changed.is_ok_and(|changed| changed.trim().is_empty()) {
        ""
    } else {
        "+"
    };
    format!("{}{mark}", head.trim())
}
