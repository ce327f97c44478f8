//! A client as a grant sees it, whether it is the account's own or a global one.

use jiff::Timestamp;

use crate::state::{Client, ClientKind, GlobalClient, IssuedTo, State};

/// 2026-02-02: tokens of global clients expire from then on, those of new or idle ones at least.
/// <https://support.zendesk.com/hc/en-us/articles/10212201463962>
const GLOBAL_CLIENTS: Timestamp = Timestamp::constant(1_769_990_400, 0);

/// 2026-04-30: tokens of clients that are created from then on expire, by the same article.
const NEW_CLIENTS: Timestamp = Timestamp::constant(1_777_507_200, 0);

/// 2027-04-01: those of older clients do as well.
/// <https://support.zendesk.com/hc/en-us/articles/9182123625370>
const ALL_CLIENTS: Timestamp = Timestamp::constant(1_806_537_600, 0);

/// A client that is registered.
#[derive(Clone, Copy)]
pub(crate) enum Registered<'a> {
    Local(&'a Client),
    Global(&'a GlobalClient),
}

impl<'a> Registered<'a> {
    /// The client with that identifier, which is what OAuth calls `client_id`.
    pub(super) fn find(state: &'a State, identifier: &str) -> Option<Self> {
        let local = state.client_by_identifier(identifier).map(Self::Local);
        let global = || state.global_clients.by_name(identifier).map(Self::Global);
        local.or_else(global)
    }

    pub(crate) fn id(self) -> i64 {
        match self {
            Self::Local(client) => client.id,
            Self::Global(client) => client.id,
        }
    }

    pub(crate) fn issued_to(self) -> IssuedTo {
        match self {
            Self::Local(_) => IssuedTo::Local,
            Self::Global(_) => IssuedTo::Global,
        }
    }

    pub(super) fn kind(self) -> ClientKind {
        match self {
            Self::Local(client) => client.kind,
            Self::Global(client) => client.kind,
        }
    }

    pub(super) fn name(self) -> &'a str {
        match self {
            Self::Local(client) => &client.name,
            Self::Global(client) => &client.name,
        }
    }

    pub(super) fn company(self) -> Option<&'a str> {
        match self {
            Self::Local(client) => client.company.as_deref(),
            Self::Global(client) => client.company.as_deref(),
        }
    }

    pub(super) fn description(self) -> Option<&'a str> {
        match self {
            Self::Local(client) => client.description.as_deref(),
            Self::Global(client) => client.description.as_deref(),
        }
    }

    pub(super) fn redirect_uris(self) -> &'a [String] {
        match self {
            Self::Local(client) => &client.redirect_uri,
            Self::Global(client) => &client.redirect_uri,
        }
    }

    /// The scopes that the client may ask for, if they are limited.
    pub(super) fn allowed_scopes(self) -> Option<&'a [String]> {
        match self {
            Self::Local(client) => client.allowed_scopes.as_deref(),
            Self::Global(_) => None,
        }
    }

    /// Whether that is its secret. The secrets of global clients belong to those who made them; the
    /// sandbox has none.
    pub(super) fn has_secret(self, secret: &str) -> bool {
        match self {
            Self::Local(client) => client.secret == secret,
            Self::Global(_) => false,
        }
    }

    /// Whether its tokens expire although nobody asks for it.
    ///
    /// Of global clients only those that are new or were idle for three months are concerned by the
    /// first date; the sandbox takes all of them for such.
    pub(crate) fn expiry_is_enforced(self, now: Timestamp) -> bool {
        now >= ALL_CLIENTS
            || match self {
                Self::Local(client) => client.created_at >= NEW_CLIENTS,
                Self::Global(_) => now >= GLOBAL_CLIENTS,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dates_are_those_of_the_articles() {
        for (date, text) in [
            (GLOBAL_CLIENTS, "2026-02-02T00:00:00Z"),
            (NEW_CLIENTS, "2026-04-30T00:00:00Z"),
            (ALL_CLIENTS, "2027-04-01T00:00:00Z"),
        ] {
            assert_eq!(date.to_string(), text);
        }
    }
}
