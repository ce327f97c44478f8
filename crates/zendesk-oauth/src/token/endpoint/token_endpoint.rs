//! `TokenEndpoint`: where tokens come from.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use zendesk_oauth_core::{RetryPolicy, Secret, Transport};

use super::request::{self, Lifetimes};
use super::{OAuthClientCredentials, issuing};
use crate::authorization::{AuthorizationCode, AuthorizationRequest};
use crate::support::TokenRequest;
use crate::token::IssuedToken;
use crate::{Error, RequestError, Zendesk};

/// The token endpoint of an account, `POST /oauth/tokens`, as one OAuth client uses it
/// (<https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/>).
///
/// Each method sends one request, and none repeats it: a code and a refresh token are good once. It
/// is sent as JSON, without credentials but those of the OAuth client in its body. 200, which is
/// observed, and 201, which is documented, are the same.
///
/// What lifetimes are asked for stands in every request; the answer is believed over it. If the
/// answer does not say how long the access token is good, the claim `exp` of a token that is a JWT
/// counts, by the answer's own `Date`, since this machine's clock may be wrong; else
/// `GET /api/v2/oauth/tokens/current` is asked once, with that token and for at most 5 seconds; and
/// if that tells nothing, 5 minutes are assumed, the shortest that Zendesk documents. The
/// [source](crate::token::LifetimeSource) is in the token's [`Lifetime`](crate::token::Lifetime).
/// A [`TokenSource`](crate::token::TokenSource) asks only after it has stored the token.
///
/// A clone is cheap; clones share connections.
///
/// ```no_run
/// use zendesk_oauth::Zendesk;
/// use zendesk_oauth::token::{OAuthClientCredentials, TokenEndpoint};
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let zendesk = Zendesk::for_subdomain("acme")?.build()?; // needs no credentials
/// let secret = std::env::var("ZENDESK_CLIENT_SECRET")?;
/// let app = OAuthClientCredentials::confidential("my_app", secret);
/// let issued = TokenEndpoint::new(&zendesk, app).client_credentials(["read"]).await?;
/// println!("good for {:?}", issued.lifetime.lasts());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Of every method, [`Error`] with the operation `create_token_for_grant_type`:
///
/// | what | predicate |
/// |---|---|
/// | what was given cannot be right; nothing was sent | [`is_validation`](Error::is_validation) and [`is_not_sent`](Error::is_not_sent) |
/// | the code or refresh token is wrong, expired, revoked or used | [`is_invalid_grant`](Error::is_invalid_grant) |
/// | another refusal, such as `invalid_client` or `invalid_scope` | [`code`](Error::code) |
/// | no connection, so that nothing arrived | [`is_not_sent`](Error::is_not_sent) |
/// | the answer was lost on its way, so that Zendesk may have acted | [`is_transport`](Error::is_transport) |
/// | an answer arrived that has no token that can be sent: Zendesk has acted | [`is_decode`](Error::is_decode) |
#[derive(Clone)]
pub struct TokenEndpoint {
    /// Without credentials, and without retry.
    open: Transport,
    /// What a flight sends with, which runs in a runtime of its own; made by the first.
    for_flights: Arc<OnceLock<Transport>>,
    client: OAuthClientCredentials,
    lifetimes: Lifetimes,
}

impl TokenEndpoint {
    /// The token endpoint of this account, for this OAuth client. Nothing is sent. Credentials that
    /// `zendesk` has are not used.
    #[must_use]
    pub fn new(zendesk: &Zendesk, client: OAuthClientCredentials) -> Self {
        Self {
            open: zendesk.0.open.with_retry_policy(RetryPolicy::never()),
            for_flights: Arc::default(),
            client,
            lifetimes: Lifetimes::USUAL,
        }
    }

