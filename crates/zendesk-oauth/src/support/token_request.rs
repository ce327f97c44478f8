//! `TokenRequest`: what a token is asked for with.

use std::fmt;
use std::time::Duration;

use zendesk_oauth_core::Secret;
use zendesk_support_grant_type_tokens::types::{
    CreateTokenForGrantTypeRequest, SupportGrantType, builder,
};

use super::token_lifetimes::TokenLifetimes;
use crate::sent_text::check_filled;
use crate::shown_url::ShownUrl;
use crate::{RequestError, scope};

/// What to do without a scope.
const NO_SCOPE: &str = "the request names no `scope`, and Zendesk demands one: give the least that serves, such as `read`";

/// A token request (RFC 6749, sections 4.1.3, 4.4.2 and 6), for
/// [`GrantTypeTokens`](super::GrantTypeTokens). Each grant has its constructor. What breaks a rule that
/// Zendesk documents makes the call fail with a [`RequestError`](crate::RequestError) before anything
/// is sent:
///
/// | grant | needs |
/// |---|---|
/// | [`authorization_code`](Self::authorization_code) | scopes, and [`client_secret`](Self::client_secret), [`code_verifier`](Self::code_verifier) or both: a public client has to use PKCE |
/// | [`client_credentials`](Self::client_credentials) | scopes |
/// | [`refresh_token`](Self::refresh_token) | [`client_secret`](Self::client_secret), if the client is confidential |
///
/// Ask for [`expires_in`](Self::expires_in) always: without it Zendesk may leave the expiry out of its
/// answer (observed), and the tokens of older clients do not expire at all.
///
/// ```
/// use std::time::Duration;
///
/// use zendesk_oauth::{Secret, support::TokenRequest};
///
/// let request = TokenRequest::refresh_token("my_client", "the refresh token")
///     .client_secret(Secret::from("the client's secret"))
///     .expires_in(Duration::from_secs(1_800))
///     .refresh_token_expires_in(Duration::from_secs(2_592_000));
/// let printed = format!("{request:?}");
/// assert!(!printed.contains("the refresh token") && !printed.contains("the client's secret"));
/// ```
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is given to `create_token_for_grant_type`"]
pub struct TokenRequest {
    client_id: String,
    client_secret: Option<Secret>,
    grant: Grant,
    code_verifier: Option<Secret>,
    scope: Option<String>,
    lifetimes: TokenLifetimes,
}

#[derive(Clone)]
enum Grant {
    AuthorizationCode { code: Secret, redirect_uri: String },
    ClientCredentials,
    RefreshToken { refresh_token: Secret },
}

