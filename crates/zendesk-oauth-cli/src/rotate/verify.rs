//! Whether a secret works: a token is made with it, and revoked again at once.

use std::time::Duration;

use zendesk_oauth::support::TokenRequest;
use zendesk_oauth::{Credentials, Error, Secret, Zendesk};

use super::decide::{Refusal, refusal};
use super::fingerprint;
use super::journal::{ClientFacts, Verification};
use crate::account::Account;
use crate::failure::Failure;
use crate::output::complain;

/// How long the token lives if revoking it fails. Zendesk takes more than five minutes only.
const LIFETIME: Duration = Duration::from_secs(600);

/// What was found out.
#[derive(Debug)]
pub(super) enum Found {
    /// All that can be said.
    Verified(Verification),
    /// It is not the client's secret.
    Wrong(String),
    /// Nothing, because of this. Trying again may help.
    Nothing(Failure),
}

/// Finds it out.
pub(super) async fn verify(
    account: &Account,
    client: &ClientFacts,
    secret: &Secret,
    scope: &str,
) -> Found {
    // Observed: the token endpoint refuses the clients that ZIS makes, whatever their secret.
    if client.identifier.starts_with("zis_") {
        let why = "Zendesk gives no such tokens to clients of ZIS integrations";
        return beginning(account, client, secret, why).await;
    }
    let asked = TokenRequest::client_credentials(client.identifier.as_str(), secret.clone())
        .scopes([scope])
        .expires_in(LIFETIME);
    match account.zendesk().grant_type_tokens().create(asked).await {
        Ok(token) => {
            if let Err(error) = revoke(account, &token.access_token).await {
                complain(format_args!(
                    "the token that was made to try the secret could not be revoked, and lives for {} minutes at \
                     most: {}",
                    LIFETIME.as_secs() / 60,
                    Failure::from(error),
                ));
            }
            Found::Verified(Verification::Yes)
        }
        Err(error) => {
            let status = error.status().map(|status| status.as_u16());
            match refusal(status, error.code()) {
                Refusal::WrongSecret => Found::Wrong(Failure::from(error).to_string()),
                Refusal::NotAllowed => {
                    let code = error.code().unwrap_or_default();
                    let why = format!(
                        "the client gets no token by client_credentials with the scope {scope} ({code})"
                    );
                    beginning(account, client, secret, &why).await
                }
                Refusal::Nothing => Found::Nothing(error.into()),
            }
        }
    }
}

/// Where no token can be made: whether the secret begins as Zendesk shows it.
async fn beginning(account: &Account, client: &ClientFacts, secret: &Secret, why: &str) -> Found {
    let shown = match account.zendesk().oauth_clients().show(client.id).await {
        Ok(client) => client.secret,
        Err(error) => return Found::Nothing(error.into()),
    };
    let seen = match fingerprint::fits(shown.as_ref(), secret) {
        Some(true) => "; it begins as Zendesk shows it",
        Some(false) => {
            return Found::Wrong("Zendesk shows the beginning of another secret".to_owned());
        }
        None => "",
    };
    Found::Verified(Verification::No {
        why: format!("{why}{seen}"),
    })
}

/// Revokes a token with itself; if its scope does not suffice, with the account's credentials.
async fn revoke(account: &Account, token: &Secret) -> Result<(), Error> {
    let bearer = Zendesk::at(account.url())
        .user_agent(concat!("zendesk-oauth-cli/", env!("CARGO_PKG_VERSION")))
        .support(Credentials::bearer(token.clone()))
        .build()?;
    match bearer.oauth_tokens().revoke_current().await {
        Err(error) if error.is_forbidden() => {
            let id = bearer.oauth_tokens().show_current().await?.id;
            account.zendesk().oauth_tokens().revoke(id).await
        }
        ended => ended,
    }
}
