//! `StartOAuthFlow`: the connection to make.

use std::fmt;

use zendesk_zis_oauth_connections::types::{StartOAuthFlowRequest, builder};

use super::oauth_client_ref::ByNameOrUuid;
use super::start_rules::{check_origin_url, check_subdomain};
use super::{ConnectionName, OAuthClientRef, ZisGrantType};
use crate::shown_url::ShownUrl;
use crate::{NameError, RequestError, scope};

/// The connection to make, and how. Its name and the ZIS OAuth client are required by the
/// constructor; what else is not set is not sent. Options that cannot be right make the call fail
/// before anything is sent
/// (<https://developer.zendesk.com/api-reference/integration-services/connections/oauth_connections/>).
///
/// ```
/// use zendesk_oauth::zis::{OAuthClientRef, StartOAuthFlow};
///
/// let request = StartOAuthFlow::new("my_connection", OAuthClientRef::name("my_oauth_client"))?
///     .permission_scopes(["read", "write"])
///     .allow_offline_access(true);
/// assert!(StartOAuthFlow::new("my connection", OAuthClientRef::name("my_oauth_client")).is_err());
/// # drop(request);
/// # Ok::<(), zendesk_oauth::NameError>(())
/// ```
#[derive(Clone)]
#[must_use = "a request does nothing until it is given to `start` or `connect`"]
pub struct StartOAuthFlow {
    name: ConnectionName,
    client: OAuthClientRef,
    grant_type: Option<ZisGrantType>,
    permission_scopes: Option<String>,
    origin_oauth_redirect_url: Option<String>,
    oauth_url_subdomain: Option<String>,
    allow_offline_access: Option<bool>,
}

impl StartOAuthFlow {
    /// A connection of that name, by that ZIS OAuth client. The name must be free: one that another
    /// connection has gives 409 (observed).
    ///
    /// # Errors
    ///
    /// [`NameError`], when `name` is none of a connection, or the name of the ZIS OAuth client is
    /// empty or has a control character.
    pub fn new<N>(name: N, client: impl Into<OAuthClientRef>) -> Result<Self, NameError>
    where
        N: TryInto<ConnectionName>,
        NameError: From<N::Error>,
    {
        Ok(Self {
            name: name.try_into()?,
            client: client.into().checked()?,
            grant_type: None,
            permission_scopes: None,
            origin_oauth_redirect_url: None,
            oauth_url_subdomain: None,
            allow_offline_access: None,
        })
    }

    /// The grant (RFC 6749, section 1.3). Inferred: without it, that of the ZIS OAuth client.
    pub fn grant_type(mut self, grant_type: ZisGrantType) -> Self {
        self.grant_type = Some(grant_type);
        self
    }

    /// The scopes to ask the third party for, whose rules only the third party knows; no tab, line
    /// feed or other control character can be in them. None at all is as if this was not called.
    pub fn permission_scopes<S: AsRef<str>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.permission_scopes = scope::joined(scopes);
        self
    }

    /// Where the browser goes in the end, with the verification code in the query.
    /// [`Zis::connect`](super::Zis::connect) sets its own. It is absolute, without a fragment and
    /// without userinfo, and https or http to this machine, so that the code is secret on its way.
    ///
    /// Put a value into it that nobody can guess, such as in the path, and keep that value in the
    /// user's session: see
    /// [`VerificationCode::from_callback`](super::VerificationCode::from_callback).
    pub fn origin_oauth_redirect_url(mut self, url: impl Into<String>) -> Self {
        self.origin_oauth_redirect_url = Some(url.into());
        self
    }

    /// What replaces the placeholder of a subdomain in the third party's URLs. What would make
    /// another host of them is refused, such as a `/` in it.
    pub fn oauth_url_subdomain(mut self, subdomain: impl Into<String>) -> Self {
        self.oauth_url_subdomain = Some(subdomain.into());
        self
    }

    /// Whether to ask for a refresh token (inferred: Zendesk's page does not explain it).
    pub fn allow_offline_access(mut self, allow: bool) -> Self {
        self.allow_offline_access = Some(allow);
        self
    }

    /// Whether it is known that nobody has to agree in a browser.
    pub(super) fn needs_no_browser(&self) -> bool {
        self.grant_type == Some(ZisGrantType::ClientCredentials)
    }

    /// Whether the options can be right.
    pub(super) fn check(&self) -> Result<(), RequestError> {
        let scopes = self.permission_scopes.as_deref();
        scopes.map_or(Ok(()), |it| scope::check("permission_scopes", it))?;
        let origin = self.origin_oauth_redirect_url.as_deref();
        origin.map_or(Ok(()), check_origin_url)?;
        let subdomain = self.oauth_url_subdomain.as_deref();
        subdomain.map_or(Ok(()), check_subdomain)
    }

    pub(super) fn into_body(self) -> builder::StartOAuthFlowRequest {
        let mut body = StartOAuthFlowRequest::builder()
            .name(self.name.as_str())
            .grant_type(self.grant_type)
            .permission_scopes(self.permission_scopes)
            .origin_oauth_redirect_url(self.origin_oauth_redirect_url)
            .oauth_url_subdomain(self.oauth_url_subdomain)
            .allow_offline_access(self.allow_offline_access);
        body = match self.client.0 {
            ByNameOrUuid::Name(name) => body.oauth_client_name(name),
            ByNameOrUuid::Uuid(uuid) => body.oauth_client_uuid(uuid.to_string()),
        };
        body
    }
}

/// Of the URL scheme and host: the rest may be for one session.
impl fmt::Debug for StartOAuthFlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.origin_oauth_redirect_url.as_deref().map(ShownUrl);
        f.debug_struct("StartOAuthFlow")
            .field("name", &self.name)
            .field("client", &self.client)
            .field("grant_type", &self.grant_type)
            .field("permission_scopes", &self.permission_scopes)
            .field("origin_oauth_redirect_url", &url)
            .field("oauth_url_subdomain", &self.oauth_url_subdomain)
            .field("allow_offline_access", &self.allow_offline_access)
            .finish()
    }
}
