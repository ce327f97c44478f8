//! The benchmarks of the crates themselves, and the instructions of their work.

mod instructions;
mod rows;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use serde_json::Value;

use super::Part;
use crate::{
    bench::{context::Context, results::Results},
    verify::process::demand,
};

const PACKAGE: &str = "zendesk-oauth";
const BENCHES: [&str; 4] = ["speed", "allocations", "token_read", "refreshes"];
/// Names the file that rows are appended to.
const RAW: &str = "ZENDESK_OAUTH_BENCH_RAW";
const BUILD: Duration = Duration::from_secs(1800);
const RUN: Duration = Duration::from_secs(600);

/// The benchmarks of the crates themselves.
#[derive(Debug)]
pub struct Own;

impl Part for Own {
    fn name(&self) -> &'static str {
        "own"
    }

    fn purpose(&self) -> &'static str {
        "the benchmarks of the crates: time, allocations and instructions of a call beside the same by hand, tokens"
    }

    fn measure(&self, context: &Context, results: &mut Results) -> Result<(), String> {
        let raw = context.folder.join("own.jsonl");
        for bench in BENCHES {
            let program = built(context, bench)?;
            let rows = run(context, &program, &raw)?;
            rows::into(results, &rows).map_err(|said| format!("{bench}: {said}"))?;
        }
        instructions::measure(context, results)
    }
}

/// The program of a benchmark, as `cargo bench` makes it.
fn built(context: &Context, bench: &str) -> Result<PathBuf, String> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["bench", "--quiet", "--locked", "--no-run"])
        .args([
            "--package",
            PACKAGE,
            "--features",
            "redis",
            "--bench",
            bench,
        ])
        .args(["--message-format", "json-render-diagnostics"])
        .current_dir(&context.top);
    let messages = demand(&mut cargo, BUILD)?;
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == bench)
        .find_map(|message| Some(message["executable"].as_str()?.into()))
        .ok_or_else(|| format!("cargo names no benchmark {bench}"))
}

/// Its rows. Without `--bench` it does everything once, as under `cargo test`.
fn run(context: &Context, program: &Path, raw: &Path) -> Result<String, String> {
    let unusable = |error| format!("{}: {error}", raw.display());
    fs::write(raw, "").map_err(unusable)?;
    let mut command = Command::new(program);
    command.env(RAW, raw).current_dir(&context.top);
    if !context.quick {
        command.arg("--bench");
    }
    demand(&mut command, RUN)?;
    fs::read_to_string(raw).map_err(unusable)
}