impl TokenRequest {
    /// The grant `authorization_code`: for a person's access.
    ///
    /// `client_id` is the client's identifier, not its number; `code` one that came back, such as
    #[cfg_attr(
        feature = "support",
        doc = "an [`AuthorizationCode`](crate::authorization::AuthorizationCode),"
    )]
    #[cfg_attr(not(feature = "support"), doc = "a `Secret`,")]
    /// which lasts 120 seconds and works once; `redirect_uri` that of the authorization request.
    pub fn authorization_code(
        client_id: impl Into<String>,
        code: impl Into<Secret>,
        redirect_uri: impl Into<String>,
    ) -> Self {
        let (code, redirect_uri) = (code.into(), redirect_uri.into());
        Self::of(client_id, Grant::AuthorizationCode { code, redirect_uri })
    }

    /// The grant `client_credentials`, for confidential clients: the token acts as the user who
    /// created the client, and comes without a refresh token.
    pub fn client_credentials(
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
    ) -> Self {
        Self::of(client_id, Grant::ClientCredentials).client_secret(client_secret)
    }

    /// The grant `refresh_token`: a new pair for an old one. The refresh token works once, and the
    /// old access token ends with it.
    pub fn refresh_token(client_id: impl Into<String>, refresh_token: impl Into<Secret>) -> Self {
        let refresh_token = refresh_token.into();
        Self::of(client_id, Grant::RefreshToken { refresh_token })
    }

    fn of(client_id: impl Into<String>, grant: Grant) -> Self {
        Self {
            client_id: client_id.into(),
            client_secret: None,
            grant,
            code_verifier: None,
            scope: None,
            lifetimes: TokenLifetimes::default(),
        }
    }

    /// The client's secret. A public client has none.
    pub fn client_secret(mut self, client_secret: impl Into<Secret>) -> Self {
        self.client_secret = Some(client_secret.into());
        self
    }

    /// The code verifier of PKCE, if the code was asked for with its challenge (RFC 7636). It belongs
    /// to the grant `authorization_code` alone.
    pub fn code_verifier(mut self, code_verifier: impl Into<Secret>) -> Self {
        self.code_verifier = Some(code_verifier.into());
        self
    }

    /// The scopes to ask for, such as `read` or `tickets:write`. None at all is as if this was not
    /// called. A refresh needs none (observed), and keeps what the pair had.
    pub fn scopes<S: AsRef<str>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scope = scope::joined(scopes);
        self
    }

    /// How long the access token is to last, in whole seconds: 5 minutes to 48 hours. Zendesk states
    /// inconsistently whether the ends are allowed, so they are sent.
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetimes.set_access(lifetime);
        self
    }

    /// How long the refresh token is to last, in whole seconds: 7 to 90 days. The ends are sent too.
    pub fn refresh_token_expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetimes.set_refresh(lifetime);
        self
    }

    /// Whether it can be right.
    pub(super) fn check(&self) -> Result<(), RequestError> {
        check_filled("client_id", &self.client_id)?;
        if let Some(secret) = &self.client_secret {
            check_filled("client_secret", secret.expose())?;
        }
        if let Some(verifier) = &self.code_verifier {
            check_filled("code_verifier", verifier.expose())?;
        }
        match &self.grant {
            Grant::AuthorizationCode { code, redirect_uri } => {
                check_filled("code", code.expose())?;
                check_filled("redirect_uri", redirect_uri)?;
                if self.client_secret.is_none() && self.code_verifier.is_none() {
                    return Err(RequestError::new("code_verifier", UNPROVED));
                }
            }
            Grant::RefreshToken { refresh_token } => {
                check_filled("refresh_token", refresh_token.expose())?;
            }
            Grant::ClientCredentials => {}
        }
        let is_refresh = matches!(self.grant, Grant::RefreshToken { .. });
        if !(is_refresh && self.scope.is_none()) {
            scope::required("scope", NO_SCOPE, &self.scope)?;
        }
        let is_of_code = matches!(self.grant, Grant::AuthorizationCode { .. });
        if self.code_verifier.is_some() && !is_of_code {
            return Err(RequestError::new("code_verifier", MISPLACED));
        }
        self.lifetimes.check()
    }

    pub(super) fn into_body(self) -> builder::CreateTokenForGrantTypeRequest {
        let body = CreateTokenForGrantTypeRequest::builder()
            .client_id(self.client_id)
            .client_secret(self.client_secret)
            .code_verifier(self.code_verifier)
            .scope(self.scope)
            .expires_in(self.lifetimes.access())
            .refresh_token_expires_in(self.lifetimes.refresh());
        match self.grant {
            Grant::AuthorizationCode { code, redirect_uri } => body
                .grant_type(SupportGrantType::AuthorizationCode)
                .code(code)
                .redirect_uri(redirect_uri),
            Grant::ClientCredentials => body.grant_type(SupportGrantType::ClientCredentials),
            Grant::RefreshToken { refresh_token } => body
                .grant_type(SupportGrantType::RefreshToken)
                .refresh_token(refresh_token),
        }
    }
}

const UNPROVED: &str = "nothing proves whose `code` it is: give the `client_secret` of a \
                        confidential client, the `code_verifier` of the authorization request, or \
                        both";
const MISPLACED: &str = "`code_verifier` belongs to the grant `authorization_code`: leave it out";

/// Of the redirect URI scheme and host: the rest may be for one session.
impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AuthorizationCode { code, redirect_uri } => f
                .debug_struct("AuthorizationCode")
                .field("code", code)
                .field("redirect_uri", &ShownUrl(redirect_uri))
                .finish(),
            Self::ClientCredentials => f.write_str("ClientCredentials"),
            Self::RefreshToken { refresh_token } => f
                .debug_struct("RefreshToken")
                .field("refresh_token", refresh_token)
                .finish(),
        }
    }
}
