//! `zendesk-oauth tokens`.

mod create;
mod current;
mod list;
mod one_by_one;
mod revoke;
mod show;

pub(crate) use one_by_one::{OneByOne, distinct, listed};

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::failure::Failure;
use crate::output::Shape;

/// Arguments of `zendesk-oauth tokens`.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List OAuth tokens: yours, or those of everyone
    List(list::List),
    /// Create an OAuth token for yourself
    ///
    /// Zendesk shows the whole token once, in its answer: say where it goes with --secret-file or another of
    /// the arguments under "Secret". That place is tried before anything is sent. A scope that does not exist
    /// is taken by Zendesk, and calls with the token are forbidden then.
    Create(create::Create),
    /// Show an OAuth token
    Show(show::Show),
    /// Revoke OAuth tokens
    ///
    /// What refreshes a token dies with it. Of several tokens each is reported, and the exit code is the
    /// largest of all. For many there is `zendesk-oauth revoke plan`.
    Revoke(revoke::Revoke),
    /// Show the token that this command runs on
    Current(current::Current),
    /// Revoke the token that this command runs on
    RevokeCurrent(current::RevokeCurrent),
}

/// What a table shows of a token.
const SHAPE: Shape = Shape(&[
    "id",
    "client_id",
    "user_id",
    "scopes",
    "created_at",
    "used_at",
    "expires_at",
]);

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        Command::List(it) => it.run().await,
        Command::Create(it) => it.run().await,
        Command::Show(it) => it.run().await,
        Command::Revoke(it) => it.run().await,
        Command::Current(it) => it.run().await,
        Command::RevokeCurrent(it) => it.run().await,
    }
}
