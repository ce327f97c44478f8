//! Consent, as arguments.

use clap::Args;

/// Arguments of every command that changes something.
#[derive(Args, Clone, Copy, Debug, Default)]
#[command(next_help_heading = "Change")]
pub(crate) struct ChangeFlags {
    /// Do not ask
    #[arg(long, short = 'y')]
    pub(crate) yes: bool,
    /// Print the request that would be sent, and send nothing
    #[arg(long, short = 'n')]
    pub(crate) dry_run: bool,
}
