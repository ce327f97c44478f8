//! `zendesk-oauth global-clients`.

mod list;
mod show;
mod summary;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::failure::Failure;
use crate::output::Shape;

/// Arguments of `zendesk-oauth global-clients`.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the global OAuth clients that users of the account have authorized
    List(list::List),
    /// Show a global OAuth client
    Show(show::Show),
    /// Count the tokens of global OAuth clients, with their last use
    Summary(summary::Summary),
}

/// What a table shows of a global client.
const SHAPE: Shape = Shape(&["id", "identifier", "name", "kind", "company"]);

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        Command::List(it) => it.run().await,
        Command::Show(it) => it.run().await,
        Command::Summary(it) => it.run().await,
    }
}
