//! The token requests of an OAuth client: whatever it asks for, it says who it is, and how long the
//! tokens are to be good.

use std::time::Duration;

use zendesk_oauth_core::Secret;

use super::OAuthClientCredentials;
use crate::RequestError;
use crate::authorization::{AuthorizationCode, AuthorizationRequest};
use crate::support::TokenRequest;

/// How long the tokens are to be good that are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lifetimes {
    pub(super) access: Duration,
    pub(super) refresh: Duration,
}

impl Lifetimes {
    /// Zendesk's own defaults, for clients made since 2026-04-30.
    pub(super) const USUAL: Self = Self {
        access: Duration::from_secs(1_800),
        refresh: Duration::from_secs(2_592_000),
    };

    fn asked_for(self, request: TokenRequest) -> TokenRequest {
        request
            .expires_in(self.access)
            .refresh_token_expires_in(self.refresh)
    }
}

/// For a code, with the redirect URI, the scope and the verifier of its request.
pub(super) fn authorization_code(
    client: &OAuthClientCredentials,
    lifetimes: Lifetimes,
    request: &AuthorizationRequest,
    code: AuthorizationCode,
) -> Result<TokenRequest, RequestError> {
    if request.client_id() != client.client_id() {
        return Err(RequestError::new(
            "client_id",
            "the authorization request is of another OAuth client than the one that would redeem its \
             code: make both with the same client_id",
        ));
    }
    let asked = TokenRequest::authorization_code(client.client_id(), code, request.redirect_uri());
    let asked = with_secret(asked, client).scopes([request.scope()]);
    let asked = match request.code_verifier() {
        Some(verifier) => asked.code_verifier(verifier.clone()),
        None => asked,
    };
    Ok(lifetimes.asked_for(asked))
}

/// For the client itself, in the name of the user who made it. Only a confidential one may, and
/// there is no refresh token.
pub(super) fn client_credentials(
    client: &OAuthClientCredentials,
    lifetimes: Lifetimes,
    scopes: &[String],
) -> Result<TokenRequest, RequestError> {
    let Some(secret) = client.client_secret() else {
        return Err(RequestError::new(
            "client_secret",
            "the grant client_credentials is for confidential clients only (RFC 6749, 4.4): give the \
             client with its secret, or log in with a code",
        ));
    };
    let asked = TokenRequest::client_credentials(client.client_id(), secret.clone());
    Ok(lifetimes.asked_for(asked.scopes(scopes)))
}

/// For a refresh token. No scope is sent: what was granted stands (RFC 6749, 6).
pub(super) fn refresh_token(
    client: &OAuthClientCredentials,
    lifetimes: Lifetimes,
    refresh_token: &Secret,
) -> TokenRequest {
    let asked = TokenRequest::refresh_token(client.client_id(), refresh_token.clone());
    lifetimes.asked_for(with_secret(asked, client))
}

fn with_secret(request: TokenRequest, client: &OAuthClientCredentials) -> TokenRequest {
    match client.client_secret() {
        Some(secret) => request.client_secret(secret.clone()),
        None => request,
    }
}
