//! The sandbox that a scenario talks to: built once, fresh for each run, ended in every case.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::Duration,
};

use serde_json::Value;

use crate::verify::process::{Server, demand};

/// The tokens of `tests/generators/sandbox.yaml`, by the names under which a program is told of them.
pub const TOKENS: [(&str, &str); 3] = [
    ("ZENDESK_TOKEN", "CANARY-support"),
    ("ZENDESK_ZIS_TOKEN", "CANARY-zis"),
    ("ZENDESK_CHAT_TOKEN", "CANARY-chat"),
];

/// From nothing, on a slow machine.
const BUILD: Duration = Duration::from_secs(1800);
const START: Duration = Duration::from_secs(30);

/// A running sandbox.
#[derive(Debug)]
pub struct Sandbox {
    /// Where it is: `http://127.0.0.1:PORT`.
    pub address: String,
    _server: Server,
}

impl Sandbox {
    /// Starts the sandbox with this seed on a free port.
    ///
    /// # Errors
    /// What it said instead of its address.
    pub fn start(program: &Path, seed: &Path) -> Result<Self, String> {
        let mut command = Command::new(program);
        command.args(["sandbox", "--port", "0", "--seed"]).arg(seed);
        let (server, address) = Server::start(&mut command, START, |line| {
            Some(line.strip_prefix("export ZENDESK_URL=")?.to_owned())
        })
        .map_err(|said| format!("the sandbox {said}"))?;
        Ok(Self {
            address,
            _server: server,
        })
    }
}

/// The sandbox's program, which is built on the first call.
///
/// # Errors
/// What cargo said.
pub fn built(top: &Path) -> Result<PathBuf, String> {
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    BUILT.get_or_init(|| build(top)).clone()
}

fn build(top: &Path) -> Result<PathBuf, String> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args([
            "build",
            "--quiet",
            "--locked",
            "--package",
            "zendesk-oauth-cli",
        ])
        .args(["--message-format", "json-render-diagnostics"])
        .current_dir(top);
    let messages = demand(&mut cargo, BUILD)?;
    executable(&messages).ok_or_else(|| "cargo names no program of zendesk-oauth-cli".to_owned())
}

/// The path in cargo's messages.
fn executable(messages: &str) -> Option<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == "zendesk-oauth")
        .find_map(|message| Some(message["executable"].as_str()?.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tokens_are_those_of_the_seed() {
        let seed = include_str!("../../../tests/generators/sandbox.yaml");
        for (_, token) in TOKENS {
            assert!(seed.contains(&format!("token: {token}}}")), "{token}");
        }
    }

    #[test]
    fn the_program_is_the_one_that_cargo_names() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"zendesk_oauth"},"executable":null}
{"reason":"compiler-artifact","target":{"name":"zendesk-oauth"},"executable":"/x/debug/zendesk-oauth"}
{"reason":"build-finished","success":true}"#;
        assert_eq!(executable(messages), Some("/x/debug/zendesk-oauth".into()));
        assert_eq!(executable("not json"), None);
    }
}
