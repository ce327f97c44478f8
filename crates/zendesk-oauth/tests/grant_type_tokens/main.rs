//! Support's token endpoint.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod answers;
#[cfg(feature = "support")]
mod consent;
mod rules;
mod sent;

use zendesk_oauth::support::GrantTypeTokens;
use zendesk_oauth::{Secret, Zendesk};
use zendesk_oauth_sandbox::Sandbox;

/// A sandbox with nobody else in it, its confidential client, and the token endpoint.
struct Account {
    sandbox: Sandbox,
    tokens: GrantTypeTokens,
    client_id: String,
    client_secret: Secret,
}

impl Account {
    async fn new() -> Self {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let known = sandbox.credentials();
        Self {
            tokens: endpoint(sandbox.url()),
            client_id: known.client_id().to_owned(),
            client_secret: Secret::from(known.client_secret()),
            sandbox,
        }
    }
}

/// The token endpoint at an address, of a client without any credentials.
fn endpoint(url: &str) -> GrantTypeTokens {
    Zendesk::at(url).build().unwrap().grant_type_tokens()
}
