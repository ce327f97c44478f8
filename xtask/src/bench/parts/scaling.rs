//! The program `scaling` of tests/performance: its server, and its workers.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use crate::{
    bench::{
        context::Context,
        worker::{Done, Order, Worker},
    },
    verify::process::Server,
};

/// What our side is called.
pub const OURS: &str = "zendesk-oauth";
/// What the other side is called.
pub const BY_HAND: &str = "reqwest by hand";

const START: Duration = Duration::from_secs(60);

/// The program, as it is measured: code and not size.
///
/// # Errors
/// What cargo said.
pub fn program(context: &Context) -> Result<PathBuf, String> {
    context.build("zendesk-oauth-performance", "scaling", "bench")
}

/// The server that costs next to nothing, so many milliseconds away, and where it is.
///
/// # Errors
/// What it said instead of its address.
pub fn server(program: &Path, latency: u64) -> Result<(Server, String), String> {
    let mut command = Command::new(program);
    command.args(["serve", &latency.to_string()]);
    Server::start(&mut command, START, |line| {
        Some(line.strip_prefix("ready ")?.to_owned())
    })
    .map_err(|said| format!("the server {said}"))
}

/// A worker on `side` (`facade`, `by-hand`, `lapse`), in a runtime of `threads` (`current`, `two`).
///
/// # Errors
/// What it said instead of being ready.
pub fn worker(program: &Path, side: &str, threads: &str, url: &str) -> Result<Worker, String> {
    let mut command = Command::new(program);
    command
        .args([side, threads])
        .env("ZENDESK_URL", url)
        .env("ZENDESK_TOKEN", super::list::TOKEN);
    Worker::start(&mut command)
}

/// Has it done, and looks whether all of it was.
///
/// # Errors
/// What the worker said, or how many records were missing.
pub fn done(worker: &mut Worker, order: &Order, items: usize) -> Result<Done, String> {
    let done = worker
        .order(order)
        .map_err(|why| format!("`{}` of {}: {why}", order.work, worker.name))?;
    match usize::try_from(done.items) {
        Ok(got) if got == items => Ok(done),
        _ => Err(format!(
            "`{}` of {} gave {} instead of {items}",
            order.work, worker.name, done.items
        )),
    }
}
