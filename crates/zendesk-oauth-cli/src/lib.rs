#![doc = include_str!("../README.md")]

mod areas;
mod arguments;
mod failure;
mod live;
mod output;
mod sandbox;
mod text;
mod tour;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};

/// Runs the command that the process was started with.
///
/// The exit code is 0 when all is well, 1 when the command ran and its outcome is bad, 2 when it could
/// not run.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failure::Failure::because("threads cannot be started", error).exit(),
    };
    let ended = runtime.block_on(async {
        match arguments.command {
            Command::Sandbox(arguments) => sandbox::run(arguments).await,
            Command::Tour(arguments) => tour::run(&arguments).await,
        }
    });
    // Whatever still runs is not waited for.
    runtime.shutdown_background();
    ended.unwrap_or_else(|failure| failure.exit())
}
