//! What a seed file may say. Whatever is left out is invented.
//!
//! No Debug: it holds secrets.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::moment::{ClockSetting, Moment};
use crate::faults::FaultRule;
use crate::state::{ClientKind, Role};
use crate::zis::GrantType;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Document {
    pub(super) account: AccountEntry,
    pub(super) clock: Option<ClockSetting>,
    pub(super) random: Option<u64>,
    pub(super) profiles: Vec<String>,
    /// Null is a value that a switch can have, and is read as its name.
    pub(super) switches: BTreeMap<String, Option<String>>,
    pub(super) users: Vec<UserEntry>,
    pub(super) api_tokens: Vec<ApiTokenEntry>,
    pub(super) sessions: Vec<SessionEntry>,
    pub(super) clients: Vec<ClientEntry>,
    pub(super) tokens: Vec<TokenEntry>,
    pub(super) global_clients: Vec<GlobalClientEntry>,
    pub(super) integrations: Vec<IntegrationEntry>,
    pub(super) chat: ChatEntry,
    pub(super) faults: Vec<FaultRule>,
    pub(super) generate: Generate,
}

impl Document {
    /// Each switch with its value as text.
    pub(super) fn switches(&self) -> impl Iterator<Item = (&str, &str)> {
        let switches = self.switches.iter();
        switches.map(|(name, value)| (name.as_str(), value.as_deref().unwrap_or("null")))
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct AccountEntry {
    pub(super) id: Option<i64>,
    pub(super) subdomain: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UserEntry {
    pub(super) id: Option<i64>,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: Role,
    #[serde(default)]
    pub(super) suspended: bool,
    /// False for a user who was deleted.
    pub(super) active: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ApiTokenEntry {
    pub(super) token: Option<String>,
    pub(super) created_at: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SessionEntry {
    pub(super) user: String,
    pub(super) cookie: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClientEntry {
    pub(super) id: Option<i64>,
    pub(super) identifier: String,
    pub(super) name: String,
    pub(super) kind: ClientKind,
    pub(super) secret: Option<String>,
    pub(super) company: Option<String>,
    pub(super) description: Option<String>,
    #[serde(default)]
    pub(super) redirect_uri: Vec<String>,
    pub(super) user: Option<String>,
    pub(super) created_at: Option<Moment>,
    pub(super) allowed_scopes: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TokenEntry {
    pub(super) id: Option<i64>,
    pub(super) client: Option<String>,
    pub(super) global_client: Option<String>,
    pub(super) user: String,
    pub(super) scopes: Vec<String>,
    pub(super) token: Option<String>,
    pub(super) refresh_token: Option<String>,
    pub(super) created_at: Option<Moment>,
    pub(super) expires_at: Option<Moment>,
    pub(super) refresh_token_expires_at: Option<Moment>,
    pub(super) used_at: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GlobalClientEntry {
    pub(super) id: Option<i64>,
    pub(super) identifier: String,
    pub(super) name: String,
    pub(super) kind: Option<ClientKind>,
    pub(super) company: Option<String>,
    pub(super) description: Option<String>,
    pub(super) logo_url: Option<String>,
    #[serde(default)]
    pub(super) redirect_uri: Vec<String>,
}

/// An integration of ZIS; its own OAuth client `zis_{name}` comes with it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IntegrationEntry {
    pub(super) name: String,
    #[serde(default)]
    pub(super) description: String,
    pub(super) user: Option<String>,
    #[serde(default)]
    pub(super) oauth_clients: Vec<ZisClientEntry>,
    #[serde(default)]
    pub(super) connections: Vec<ConnectionEntry>,
}

/// What a third party knows an integration as: the stand-in, if no URL is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ZisClientEntry {
    pub(super) name: String,
    pub(super) client_id: String,
    pub(super) client_secret: Option<String>,
    pub(super) auth_url: Option<String>,
    pub(super) token_url: Option<String>,
    pub(super) default_scopes: Option<String>,
    pub(super) grant_type: Option<GrantType>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConnectionEntry {
    pub(super) name: String,
    pub(super) oauth_client: String,
    pub(super) scope: Option<String>,
    pub(super) access_token: Option<String>,
    pub(super) expires_at: Option<Moment>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ChatEntry {
    pub(super) agents: Vec<AgentEntry>,
    pub(super) tokens: Vec<ChatTokenEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgentEntry {
    pub(super) id: i64,
    pub(super) name: String,
    #[serde(default)]
    pub(super) administrator: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChatTokenEntry {
    pub(super) id: Option<i64>,
    pub(super) agent: i64,
    pub(super) client: Option<String>,
    pub(super) scopes: Vec<String>,
    pub(super) token: Option<String>,
    pub(super) refresh_token: Option<String>,
    pub(super) created_at: Option<Moment>,
    pub(super) expires_at: Option<Moment>,
}

/// How many invented records to add, for size.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Generate {
    pub(super) clients: u64,
    pub(super) tokens: u64,
}
