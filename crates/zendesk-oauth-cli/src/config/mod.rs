//! What a command is to use: arguments, then the environment, then the profile, then defaults.

mod access;
pub(crate) mod address;
pub(crate) mod client_secret;
pub(crate) mod environment;
mod explain;
mod file;
mod origin;
mod parse;
mod paths;
pub(crate) mod profile_name;
mod resolve;
mod settings;
#[cfg(test)]
mod tests;
pub(crate) mod token_file;
pub(crate) mod write;

pub(crate) use access::{Access, CredentialKind, LoginEntry};
pub(crate) use environment::Environment;
pub(crate) use file::{Profile, SettingsFile};
pub(crate) use origin::Origin;
pub(crate) use parse::file as file_of;
pub(crate) use paths::{Paths, make_private};
pub(crate) use resolve::Chosen;
pub(crate) use settings::{Settings, no_account};

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::failure::Failure;

/// Arguments of `zendesk-oauth config`.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say what is used, where each value comes from, and what it hides
    ///
    /// Arguments come before the environment, the environment before the profile of the settings file. Secrets are
    /// shown as [set].
    Explain(explain::Arguments),
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let Command::Explain(arguments) = arguments.command;
    explain::run(&arguments)
}
