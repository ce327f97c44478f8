//! What it was measured on.

use std::{env, fs, process::Command, time::Duration};

use serde::{Deserialize, Serialize};

use crate::verify::process::demand;

/// The machine, as a reader needs it to judge the figures.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Machine {
    /// The processor's name.
    pub processor: String,
    /// How many threads it runs at once.
    pub processors: usize,
    /// In MiB.
    pub memory: u64,
    /// The system and its version.
    pub system: String,
    /// `rustc --version`.
    pub rustc: String,
}

impl Machine {
    /// This one. What the system does not tell is `unknown`.
    pub fn this() -> Self {
        let unknown = || "unknown".to_owned();
        let field = |file: &str, name: &str| {
            let text = fs::read_to_string(file).ok()?;
            let line = text.lines().find(|line| line.starts_with(name))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        };
        let memory = field("/proc/meminfo", "MemTotal").and_then(|text| {
            let kib: u64 = text.split(' ').next()?.parse().ok()?;
            Some(kib / 1024)
        });
        let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        let rustc = demand(rustc.arg("--version"), Duration::from_secs(60));
        Self {
            processor: field("/proc/cpuinfo", "model name").unwrap_or_else(unknown),
            processors: std::thread::available_parallelism().map_or(0, usize::from),
            memory: memory.unwrap_or_default(),
            system: fs::read_to_string("/proc/sys/kernel/osrelease").map_or_else(
                |_| env::consts::OS.to_owned(),
                |release| format!("{} {}", env::consts::OS, release.trim()),
            ),
            rustc: rustc.map_or_else(|_| unknown(), |text| text.trim().to_owned()),
        }
    }
}
