//! The commands. Each is a module that has its own arguments.

use clap::{Parser, Subcommand};

use crate::{sandbox, tour};

#[derive(Parser)]
#[command(
    name = "zendesk-oauth",
    version,
    about = "Zendesk's OAuth APIs: a local Zendesk to run against, and a tour of all operations"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Run a local Zendesk until Ctrl-C
    Sandbox(sandbox::Arguments),
    /// Call 25 operations against a local Zendesk, and check what comes back
    Tour(tour::Arguments),
}
