//! `AuthorizationRequest`: asking a person for access.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use zendesk_oauth_core::Secret;

use super::pkce::Pkce;
use super::{AuthorizationCode, CallbackError, random, redirect_uri};
use crate::shown_url::ShownUrl;
use crate::{Error, RequestError, Zendesk, scope};

const NO_SCOPE: &str = "the authorization request names no scope, and Zendesk demands one: give the \
                        least that serves, such as `read`";

/// Below the base URL (<https://developer.zendesk.com/documentation/api-basics/authentication/oauth-pkce/>).
const PATH: &str = "/oauth/authorizations/new";

/// All but what is unreserved in URLs (RFC 3986, 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A request to a person, in the browser, to let an OAuth client act in the person's name: the first
/// step of the authorization code grant of Support (RFC 6749, 4.1), with PKCE (RFC 7636).
///
/// Send the person to [`url`](Self::url), and read what comes back with
/// [`code_from_callback`](Self::code_from_callback). Each request has a `state` and a code verifier
/// of its own, from the system's random source. Where the callback reaches another process, keep
/// [`state`](Self::state) and [`code_verifier`](Self::code_verifier) in the person's session, and read
/// it with [`AuthorizationCode::from_callback`].
///
/// Chat, Sell and Conversations have no PKCE, and other addresses.
///
/// ```
/// use zendesk_oauth::Zendesk;
/// use zendesk_oauth::authorization::AuthorizationRequest;
///
/// let zendesk = Zendesk::for_subdomain("acme")?.build()?;
/// let redirect_uri = "http://localhost:8080/callback";
/// let request = AuthorizationRequest::new("my_app", redirect_uri, ["read"])?;
/// let url = request.url(&zendesk);
/// assert!(url.expose().starts_with("https://acme.zendesk.com/oauth/authorizations/new?"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct AuthorizationRequest {
    client_id: String,
    redirect_uri: String,
    scope: String,
    state: Secret,
    pkce: Option<Pkce>,
}

impl AuthorizationRequest {
    /// A request with PKCE. Of a client that cannot keep a secret (a public one) Zendesk demands
    /// it; for one that can, RFC 9700, 2.1.1 recommends it, and its code is redeemed with the
    /// verifier and with the secret.
    ///
    /// `client_id` is the client's identifier, not its number; `redirect_uri` one of those that the
    /// client has; `scopes` at least one, such as `read` or `tickets:write`.
    ///
    /// # Errors
    ///
    /// If `client_id` is empty, `redirect_uri` is not absolute, has a fragment or userinfo or is
    /// http to another machine, there is no scope or one with characters that scopes have not (RFC
    /// 6749, 3.3), or the system gives no random bytes.
    pub fn new<S: AsRef<str>>(
        client_id: impl Into<String>,
        redirect_uri: impl Into<String>,
        scopes: impl IntoIterator<Item = S>,
    ) -> Result<Self, Error> {
        let request = Self::without_pkce(client_id.into(), redirect_uri.into(), scopes)?;
        let pkce = Some(Pkce::generate()?);
        Ok(Self { pkce, ..request })
    }

    /// A request of a client that keeps a secret, which alone redeems the code.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn confidential_without_pkce<S: AsRef<str>>(
        client_id: impl Into<String>,
        redirect_uri: impl Into<String>,
        scopes: impl IntoIterator<Item = S>,
    ) -> Result<Self, Error> {
        Self::without_pkce(client_id.into(), redirect_uri.into(), scopes)
    }

    fn without_pkce<S: AsRef<str>>(
        client_id: String,
        redirect_uri: String,
        scopes: impl IntoIterator<Item = S>,
    ) -> Result<Self, Error> {
        if client_id.trim().is_empty() {
            return Err(RequestError::new(
                "client_id",
                "the authorization request has no client_id: give the identifier of an OAuth client",
            )
            .into());
        }
        redirect_uri::check(&redirect_uri)?;
        Ok(Self {
            client_id,
            redirect_uri,
            scope: scope::required("scope", NO_SCOPE, scopes)?,
            state: random::text(&random::bytes()?),
            pkce: None,
        })
    }

    /// Where to send the person's browser. `state` stands in it, so it is for that browser only.
    #[must_use]
    pub fn url(&self, zendesk: &Zendesk) -> Secret {
        self.url_at(zendesk.base_url())
    }

    /// The same, where nothing but the base URL is known.
    pub(crate) fn url_at(&self, base_url: &str) -> Secret {
        let challenge = self.pkce.as_ref().map(Pkce::code_challenge);
        let method = challenge.as_ref().map(|_| Pkce::METHOD);
        let parameters = [
            ("response_type", Some("code")),
            ("client_id", Some(self.client_id.as_str())),
            ("redirect_uri", Some(&self.redirect_uri)),
            ("scope", Some(&self.scope)),
            ("state", Some(self.state.expose())),
            ("code_challenge", challenge.as_deref()),
            ("code_challenge_method", method),
        ];
        let mut url = format!("{base_url}{PATH}");
        let mut separator = '?';
        for (name, value) in parameters {
            if let Some(value) = value {
                url.push(separator);
                url.push_str(name);
                url.push('=');
                url.extend(utf8_percent_encode(value, ENCODED));
                separator = '&';
            }
        }
        Secret::from(url)
    }

    /// Reads `code` from the callback that answers this request: the whole URL, its path with the
    /// query, or the query alone.
    ///
    /// # Errors
    ///
    /// [`CallbackError`], as [`AuthorizationCode::from_callback`].
    pub fn code_from_callback(&self, callback: &str) -> Result<AuthorizationCode, CallbackError> {
        AuthorizationCode::from_callback(callback, &self.state)
    }

    /// What the callback has to repeat (RFC 6749, 10.12).
    #[must_use]
    pub fn state(&self) -> &Secret {
        &self.state
    }

    /// What redeems the code, unless PKCE was left out.
    #[must_use]
    pub fn code_verifier(&self) -> Option<&Secret> {
        self.pkce.as_ref().map(Pkce::code_verifier)
    }

    /// The identifier of the client.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Where the browser comes back to. It has to be sent again when the code is redeemed.
    #[must_use]
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// The scopes as they are sent, with spaces between them.
    #[must_use]
    pub fn scope(&self) -> &str {
        &self.scope
    }
}

/// Of the redirect URI scheme and host: a query may hold what is for one session.
impl fmt::Debug for AuthorizationRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationRequest")
            .field("client_id", &self.client_id)
            .field("redirect_uri", &ShownUrl(&self.redirect_uri))
            .field("scope", &self.scope)
            .field("state", &self.state)
            .field("pkce", &self.pkce)
            .finish()
    }
}
