//! `zendesk-oauth clients`.

mod client_ref;
mod create;
mod delete;
mod generate_secret;
mod kind;
mod list;
mod profiles;
mod show;
mod update;

pub(crate) use client_ref::ClientRef;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::failure::Failure;
use crate::output::Shape;

/// Arguments of `zendesk-oauth clients`.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the OAuth clients of the account
    List(list::List),
    /// List the OAuth clients that you own
    ListMine(list::List),
    /// Show an OAuth client
    Show(show::Show),
    /// Create an OAuth client
    ///
    /// Zendesk shows the secret of a confidential client once, in its answer: say where it goes with
    /// --secret-file or another of the arguments under "Secret". That place is tried before anything is sent.
    Create(create::Create),
    /// Change an OAuth client
    ///
    /// What is not named stays as it is. Another --kind makes a new secret: the old one dies at once, and
    /// nobody is shown the new one until `zendesk-oauth clients generate-secret` makes one more. That is
    /// asked about.
    Update(update::Update),
    /// Delete an OAuth client; its tokens stop to work
    Delete(delete::Delete),
    /// Give an OAuth client a new secret; the old one dies at once
    ///
    /// A client has one secret: the old one dies as soon as Zendesk answers, and there is no overlap. Say
    /// where the new one goes with --secret-file or another of the arguments under "Secret"; that place is
    /// tried before anything is sent. `zendesk-oauth rotate` does the same with a journal, and verifies the
    /// new secret.
    GenerateSecret(generate_secret::GenerateSecret),
}

/// What a table shows of a client.
const SHAPE: Shape = Shape(&[
    "id",
    "identifier",
    "name",
    "kind",
    "redirect_uri",
    "updated_at",
]);

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        Command::List(it) => it.run_all().await,
        Command::ListMine(it) => it.run_mine().await,
        Command::Show(it) => it.run().await,
        Command::Create(it) => it.run().await,
        Command::Update(it) => it.run().await,
        Command::Delete(it) => it.run().await,
        Command::GenerateSecret(it) => it.run().await,
    }
}
