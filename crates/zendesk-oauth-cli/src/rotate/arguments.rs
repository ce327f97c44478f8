//! Arguments of `zendesk-oauth rotate`.

use clap::{Args, Subcommand};

use crate::account::AccountFlags;
use crate::change::{ChangeFlags, SinkFlags};
use crate::output::OutputFlags;

/// Arguments of `zendesk-oauth rotate`.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) flags: Flags,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Say how far rotations came, and what is to be done
    Status(Status),
}

/// What a rotation is asked for with.
#[derive(Args)]
pub(super) struct Flags {
    /// The client: its number or its identifier
    #[arg(required = true)]
    pub(super) client: Option<String>,
    /// Go on with a rotation that was interrupted; the place of its secret need not be named again
    #[arg(long)]
    pub(super) resume: bool,
    /// Do not try the new secret
    #[arg(long)]
    pub(super) no_verify: bool,
    /// The scope of the token that is made to try the new secret
    #[arg(
        long,
        value_name = "SCOPE",
        default_value = "read",
        conflicts_with = "no_verify"
    )]
    pub(super) verify_scope: String,
    #[command(flatten)]
    pub(super) change: ChangeFlags,
    #[command(flatten)]
    pub(super) sink: SinkFlags,
    #[command(flatten)]
    pub(super) account: AccountFlags,
    #[command(flatten)]
    pub(super) output: OutputFlags,
}

/// Arguments of `zendesk-oauth rotate status`. It reads journals only, and sends nothing.
#[derive(Args)]
pub(super) struct Status {
    /// Only this client: its number or its identifier
    pub(super) client: Option<String>,
    #[command(flatten)]
    pub(super) output: OutputFlags,
}
