//! `Zendesk`: the one client.

use std::fmt;
use std::sync::Arc;

use zendesk_oauth_core::Transport;

use crate::{NameError, Subdomain, ZendeskBuilder};

/// One client for the OAuth APIs of one Zendesk account.
///
/// A clone is cheap; clones share connections, credentials and the retry budget.
#[derive(Clone)]
pub struct Zendesk(pub(crate) Arc<Inner>);

/// A transport per area, all over one HTTP client.
pub(crate) struct Inner {
    #[cfg(feature = "_support")]
    pub(crate) support: Option<Transport>,
    #[cfg(feature = "zis")]
    pub(crate) zis: std::collections::BTreeMap<crate::zis::IntegrationName, Transport>,
    #[cfg(feature = "chat")]
    pub(crate) chat: Option<Transport>,
    /// Without credentials, for operations that take none.
    pub(crate) open: Transport,
}

impl Zendesk {
    /// A client of `https://{subdomain}.zendesk.com`.
    ///
    /// # Errors
    ///
    /// [`NameError`](crate::NameError), when `subdomain` is none.
    pub fn for_subdomain<S>(subdomain: S) -> Result<ZendeskBuilder, NameError>
    where
        S: TryInto<Subdomain>,
        NameError: From<S::Error>,
    {
        let subdomain = subdomain.try_into()?;
        Ok(Self::at(&format!("https://{subdomain}.zendesk.com")))
    }

    /// A client of `base_url`, such as `https://acme.zendesk.com` or `http://127.0.0.1:8080/stem`:
    /// https, or http to loopback; what the path has is kept before every operation's path. It is
    /// checked by [`ZendeskBuilder::build`].
    pub fn at(base_url: &str) -> ZendeskBuilder {
        ZendeskBuilder::new(base_url)
    }

    /// The base URL, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.0.open.base_url()
    }

    /// Support's OAuth clients.
    #[cfg(feature = "support")]
    #[must_use]
    pub fn oauth_clients(&self) -> crate::support::OAuthClients {
        crate::support::OAuthClients::new(self.0.support.clone())
    }

    /// Support's OAuth tokens.
    #[cfg(feature = "oauth-tokens")]
    #[must_use]
    pub fn oauth_tokens(&self) -> crate::support::OAuthTokens {
        crate::support::OAuthTokens::new(self.0.support.clone())
    }

    /// Support's global OAuth clients.
    #[cfg(feature = "global-oauth-clients")]
    #[must_use]
    pub fn global_oauth_clients(&self) -> crate::support::GlobalOAuthClients {
        crate::support::GlobalOAuthClients::new(self.0.support.clone())
    }

    /// Support's token endpoint. It needs no credentials of this client: those of the OAuth client are
    /// in the request.
    #[cfg(feature = "grant-type-tokens")]
    #[must_use]
    pub fn grant_type_tokens(&self) -> crate::support::GrantTypeTokens {
        crate::support::GrantTypeTokens::new(self.0.open.clone())
    }

    /// The connections of a ZIS integration. A name that breaks the rule of
    /// [`IntegrationName`](crate::zis::IntegrationName) is reported by each call, which sends
    /// nothing.
    #[cfg(feature = "zis")]
    #[must_use]
    pub fn zis<N>(&self, integration: N) -> crate::zis::Zis
    where
        N: TryInto<crate::zis::IntegrationName>,
        NameError: From<N::Error>,
    {
        let name = integration.try_into().map_err(NameError::from);
        let own = name.as_ref().ok().and_then(|name| self.0.zis.get(name));
        crate::zis::Zis::new(own.cloned(), self.0.open.clone(), name)
    }

    /// Chat's OAuth tokens.
    #[cfg(feature = "chat")]
    #[must_use]
    pub fn chat(&self) -> crate::chat::Chat {
        crate::chat::Chat::new(self.0.chat.clone())
    }
}

impl fmt::Debug for Zendesk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Zendesk")
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}
