//! `Issuer`: who gives the next token. Between the protocol of a refresh and the network.

use std::pin::Pin;

use zendesk_oauth_core::Secret;

use super::{IssuedToken, Lifetime};
use crate::Error;

/// What an [`Issuer`] returns.
pub(crate) type IssueFuture<'a> =
    Pin<Box<dyn Future<Output = Result<IssuedToken, Error>> + Send + 'a>>;

/// What [`Issuer::lifetime`] returns.
pub(crate) type LifetimeFuture<'a> = Pin<Box<dyn Future<Output = Option<Lifetime>> + Send + 'a>>;

/// Asks the token endpoint. No method repeats a request: whether a refresh token may be sent
/// again is decided above. A token is returned as soon as its answer is there: while it is asked how
/// long it is good, it would be in nobody's hands.
pub(crate) trait Issuer: Send + Sync + 'static {
    /// Redeems a refresh token (RFC 6749, 6).
    fn refresh<'a>(&'a self, refresh_token: &'a Secret) -> IssueFuture<'a>;

    /// A token without a refresh token, by the grant client_credentials (RFC 6749, 4.4).
    fn mint<'a>(&'a self, scopes: &'a [String]) -> IssueFuture<'a>;

    /// How long this token is good from when it was received, which its answer did not say; `None`
    /// if nobody knows.
    fn lifetime<'a>(&'a self, issued: &'a IssuedToken) -> LifetimeFuture<'a>;

    /// The identifier of the OAuth client.
    fn client_id(&self) -> &str;

    /// The base URL of the account.
    fn base_url(&self) -> &str;
}
