//! The client that is to have a new secret.

use zendesk_oauth::support::{OAuthClient, OAuthClientKind, OAuthTokenFilter};

use super::journal::ClientFacts;
use crate::account::Account;
use crate::failure::{Failure, Kind};
use crate::text::printable;

/// Tokens are counted up to here: more are a matter of many requests.
const MOST_TOKENS: usize = 1_000;

/// Finds a client by its number or its identifier.
pub(super) async fn find(account: &Account, name: &str) -> Result<OAuthClient, Failure> {
    let clients = account.zendesk().oauth_clients();
    if let Ok(id) = name.parse() {
        match clients.show(id).await {
            Err(error) if error.is_not_found() => {}
            found => return Ok(found?),
        }
    }
    let mut listed = clients.list().items();
    while let Some(client) = listed.next().await {
        let client = client?;
        if client.identifier == name {
            // What is shown of a secret is compared later: it has to come from the same operation.
            return Ok(clients.show(client.id).await?);
        }
    }
    let name = printable(name);
    Err(Failure::new(
        Kind::NotFound,
        format!("{name}: there is no such OAuth client; `zendesk-oauth clients list` shows them"),
    ))
}

/// Refuses a client that has no secret.
pub(super) fn has_secret(client: &OAuthClient) -> Result<(), Failure> {
    if client.kind == Some(OAuthClientKind::Public) {
        let (identifier, id) = (printable(&client.identifier), client.id);
        return Err(Failure::usage(format!(
            "the client {identifier} (id {id}) is public: it has no secret that could be rotated; revoke its tokens \
             instead, if they have leaked"
        )));
    }
    Ok(())
}

/// What is kept of it.
pub(super) fn facts(client: &OAuthClient) -> ClientFacts {
    ClientFacts {
        id: client.id,
        identifier: client.identifier.clone(),
        name: client.name.clone(),
    }
}

/// Its live tokens, in words. The number is for the person's decision only: if it cannot be had, that is said.
pub(super) async fn live_tokens(account: &Account, id: i64) -> String {
    let filter = OAuthTokenFilter::of_everyone().client_id(id);
    let mut tokens = account.zendesk().oauth_tokens().list(filter).items();
    let mut count = 0;
    while let Some(token) = tokens.next().await {
        if token.is_err() {
            return "an unknown number of live tokens".to_owned();
        }
        count += 1;
        if count == MOST_TOKENS {
            return format!("{MOST_TOKENS} live tokens or more");
        }
    }
    crate::text::counted(count, "live token")
}