    /// How long access tokens are to be good: 1,800 seconds by default, which is Zendesk's default.
    /// Whole seconds are sent. Zendesk allows 5 minutes to 48 hours, so that anything else is refused
    /// before it is sent; it was observed to give 1,800 seconds whatever is asked.
    #[must_use]
    pub fn expires_in(mut self, lasts: Duration) -> Self {
        self.lifetimes.access = lasts;
        self
    }

    /// How long refresh tokens are to be good: 2,592,000 seconds (30 days) by default, which is
    /// Zendesk's default. Whole seconds are sent. Zendesk allows 7 to 90 days.
    #[must_use]
    pub fn refresh_token_expires_in(mut self, lasts: Duration) -> Self {
        self.lifetimes.refresh = lasts;
        self
    }

    /// Redeems the code that a browser came back with (RFC 6749, 4.1.3), with the redirect URI, the
    /// scope and the code verifier of `request`, which is to be of the same client.
    ///
    /// # Errors
    ///
    /// See [`TokenEndpoint`]. After a lost answer begin anew, with another authorization request:
    /// the code may be used up.
    pub async fn authorization_code(
        &self,
        request: &AuthorizationRequest,
        code: AuthorizationCode,
    ) -> Result<IssuedToken, Error> {
        let asked = request::authorization_code(&self.client, self.lifetimes, request, code);
        issuing::issue_and_ask(&self.open, asked).await
    }

    /// A token for the client itself (RFC 6749, 4.4), which acts as the user who made the client.
    /// `scopes` is at least one. The client has to be a confidential one, and there is no refresh
    /// token.
    ///
    /// # Errors
    ///
    /// See [`TokenEndpoint`]. After a lost answer it may be called again.
    pub async fn client_credentials<S: AsRef<str>>(
        &self,
        scopes: impl IntoIterator<Item = S>,
    ) -> Result<IssuedToken, Error> {
        let scopes = owned(scopes);
        issuing::issue_and_ask(&self.open, self.to_mint(&scopes)).await
    }

    /// Redeems a refresh token (RFC 6749, 6): the old pair of tokens is dead then, and the answer has
    /// a new one. No scope is sent, so that what was granted stands.
    ///
    /// # Errors
    ///
    /// See [`TokenEndpoint`]. After a lost answer the login may be lost; a
    /// [`TokenStore`](crate::token::TokenStore) with an intent in it is there so that this is known.
    pub async fn refresh_token(&self, refresh_token: &Secret) -> Result<IssuedToken, Error> {
        issuing::issue_and_ask(&self.open, Ok(self.to_refresh(refresh_token))).await
    }

    /// The OAuth client.
    #[must_use]
    pub fn client(&self) -> &OAuthClientCredentials {
        &self.client
    }

    /// The base URL of the account, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.open.base_url()
    }

    pub(in crate::token) fn open(&self) -> &Transport {
        &self.open
    }

    /// What a flight sends with: no connection that another runtime drives, and none that outlives it.
    pub(super) fn for_flights(&self) -> &Transport {
        self.for_flights.get_or_init(|| {
            let apart = self.open.without_kept_connections();
            apart.unwrap_or_else(|_| self.open.clone())
        })
    }

    pub(super) fn to_mint(&self, scopes: &[String]) -> Result<TokenRequest, RequestError> {
        request::client_credentials(&self.client, self.lifetimes, scopes)
    }

    pub(super) fn to_refresh(&self, refresh_token: &Secret) -> TokenRequest {
        request::refresh_token(&self.client, self.lifetimes, refresh_token)
    }
}

fn owned<S: AsRef<str>>(scopes: impl IntoIterator<Item = S>) -> Vec<String> {
    let scopes = scopes.into_iter();
    scopes.map(|scope| scope.as_ref().to_owned()).collect()
}

impl fmt::Debug for TokenEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenEndpoint")
            .field("base_url", &self.base_url())
            .field("client", &self.client)
            .field("lifetimes", &self.lifetimes)
            .finish_non_exhaustive()
    }
}
