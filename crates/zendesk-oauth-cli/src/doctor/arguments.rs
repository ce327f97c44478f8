//! The arguments of `zendesk-oauth doctor`.

use clap::Args;

use crate::account::AccountFlags;
use crate::output::OutputFlags;

/// Arguments of `zendesk-oauth doctor`.
#[derive(Args)]
#[command(after_long_help = "\
Each check is ok, warning, problem or skipped, and says what to do. None changes anything, and none needs another one. \
The exit code is 0 without a problem; else 6 if nothing answers, 4 if credentials are refused, 5 if there are too many \
requests, 1 otherwise.")]
pub(crate) struct Arguments {
    /// How long each request may take, such as 5s; a plain number is one of seconds
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = crate::lifetime::of_request)]
    pub(super) timeout: u64,
    #[command(flatten)]
    pub(super) account: AccountFlags,
    #[command(flatten)]
    pub(super) output: OutputFlags,
}
