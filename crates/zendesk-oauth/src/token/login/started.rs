//! `StartedLogin`: a login that waits for its person.

use zendesk_oauth_core::Secret;

use super::callback;
use crate::Error;
use crate::authorization::AuthorizationRequest;
use crate::token::{IssuedToken, TokenEndpoint};

/// A login that was begun, from [`Login::begin`](super::Login::begin): for a web app, or for a
/// command of its own way of asking.
///
/// It is for one person and one session. Where the callback reaches another process, keep
/// `state` and `code_verifier` of [`request`](Self::request) in the person's session instead, and
/// redeem the code with [`TokenEndpoint`] there.
///
/// ```
/// use zendesk_oauth::token::{IssuedToken, Login, TokenEndpoint};
///
/// # async fn log_in(endpoint: TokenEndpoint, ask: impl AsyncFn(&str) -> String)
/// #     -> Result<IssuedToken, zendesk_oauth::Error> {
/// let login = Login::new(&endpoint, ["read"])
///     .redirect_uri("https://app.example.com/callback")
///     .begin()?;
/// let came_back_with = ask(login.url().expose()).await;
/// login.finish(&came_back_with).await
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct StartedLogin {
    endpoint: TokenEndpoint,
    request: AuthorizationRequest,
}

impl StartedLogin {
    pub(super) fn new(endpoint: TokenEndpoint, request: AuthorizationRequest) -> Self {
        Self { endpoint, request }
    }

    /// Where to send the person's browser. `state` stands in it, so it is for that browser only.
    #[must_use]
    pub fn url(&self) -> Secret {
        self.request.url_at(self.endpoint.base_url())
    }

    /// What the person is asked.
    #[must_use]
    pub fn request(&self) -> &AuthorizationRequest {
        &self.request
    }

    /// Reads what the browser came back with, and redeems its code: the whole URL, its path with the
    /// query, or the query alone. After an error of reading it, it may be called again with another
    /// text; a code is redeemed once.
    ///
    /// # Errors
    ///
    /// That it is no answer to this login, or that access was refused ([`Error::callback`],
    /// [`Error::is_denied`]), in which case nothing is sent; and those of redeeming the code.
    pub async fn finish(&self, came_back_with: &str) -> Result<IssuedToken, Error> {
        let code = callback::read(&self.request, came_back_with)?;
        self.endpoint.authorization_code(&self.request, code).await
    }
}
