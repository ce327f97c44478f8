//! A line of a plan: one token.

use serde::{Deserialize, Serialize};

use crate::revoke::condition::{Condition, Facts, OfClient};
use crate::text::printable;

/// What a person has to know of a token to decide. No part of the token itself, not even its first characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) id: i64,
    pub(crate) client_id: Option<i64>,
    pub(crate) of_client: Kind,
    #[serde(default)]
    pub(crate) client_name: Option<String>,
    pub(crate) user_id: Option<i64>,
    #[serde(default)]
    pub(crate) scopes: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) created_at: Option<String>,
    #[serde(default)]
    pub(crate) used_at: Option<String>,
    #[serde(default)]
    pub(crate) expires_at: Option<String>,
    #[serde(default)]
    pub(crate) why: String,
}

/// [`OfClient`] as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Account,
    Global,
    Unlisted,
    Unknown,
}

impl From<OfClient> for Kind {
    fn from(kind: OfClient) -> Self {
        match kind {
            OfClient::Account => Self::Account,
            OfClient::Global => Self::Global,
            OfClient::Unlisted => Self::Unlisted,
            OfClient::Unknown => Self::Unknown,
        }
    }
}

impl From<Kind> for OfClient {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Account => Self::Account,
            Kind::Global => Self::Global,
            Kind::Unlisted => Self::Unlisted,
            Kind::Unknown => Self::Unknown,
        }
    }
}

impl Entry {
    pub(super) fn of(
        facts: &Facts<'_>,
        client_name: Option<String>,
        condition: &Condition,
    ) -> Self {
        let token = facts.token;
        let time = |it: &Option<zendesk_oauth_core::Timestamp>| {
            it.as_ref().map(|it| printable(it.as_str()))
        };
        let scopes = token.scopes.as_ref();
        Self {
            id: token.id,
            client_id: token.client_id,
            of_client: facts.of_client.into(),
            client_name,
            user_id: token.user_id,
            scopes: scopes.map(|scopes| scopes.iter().map(|it| printable(it)).collect()),
            created_at: time(&token.created_at),
            used_at: time(&token.used_at),
            expires_at: time(&token.expires_at),
            why: condition.why(facts),
        }
    }
}
