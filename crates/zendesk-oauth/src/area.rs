//! `Area`: the parts of Zendesk that want credentials of their own.

use std::fmt;

use zendesk_oauth_core::Operation;
#[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
use zendesk_oauth_core::Transport;

#[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
use crate::Error;
#[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
use crate::error::Kind;

/// A part of Zendesk that wants credentials of its own (Zendesk's security pages).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Area {
    /// Support: an OAuth access token, for most operations that of an administrator.
    Support,
    /// One ZIS integration: an access token of the integration's own OAuth client.
    Zis,
    /// Chat: a Chat access token.
    Chat,
}

impl Area {
    /// Which area's credentials an operation takes, by the security schemes of its document; `None`
    /// for one that takes none.
    pub(crate) fn of(operation: &Operation) -> Option<Self> {
        operation.security.iter().find_map(|scheme| match *scheme {
            "supportBearer" => Some(Self::Support),
            "zisBearer" => Some(Self::Zis),
            "chatBearer" => Some(Self::Chat),
            _ => None,
        })
    }

    /// The area's own transport, which is there if credentials for the area were given.
    ///
    /// # Errors
    ///
    /// They were not.
    #[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
    pub(crate) fn transport(self, own: Option<&Transport>) -> Result<Transport, Error> {
        own.cloned()
            .ok_or_else(|| Error::new(Kind::MissingCredentials { area: self }))
    }

    /// Which credentials it needs, and where they come from.
    pub(crate) fn needs(self) -> &'static str {
        match self {
            Self::Support => {
                "Support needs an OAuth access token: make an OAuth client in Admin Center (Apps and \
                 integrations > APIs > OAuth clients), and give a `TokenSource` that gets tokens \
                 with it and refreshes them, with `support(source.credentials())`, or one token, \
                 with `support(Credentials::bearer(token))`"
            }
            Self::Zis => {
                "ZIS needs a token of the integration's own OAuth client, not an API token: create \
                 one for the client `zis_{integration}`, which registering the integration \
                 returned, with POST /api/v2/oauth/tokens, and give it with `zis(integration, \
                 Credentials::bearer(token))`"
            }
            Self::Chat => {
                "Chat needs a Chat access token, and one of Support does not work: make an API \
                 client in the Chat dashboard (Settings > Account > API), get a token with it, and \
                 give it with `chat(Credentials::bearer(token))`"
            }
        }
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Support => "Support",
            Self::Zis => "ZIS",
            Self::Chat => "Chat",
        })
    }
}
