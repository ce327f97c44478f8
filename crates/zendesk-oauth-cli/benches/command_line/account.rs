//! A sandbox in a process of its own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use tempfile::NamedTempFile;

use crate::BINARY;

/// A running sandbox.
pub(crate) struct Account {
    process: Child,
    pub(crate) url: String,
    pub(crate) token: String,
    _seed: NamedTempFile,
}

impl Account {
    /// One with so many generated records.
    pub(crate) fn generated(records: &str) -> Self {
        let mut seed = NamedTempFile::new().expect("a file");
        // Reading is to be measured, and not waiting for the next minute.
        let switches = "{ rate_limit: 1000000000 }";
        writeln!(
            seed,
            "clock: real\nswitches: {switches}\ngenerate: {records}"
        )
        .expect("a seed");
        let mut process = Command::new(BINARY)
            .args(["sandbox", "--port", "0", "--seed"])
            .arg(seed.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a sandbox");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let mut value = |name: &str| {
            let line = lines.next().expect("a line").expect("UTF-8");
            let value = line.strip_prefix(&format!("export {name}="));
            value.expect("what is pasted").trim_matches('\'').to_owned()
        };
        let (url, token) = (value("ZENDESK_URL"), value("ZENDESK_TOKEN"));
        Self {
            process,
            url,
            token,
            _seed: seed,
        }
    }

    /// The binary, with that account in its environment.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(BINARY);
        command
            .env_clear()
            .env("HOME", "/nonexistent")
            .env("ZENDESK_URL", &self.url)
            .env("ZENDESK_TOKEN", &self.token);
        command
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        let _ = self.process.kill();
        // It is not waited for: its own memory would count as that of a command.
    }
}
