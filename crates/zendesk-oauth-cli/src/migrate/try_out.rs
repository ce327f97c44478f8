//! The new way, tried: a token, as whom it acts, and the calls.

use std::time::Duration;

use reqwest::Method;
use zendesk_oauth::support::TokenRequest;
use zendesk_oauth::{Credentials, Secret, Zendesk};
use zendesk_oauth_core::Transport;

use super::client::ClientRecord;
use super::record::New;
use crate::account::{Account, answer};
use crate::failure::{Failure, Kind};
use crate::who::{ME, Me, Who};

/// How long the token of the trial lives: the shortest that every client gets without asking.
const LIFETIME: Duration = Duration::from_secs(30 * 60);

/// A token, and what is known of it.
pub(super) struct Tried {
    pub(super) transport: Transport,
    pub(super) record: New,
    /// Scopes that were asked for and not granted.
    pub(super) not_granted: Vec<String>,
}

/// Gets a token by client_credentials, and asks as whom it acts.
pub(super) async fn mint(
    account: &Account,
    client: &ClientRecord,
    secret: &Secret,
    scopes: &[String],
    old: &Who,
) -> Result<Tried, Failure> {
    let request = TokenRequest::client_credentials(client.identifier.as_str(), secret.clone())
        .scopes(scopes)
        .expires_in(LIFETIME);
    let granted = account.zendesk().grant_type_tokens().create(request).await;
    let granted = granted.map_err(refused)?;
    let in_force: Vec<String> = match &granted.scope {
        Some(text) => text.split_whitespace().map(str::to_owned).collect(),
        None => scopes.to_vec(),
    };
    let not_granted = scopes.iter().filter(|it| !in_force.contains(it));
    let not_granted = not_granted.cloned().collect();
    let credentials = Credentials::bearer(granted.access_token);
    let transport = account.transport_with(credentials.clone(), None)?;
    let me = answer(&transport, Method::GET, ME, None).await?;
    let user = match Me::of(&me) {
        Me::User(user) => Some(user),
        // Scopes such as tickets:read do not allow to ask.
        Me::MissingScopes(_) => None,
        Me::Anonymous | Me::Refused | Me::Unclear(_) => {
            return Err(Failure::new(
                Kind::Auth,
                format!("{ME} answered {} to the new token", me.status().as_u16()),
            ));
        }
    };
    let user_id = match &user {
        Some(user) => Some(user.id),
        None => current_user(account.url(), credentials).await?,
    };
    Ok(Tried {
        transport,
        record: New {
            user_id,
            acts_as_same_user: user_id.map(|id| id == old.id),
            user,
            scopes: in_force,
            expires_in: granted.expires_in,
        },
        not_granted,
    })
}

/// Whose the token is by its own record, for which it needs no scope.
async fn current_user(url: &str, credentials: Credentials) -> Result<Option<i64>, Failure> {
    let zendesk = Zendesk::at(url).support(credentials).build()?;
    let token = zendesk.oauth_tokens().show_current().await?;
    Ok(token.user_id)
}

fn refused(error: zendesk_oauth::Error) -> Failure {
    let advice = match error.code() {
        Some("invalid_client") => "the client's id or secret is wrong",
        Some("unauthorized_client") => "the client is not confidential",
        Some("invalid_scope") => {
            "the client does not allow one of the scopes: see its allowed scopes in Admin Center"
        }
        _ => "no token was given by client_credentials",
    };
    Failure::from(error).during(advice)
}
