//! `zendesk-oauth grant client-credentials`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use zendesk_oauth::support::TokenRequest;

use super::issue::Issue;
use super::secrets::client_secret;
use super::wishes::Wishes;
use crate::account::{Account, AccountFlags};
use crate::change::{ChangeFlags, SinkFlags};
use crate::failure::Failure;
use crate::output::OutputFlags;

#[derive(Args)]
pub(super) struct ClientCredentials {
    /// Identifier of the client
    #[arg(long, value_name = "IDENTIFIER")]
    client_id: String,
    /// What the token may do, such as read or tickets:write; several times, or with commas between, for several
    #[arg(
        long,
        visible_alias = "scopes",
        value_name = "SCOPE",
        value_delimiter = ',',
        required = true
    )]
    scope: Vec<String>,
    /// File whose first line is the client's secret; `-` reads standard input [env: ZENDESK_CLIENT_SECRET]
    #[arg(long, value_name = "FILE")]
    client_secret_file: Option<PathBuf>,
    #[command(flatten)]
    wishes: Wishes,
    #[command(flatten)]
    change: ChangeFlags,
    #[command(flatten)]
    sink: SinkFlags,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

impl ClientCredentials {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let secret = client_secret(self.client_secret_file.as_deref())?;
        let request = TokenRequest::client_credentials(&self.client_id, secret);
        let request = self.wishes.of(request, &self.scope);
        let issue = Issue {
            sink: &self.sink,
            refresh_sink: None,
            change: self.change,
            output: &self.output,
            if_unanswered: "a token may have been issued that nobody has; it ends by itself if it expires",
        };
        Account::visit(&self.account, async |account| {
            issue.run(account, request).await
        })
        .await
    }
}
