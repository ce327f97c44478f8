//! `NewOAuthClient`: a client to create.

use std::fmt;

use zendesk_support_oauth_clients::types::builder;
use zendesk_support_oauth_clients::types::{
    CreateOAuthClient, CreateOAuthClientRequest, OAuthClientKind,
};

use super::members::check_redirect_uris;
use crate::RequestError;
use crate::sent_text::{check_filled, check_lines, check_printable};
use crate::shown_url::ShownUrl;

/// A client to create. Its name, its identifier and whether it can keep a secret are required by
/// the constructors.
///
/// An empty name or identifier (Zendesk's table marks both as mandatory,
/// <https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_clients/>), a control
/// character in a text, a public client without any redirect URI, and a redirect URI that cannot be
/// right make the call fail before anything is sent. A description may have line feeds and tabs. Of
/// redirect URIs that is: one that is not absolute or has a fragment (RFC 6749, 3.1.2) or userinfo,
/// plain http to another machine than this, and one that is a script or content and no place, such
/// as `javascript:` and `data:`. Zendesk's user interface
/// takes https and http to `localhost` and `127.0.0.1` only
/// (<https://support.zendesk.com/hc/en-us/articles/4408845965210>); whether the API takes the
/// schemes of apps, such as `com.example.app:/callback`, is unknown, and left to the server.
///
/// ```
/// use zendesk_oauth::support::NewOAuthClient;
///
/// let app = NewOAuthClient::public("Acme app", "acme_app", "http://localhost:8080/callback")
///     .company("Acme")
///     .description("Shows tickets on a phone");
/// let server = NewOAuthClient::confidential("Acme nightly", "acme_nightly");
/// # let _ = (app, server);
/// ```
#[derive(Clone)]
#[must_use = "a client is created by `create` or `register`"]
pub struct NewOAuthClient {
    body: builder::CreateOAuthClient,
    /// Apart from the rest, since of them scheme and host may be printed only.
    redirect_uris: Option<Vec<String>>,
    is_public: bool,
    defect: Option<RequestError>,
}

impl NewOAuthClient {
    /// A client that can keep a secret, such as a server. Only such a client may use the grant
    /// `client_credentials`.
    ///
    /// `name` is what people see; `identifier` is the `client_id` of OAuth, and no other client of
    /// the account may have it.
    pub fn confidential(name: impl Into<String>, identifier: impl Into<String>) -> Self {
        Self::of_kind(OAuthClientKind::Confidential, name, identifier)
    }

    /// A client that cannot keep a secret, such as an app on a phone or in a browser. It must use
    /// PKCE (<https://developer.zendesk.com/documentation/api-basics/authentication/oauth-pkce/>),
    /// as [`AuthorizationRequest::new`](crate::authorization::AuthorizationRequest::new) does.
    pub fn public(
        name: impl Into<String>,
        identifier: impl Into<String>,
        redirect_uri: impl Into<String>,
    ) -> Self {
        Self::of_kind(OAuthClientKind::Public, name, identifier).redirect_uris([redirect_uri])
    }

    fn of_kind(
        kind: OAuthClientKind,
        name: impl Into<String>,
        identifier: impl Into<String>,
    ) -> Self {
        let (name, identifier) = (name.into(), identifier.into());
        let checked =
            check_filled("name", &name).and_then(|()| check_filled("identifier", &identifier));
        let is_public = kind == OAuthClientKind::Public;
        let body = CreateOAuthClient::builder().kind(kind);
        Self {
            body: body.name(name).identifier(identifier),
            redirect_uris: None,
            is_public,
            defect: checked.err(),
        }
    }

    /// The company that people see when they are asked for access.
    pub fn company(mut self, company: impl Into<String>) -> Self {
        let company = company.into();
        self.defect = self.defect.or(check_printable("company", &company).err());
        self.body = self.body.company(company);
        self
    }

    /// The short text about the client that people see when they are asked for access.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        let description = description.into();
        self.defect = self
            .defect
            .or(check_lines("description", &description).err());
        self.body = self.body.description(description);
        self
    }

    /// The redirect URIs, to which people may be sent back with an authorization code, in place of
    /// those given before.
    pub fn redirect_uris<U: Into<String>>(mut self, uris: impl IntoIterator<Item = U>) -> Self {
        let uris: Vec<String> = uris.into_iter().map(Into::into).collect();
        self.defect = self.defect.or(check_redirect_uris(&uris).err());
        self.redirect_uris = Some(uris);
        self
    }

    /// The admin who is to own the client. Best left out: Zendesk's table marks it as mandatory, yet
    /// its own example does not send it, and whether Zendesk heeds it is unknown.
    pub fn user_id(mut self, user_id: i64) -> Self {
        self.body = self.body.user_id(user_id);
        self
    }

    pub(super) fn is_public(&self) -> bool {
        self.is_public
    }

    pub(super) fn check(&self) -> Result<(), RequestError> {
        self.defect.clone().map_or(Ok(()), Err)?;
        let has_uri = self
            .redirect_uris
            .as_ref()
            .is_some_and(|uris| !uris.is_empty());
        if self.is_public && !has_uri {
            return Err(RequestError::new(
                "redirect_uri",
                "a public client has no redirect URI, and without one it can get no token: give at \
                 least one, such as `http://localhost:8080/callback`",
            ));
        }
        Ok(())
    }

    pub(super) fn into_body(self) -> builder::CreateOAuthClientRequest {
        let body = match self.redirect_uris {
            Some(uris) => self.body.redirect_uri(uris),
            None => self.body,
        };
        CreateOAuthClientRequest::builder().client(body)
    }
}

impl fmt::Debug for NewOAuthClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uris = self.redirect_uris.as_deref().unwrap_or_default();
        let uris: Vec<ShownUrl<'_>> = uris.iter().map(|uri| ShownUrl(uri)).collect();
        f.debug_struct("NewOAuthClient")
            .field("body", &self.body)
            .field("redirect_uris", &uris)
            .field("defect", &self.defect)
            .finish()
    }
}
