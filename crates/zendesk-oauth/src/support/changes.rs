//! `OAuthClientChanges`: what to change of a client.

use std::fmt;

use zendesk_support_oauth_clients::types::builder;
use zendesk_support_oauth_clients::types::{
    OAuthClientKind, UpdateOAuthClient, UpdateOAuthClientRequest,
};

use super::members::check_redirect_uris;
use crate::RequestError;
use crate::sent_text::{check_filled, check_lines, check_printable};
use crate::shown_url::ShownUrl;

/// What to change of a client. What is not named here stays as it is.
///
/// A change to nothing, an empty name or identifier, a control character in a text, and a redirect
/// URI that cannot be right (see [`NewOAuthClient`](super::NewOAuthClient)) make the call fail before anything is sent. What
/// Zendesk answers to a request without any change is unknown; ask [`is_empty`](Self::is_empty)
/// before. The secret cannot be written:
/// [`generate_secret`](super::OAuthClients::generate_secret) makes a new one.
///
/// ```
/// use zendesk_oauth::support::OAuthClientChanges;
///
/// let changes = OAuthClientChanges::new().name("Acme app 2").company("Acme");
/// assert!(!changes.is_empty());
/// ```
#[derive(Clone)]
#[must_use = "changes are made by `update`"]
pub struct OAuthClientChanges {
    body: builder::UpdateOAuthClient,
    /// Apart from the rest, since of them scheme and host may be printed only.
    redirect_uris: Option<Vec<String>>,
    is_empty: bool,
    defect: Option<RequestError>,
}

impl OAuthClientChanges {
    /// No change yet.
    pub fn new() -> Self {
        Self {
            body: UpdateOAuthClient::builder(),
            redirect_uris: None,
            is_empty: true,
            defect: None,
        }
    }

    fn change(
        self,
        checked: Result<(), RequestError>,
        change: impl FnOnce(builder::UpdateOAuthClient) -> builder::UpdateOAuthClient,
    ) -> Self {
        Self {
            body: change(self.body),
            redirect_uris: self.redirect_uris,
            is_empty: false,
            defect: self.defect.or(checked.err()),
        }
    }

    /// Another name, as people see it.
    pub fn name(self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.change(check_filled("name", &name), |body| body.name(name))
    }

    /// Another identifier, which is the `client_id` of OAuth: whoever uses the old one is refused
    /// from then on (inferred).
    pub fn identifier(self, identifier: impl Into<String>) -> Self {
        let identifier = identifier.into();
        self.change(check_filled("identifier", &identifier), |body| {
            body.identifier(identifier)
        })
    }

    /// Another kind. **The client gets another secret by it**, and the answer shows that one truncated
    /// only: call [`generate_secret`](super::OAuthClients::generate_secret) to get one that is whole
    /// (<https://support.zendesk.com/hc/en-us/articles/4408845965210>, of the user interface).
    pub fn kind(self, kind: OAuthClientKind) -> Self {
        self.change(Ok(()), |body| body.kind(kind))
    }

    /// Another company, which people see when they are asked for access.
    pub fn company(self, company: impl Into<String>) -> Self {
        let company = company.into();
        self.change(check_printable("company", &company), |body| {
            body.company(company)
        })
    }

    /// Another short text about the client, which people see when they are asked for access.
    pub fn description(self, description: impl Into<String>) -> Self {
        let description = description.into();
        self.change(check_lines("description", &description), |body| {
            body.description(description)
        })
    }

    /// The redirect URIs, all of them: these take the place of the old ones (inferred).
    pub fn redirect_uris<U: Into<String>>(self, uris: impl IntoIterator<Item = U>) -> Self {
        let uris: Vec<String> = uris.into_iter().map(Into::into).collect();
        let changed = self.change(check_redirect_uris(&uris), |body| body);
        Self {
            redirect_uris: Some(uris),
            ..changed
        }
    }

    /// Another admin as the owner. Unknown: whether Zendesk heeds it.
    pub fn user_id(self, user_id: i64) -> Self {
        self.change(Ok(()), |body| body.user_id(user_id))
    }

    /// Whether nothing is to be changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.is_empty
    }

    pub(super) fn check(&self) -> Result<(), RequestError> {
        if self.is_empty {
            return Err(RequestError::new(
                "client",
                "there is nothing to change: name at least one member, or leave the call out",
            ));
        }
        self.defect.clone().map_or(Ok(()), Err)
    }

    pub(super) fn into_body(self) -> builder::UpdateOAuthClientRequest {
        let body = match self.redirect_uris {
            Some(uris) => self.body.redirect_uri(uris),
            None => self.body,
        };
        UpdateOAuthClientRequest::builder().client(body)
    }
}

impl Default for OAuthClientChanges {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for OAuthClientChanges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uris = self.redirect_uris.as_deref().unwrap_or_default();
        let uris: Vec<ShownUrl<'_>> = uris.iter().map(|uri| ShownUrl(uri)).collect();
        f.debug_struct("OAuthClientChanges")
            .field("body", &self.body)
            .field("redirect_uris", &uris)
            .field("defect", &self.defect)
            .finish()
    }
}
