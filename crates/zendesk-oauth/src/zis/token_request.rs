//! `CreateZisOAuthToken`: a token request to the proxy of the Zendesk token URL.

use std::fmt;

use zendesk_oauth_core::Secret;
use zendesk_zis_oauth_connections::types::{CreateZisOAuthTokenRequest, builder};

use super::ZisGrantType;
use crate::sent_text::check_filled;
use crate::shown_url::ShownUrl;
use crate::{RequestError, scope};

/// A token request (RFC 6749, sections 4.1.3 and 4.4.2). Each grant has its constructor, which
/// requires what the grant needs. What is empty or holds a control character makes the call fail
/// before anything is sent.
///
/// ```
/// use zendesk_oauth::Secret;
/// use zendesk_oauth::zis::CreateZisOAuthToken;
///
/// let request = CreateZisOAuthToken::authorization_code(
///     "my_client",
///     Secret::from("the client's secret"),
///     Secret::from("the code"),
///     "https://client.int/callback",
/// )
/// .scopes(["read", "write"]);
/// assert!(!format!("{request:?}").contains("the client's secret"));
/// ```
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is given to `create_zis_oauth_token`"]
pub struct CreateZisOAuthToken {
    client_id: String,
    client_secret: Secret,
    grant: Grant,
    scope: Option<String>,
}

#[derive(Clone)]
enum Grant {
    AuthorizationCode { code: Secret, redirect_uri: String },
    ClientCredentials,
}

impl CreateZisOAuthToken {
    /// The grant `authorization_code`: `redirect_uri` as in the authorization request. A code lasts
    /// 120 seconds and works once
    /// (<https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/>).
    pub fn authorization_code(
        client_id: impl Into<String>,
        client_secret: Secret,
        code: Secret,
        redirect_uri: impl Into<String>,
    ) -> Self {
        let grant = Grant::AuthorizationCode {
            code,
            redirect_uri: redirect_uri.into(),
        };
        Self::of(client_id.into(), client_secret, grant)
    }

    /// The grant `client_credentials`. Inferred: the proxy passes it on.
    pub fn client_credentials(client_id: impl Into<String>, client_secret: Secret) -> Self {
        Self::of(client_id.into(), client_secret, Grant::ClientCredentials)
    }

    fn of(client_id: String, client_secret: Secret, grant: Grant) -> Self {
        Self {
            client_id,
            client_secret,
            grant,
            scope: None,
        }
    }

    /// The scopes to ask for. None at all is as if this was not called.
    pub fn scopes<S: AsRef<str>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scope = scope::joined(scopes);
        self
    }

    /// Whether it can be right.
    pub(super) fn check(&self) -> Result<(), RequestError> {
        check_filled("client_id", &self.client_id)?;
        check_filled("client_secret", self.client_secret.expose())?;
        if let Grant::AuthorizationCode { code, redirect_uri } = &self.grant {
            check_filled("code", code.expose())?;
            check_filled("redirect_uri", redirect_uri)?;
        }
        let scopes = self.scope.as_deref();
        scopes.map_or(Ok(()), |it| scope::check("scope", it))
    }

    pub(super) fn into_body(self) -> builder::CreateZisOAuthTokenRequest {
        let body = CreateZisOAuthTokenRequest::builder()
            .client_id(self.client_id)
            .client_secret(self.client_secret)
            .scope(self.scope);
        match self.grant {
            Grant::AuthorizationCode { code, redirect_uri } => body
                .grant_type(ZisGrantType::AuthorizationCode)
                .code(code)
                .redirect_uri(redirect_uri),
            Grant::ClientCredentials => body.grant_type(ZisGrantType::ClientCredentials),
        }
    }
}

/// Of the URI scheme and host: the rest may be for one session.
impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AuthorizationCode { code, redirect_uri } => f
                .debug_struct("AuthorizationCode")
                .field("code", code)
                .field("redirect_uri", &ShownUrl(redirect_uri))
                .finish(),
            Self::ClientCredentials => f.write_str("ClientCredentials"),
        }
    }
}
