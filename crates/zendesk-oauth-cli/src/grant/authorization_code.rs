//! `zendesk-oauth grant authorization-code`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use zendesk_oauth::Secret;
use zendesk_oauth::support::TokenRequest;

use super::issue::Issue;
use super::refresh_sink::RefreshSinkFlags;
use super::secrets::{ClientProof, check_standard_input, is_set};
use super::wishes::Wishes;
use crate::account::{Account, AccountFlags};
use crate::change::{ChangeFlags, SecretInput, SinkFlags, read_secret};
use crate::failure::Failure;
use crate::output::OutputFlags;

/// The variable with the code verifier.
const VERIFIER: &str = "ZENDESK_CODE_VERIFIER";

#[derive(Args)]
pub(super) struct AuthorizationCode {
    /// Identifier of the client
    #[arg(long, value_name = "IDENTIFIER")]
    client_id: String,
    /// Redirect URI of the authorization request
    #[arg(long, value_name = "URI")]
    redirect_uri: String,
    /// What the token may do, such as read or tickets:write; several times, or with commas between, for several
    #[arg(
        long,
        visible_alias = "scopes",
        value_name = "SCOPE",
        value_delimiter = ',',
        required = true
    )]
    scope: Vec<String>,
    /// File whose first line is the code; `-` reads standard input [env: ZENDESK_CODE]
    #[arg(long, value_name = "FILE")]
    code_file: Option<PathBuf>,
    /// File whose first line is the code verifier of PKCE; `-` reads standard input [env: ZENDESK_CODE_VERIFIER]
    #[arg(long, value_name = "FILE")]
    code_verifier_file: Option<PathBuf>,
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

impl AuthorizationCode {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let request = self.request()?;
        let issue = Issue {
            sink: &self.sink,
            refresh_sink: Some(&self.refresh_sink),
            change: self.change,
            output: &self.output,
            if_unanswered: "the code may be used up, and a pair of tokens may have been issued that nobody has: get a \
                            new code",
        };
        Account::visit(&self.account, async |account| {
            issue.run(account, request).await
        })
        .await
    }

    fn request(&self) -> Result<TokenRequest, Failure> {
        check_standard_input(&[
            self.code_file.as_deref(),
            self.code_verifier_file.as_deref(),
            self.proof.client_secret_file.as_deref(),
        ])?;
        let client_secret = self.proof.read()?;
        let verifier = self.verifier()?;
        let code = read_secret(&SecretInput {
            what: "the authorization code",
            flag: "--code-file",
            file: self.code_file.as_deref(),
            variable: "ZENDESK_CODE",
        })?;
        let mut request =
            TokenRequest::authorization_code(&self.client_id, code, &self.redirect_uri);
        if let Some(secret) = client_secret {
            request = request.client_secret(secret);
        }
        if let Some(verifier) = verifier {
            request = request.code_verifier(verifier);
        }
        Ok(self.wishes.of(request, &self.scope))
    }

    /// A public client has to have one; a confidential one may.
    fn verifier(&self) -> Result<Option<Secret>, Failure> {
        let is_given = self.code_verifier_file.is_some() || is_set(VERIFIER);
        if !is_given && !self.proof.public {
            return Ok(None);
        }
        let input = SecretInput {
            what: "the code verifier",
            flag: "--code-verifier-file",
            file: self.code_verifier_file.as_deref(),
            variable: VERIFIER,
        };
        read_secret(&input).map(Some)
    }
}
