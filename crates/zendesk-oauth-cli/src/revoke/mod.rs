//! `zendesk-oauth revoke`: many tokens at once, by a plan that a person reviews.

mod apply;
mod clients;
mod condition;
mod directory;
mod paced;
mod plan;
mod run_token;

pub(crate) use apply::Recorded;
pub(crate) use condition::Condition;
pub(crate) use plan::Plan;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::failure::Failure;

/// Arguments of `zendesk-oauth revoke`.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write down which tokens a condition picks, and revoke none
    #[command(long_about = plan::LONG_ABOUT)]
    Plan(plan::Arguments),
    /// Revoke the tokens of a plan, each after another look at it
    #[command(long_about = apply::LONG_ABOUT)]
    Apply(apply::Arguments),
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        Command::Plan(it) => plan::run(it).await,
        Command::Apply(it) => apply::run(it).await,
    }
}
