//! The arguments.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::account::AccountFlags;
use crate::change::ChangeFlags;
use crate::output::OutputFlags;

/// Arguments of `zendesk-oauth api`.
///
/// The answer is printed as JSON, without what its members' names say is secret, unless --reveal is given. What
/// is no JSON is printed as it is. Calls that make a secret are refused without --reveal, as it would be lost: the
/// commands for these, such as `clients generate-secret`, keep it in a file.
#[derive(Args)]
pub(crate) struct Arguments {
    /// GET, HEAD, POST, PUT, PATCH or DELETE; only the first two are repeated when they fail
    #[arg(value_parser = method)]
    pub(super) method: reqwest::Method,
    /// A path of the account with its query, such as /api/v2/users/me, or a whole URL of the same account
    pub(super) path: String,
    /// Whose credentials are used. Paths that do not begin with /api/ are taken below /api/v2/chat for Chat
    #[arg(long, value_enum, default_value_t)]
    pub(super) area: Area,
    /// Follow the pages of a list to its end, and print its items
    ///
    /// Pages by cursor and by offset are followed; add ?page[size]=100 where Zendesk has cursors only on demand.
    /// With `-o ndjson` each page is printed before the next is asked for.
    #[arg(long)]
    pub(super) paginate: bool,
    /// A member of the JSON body, or with GET and HEAD a parameter of the query
    ///
    /// NAME=TEXT or NAME:=JSON; NAME may lead inside, as in client[name]=Acme. No secrets: others on the machine
    /// see arguments. Use --input for these.
    #[arg(
        long = "field",
        short = 'f',
        value_name = "NAME=VALUE",
        conflicts_with = "input"
    )]
    pub(super) fields: Vec<String>,
    /// File with the JSON body; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub(super) input: Option<PathBuf>,
    /// A header; credentials cannot be given so
    #[arg(long = "header", short = 'H', value_name = "NAME: VALUE")]
    pub(super) headers: Vec<String>,
    /// Print status and headers of the answer to standard error
    #[arg(long, short)]
    pub(super) include: bool,
    #[command(flatten)]
    pub(super) change: ChangeFlags,
    #[command(flatten)]
    pub(super) account: AccountFlags,
    #[command(flatten)]
    pub(super) output: OutputFlags,
}

/// Whose credentials a call goes with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Area {
    /// Support's
    #[default]
    Support,
    /// Those of the ZIS integration
    Zis,
    /// Chat's
    Chat,
}

fn method(text: &str) -> Result<reqwest::Method, &'static str> {
    let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
    let method = text.to_ascii_uppercase();
    let known = methods.into_iter().find(|it| *it == method);
    known
        .and_then(|it| it.parse().ok())
        .ok_or("the methods are GET, HEAD, POST, PUT, PATCH and DELETE")
}
