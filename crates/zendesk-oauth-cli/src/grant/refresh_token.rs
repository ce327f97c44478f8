//! `zendesk-oauth grant refresh-token`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use zendesk_oauth::support::TokenRequest;

use super::issue::Issue;
use super::refresh_sink::RefreshSinkFlags;
use super::secrets::{ClientProof, check_standard_input};
use super::wishes::Wishes;
use crate::account::{Account, AccountFlags};
use crate::change::{ChangeFlags, SecretInput, SinkFlags, read_secret};
use crate::failure::Failure;
use crate::output::OutputFlags;

#[derive(Args)]
pub(super) struct RefreshToken {
    /// Identifier of the client
    #[arg(long, value_name = "IDENTIFIER")]
    client_id: String,
    /// File whose first line is the refresh token; `-` reads standard input [env: ZENDESK_REFRESH_TOKEN]
    #[arg(long, value_name = "FILE")]
    old_refresh_token_file: Option<PathBuf>,
    /// Fewer scopes than the pair has; without it the new pair has the same
    #[arg(
        long,
        visible_alias = "scopes",
        value_name = "SCOPE",
        value_delimiter = ','
    )]
    scope: Vec<String>,
    #[command(flatten)]
    proof: ClientProof,
    #[command(flatten)]
    wishes: Wishes,
    #[command(flatten)]
    change: ChangeFlags,
    #[command(flatten)]
    sink: SinkFlags,
    #[command(flatten)]
    refresh_sink: RefreshSinkFlags,
    #[command(flatten)]
    account: AccountFlags,
    #[command(flatten)]
    output: OutputFlags,
}

impl RefreshToken {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let request = self.request()?;
        let issue = Issue {
            sink: &self.sink,
            refresh_sink: Some(&self.refresh_sink),
            change: self.change,
            output: &self.output,
            if_unanswered: "the refresh token may be used up, and the pair that came for it lost: if it is refused \
                            now, a person has to grant access again",
        };
        Account::visit(&self.account, async |account| {
            issue.run(account, request).await
        })
        .await
    }

    fn request(&self) -> Result<TokenRequest, Failure> {
        check_standard_input(&[
            self.old_refresh_token_file.as_deref(),
            self.proof.client_secret_file.as_deref(),
        ])?;
        let client_secret = self.proof.read()?;
        let refresh_token = read_secret(&SecretInput {
            what: "the refresh token",
            flag: "--old-refresh-token-file",
            file: self.old_refresh_token_file.as_deref(),
            variable: "ZENDESK_REFRESH_TOKEN",
        })?;
        let mut request = TokenRequest::refresh_token(&self.client_id, refresh_token);
        if let Some(secret) = client_secret {
            request = request.client_secret(secret);
        }
        Ok(self.wishes.of(request, &self.scope))
    }
}
