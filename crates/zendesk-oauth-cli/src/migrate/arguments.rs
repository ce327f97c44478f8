//! The arguments of `zendesk-oauth migrate`.

use std::path::PathBuf;

use clap::Args;

use crate::account::AccountFlags;
use crate::change::SinkFlags;
use crate::output::OutputFlags;

/// Arguments of `zendesk-oauth migrate`.
#[derive(Args)]
#[command(after_long_help = "\
It makes a confidential OAuth client, or takes one that is there, gets a token with the scopes that you name, tries with \
it each call that you name, and compares with what the API token gets. Only when all of them agree is a profile \
written. Nothing is removed: the API token works as before until you delete it in Admin Center.

  export ZENDESK_SUBDOMAIN=acme ZENDESK_EMAIL=ada@acme.example ZENDESK_API_TOKEN=...
  zendesk-oauth migrate --dry-run --identifier acme_nightly --scope tickets:read \\
      --check 'GET /api/v2/tickets.json'")]
pub(crate) struct Arguments {
    /// What the new token may do, as little as suffices; repeat it, or put commas between
    #[arg(
        long = "scope",
        visible_alias = "scopes",
        value_name = "SCOPE",
        required = true
    )]
    pub(super) scopes: Vec<String>,
    /// Identifier of the OAuth client to make: unique in the account, such as acme_nightly
    #[arg(
        long,
        value_name = "IDENTIFIER",
        required_unless_present = "client",
        conflicts_with = "client"
    )]
    pub(super) identifier: Option<String>,
    /// Its name, for people [default: its identifier]
    #[arg(long, value_name = "NAME", conflicts_with = "client")]
    pub(super) name: Option<String>,
    /// Take this OAuth client instead of making one: its id or identifier
    #[arg(long, value_name = "ID")]
    pub(super) client: Option<String>,
    /// File whose first line is the secret of that client; `-` reads standard input [env: ZENDESK_CLIENT_SECRET]
    #[arg(long, value_name = "FILE", requires = "client")]
    pub(super) client_secret_file: Option<PathBuf>,
    /// A call to try with both credentials, such as 'GET /api/v2/tickets.json'; repeat it
    #[arg(long = "check", value_name = "CALL")]
    pub(super) checks: Vec<String>,
    /// File of such calls, one a line; those that are not GET are described and not made
    #[arg(long = "checks", value_name = "FILE")]
    pub(super) checks_file: Option<PathBuf>,
    /// Name of the profile to write [default: after the account's host]
    #[arg(long, value_name = "NAME")]
    pub(super) save_as: Option<String>,
    /// Replace the credentials for Support of a profile that is there
    #[arg(long)]
    pub(super) replace: bool,
    /// Use the profile from now on when no other is named; without any that is used, it is anyway
    #[arg(long)]
    pub(super) make_current: bool,
    /// Say what would be done; send only requests that read
    #[arg(long, short = 'n')]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) sink: SinkFlags,
    #[command(flatten)]
    pub(super) account: AccountFlags,
    #[command(flatten)]
    pub(super) output: OutputFlags,
}
