//! `zendesk-oauth profile`.

mod list;
mod remove;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::config::{Paths, SettingsFile, write};
use crate::failure::Failure;
use crate::output::talk;

/// Arguments of `zendesk-oauth profile`.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List profiles: their accounts, what they have credentials for, and which one is in use
    List(list::Arguments),
    /// Use a profile from now on, when nothing else is said
    Use(Use),
    /// Forget a profile and its login
    ///
    /// Nothing is revoked: tokens stay good at Zendesk until they expire. `zendesk-oauth logout` revokes the login's.
    Remove(remove::Arguments),
}

#[derive(Args)]
struct Use {
    /// The profile
    #[arg(value_name = "NAME")]
    name: String,
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        Command::List(it) => list::run(&it),
        Command::Use(it) => use_profile(&it.name),
        Command::Remove(it) => remove::run(&it).await,
    }
}

fn use_profile(name: &str) -> Result<ExitCode, Failure> {
    let paths = Paths::required()?;
    let file = SettingsFile::read(&paths.settings_file())?;
    let profile = file.find(name)?;
    write::change(&paths, |document| write::use_profile(document, name))?;
    talk(format_args!(
        "The profile {name} is in use: {}",
        profile.url.value
    ));
    Ok(ExitCode::SUCCESS)
}
