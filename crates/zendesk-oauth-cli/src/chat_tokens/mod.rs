//! `zendesk-oauth chat-tokens`.

mod list;
mod revoke;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::failure::Failure;

/// Arguments of `zendesk-oauth chat-tokens`.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the Chat tokens of the agent whose token this command runs on
    ///
    /// Chat answers with whole tokens, in one list without pages. They are printed with --reveal only.
    List(list::List),
    /// Revoke Chat tokens
    ///
    /// Chat does not say which token a command runs on: revoking that one ends the command's access, too. Of
    /// several tokens each is reported, and the exit code is the largest of all.
    Revoke(revoke::Revoke),
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        Command::List(it) => it.run().await,
        Command::Revoke(it) => it.run().await,
    }
}
