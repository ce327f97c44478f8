//! A token of Zendesk's own token endpoint.

use zendesk_oauth::zis::CreateZisOAuthToken;

use super::arguments::{Grant, Token};
use crate::account::Account;
use crate::change::{SecretInput, read_secret, show_request};
use crate::failure::Failure;
use crate::new_secret::{NewSecret, made};
use crate::output::Shape;

const SHAPE: Shape = Shape(&["token_type", "scope"]);

pub(super) async fn create(arguments: Token) -> Result<(), Failure> {
    let request = request(&arguments)?;
    let account = Account::open(&arguments.account).await?;
    let zis = account.zis()?;
    if arguments.change.dry_run {
        let integration = account.integration()?;
        show_request(&account, &arguments.output, async |zendesk| {
            zendesk.zis(integration).create_token(request).await
        })
        .await?;
    } else {
        let sink = arguments.sink.prepare(&arguments.output)?;
        let unanswered =
            "a token may have been issued that nobody has; it ends by itself if it expires";
        made(unanswered, async {
            let token = zis.create_token(request).await?;
            let new_secret = NewSecret {
                name: "access_token",
                secret: &token.access_token,
                if_lost: "a token was issued; if nobody has it, find it with `zendesk-oauth tokens list --all \
                          --sort=-created_at` and revoke it",
            };
            let output = &arguments.output;
            new_secret.hand_over(&sink, &token, SHAPE, output).await
        })
        .await?;
    }
    account.close().await
}

fn request(arguments: &Token) -> Result<CreateZisOAuthToken, Failure> {
    let is_input = |file: &Option<_>| file.as_deref() == Some(std::path::Path::new("-"));
    if is_input(&arguments.client_secret_file) && is_input(&arguments.code_file) {
        return Err(Failure::usage(
            "--client-secret-file and --code-file cannot both be standard input",
        ));
    }
    let client_secret = read_secret(&SecretInput {
        what: "the client secret",
        flag: "--client-secret-file",
        file: arguments.client_secret_file.as_deref(),
        variable: "ZENDESK_CLIENT_SECRET",
    })?;
    let client_id = &arguments.client_id;
    let request = match arguments.grant {
        Grant::ClientCredentials => {
            CreateZisOAuthToken::client_credentials(client_id, client_secret)
        }
        Grant::AuthorizationCode => {
            let redirect_uri = arguments.redirect_uri.as_deref().ok_or_else(|| {
                Failure::usage(
                    "--redirect-uri is missing: a code goes with the URI that it was sent to",
                )
            })?;
            let code = read_secret(&SecretInput {
                what: "the authorization code",
                flag: "--code-file",
                file: arguments.code_file.as_deref(),
                variable: "ZENDESK_CODE",
            })?;
            CreateZisOAuthToken::authorization_code(client_id, client_secret, code, redirect_uri)
        }
    };
    Ok(request.scopes(&arguments.scopes))
}
