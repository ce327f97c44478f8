//! What ZIS remembers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::state::Secrets;

/// Integrations with what they own, and the flows that are under way.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Zis {
    /// By name.
    pub(super) integrations: BTreeMap<String, Integration>,
    /// Flows that the third party has not answered yet, by flow token.
    pub(super) flows: BTreeMap<String, Flow>,
    /// Their flow tokens, by the state that the third party was given.
    pub(super) awaited: BTreeMap<String, String>,
    /// Flows that wait for the exchange, by verification code.
    pub(super) results: BTreeMap<String, FlowResult>,
}

/// An integration.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Integration {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) jwt_public_key: String,
    /// The Support OAuth client that ZIS made for it.
    pub(super) client_id: i64,
    /// ZIS OAuth clients by UUID.
    pub(super) clients: BTreeMap<String, OAuthClient>,
    /// OAuth connections by name.
    pub(super) connections: BTreeMap<String, Connection>,
}

/// The grants that a ZIS OAuth client can use.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum GrantType {
    AuthorizationCode,
    ClientCredentials,
}

impl GrantType {
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "authorization_code" => Some(Self::AuthorizationCode),
            "client_credentials" => Some(Self::ClientCredentials),
            _ => None,
        }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "authorization_code",
            Self::ClientCredentials => "client_credentials",
        }
    }
}

/// What a third party knows the integration as.
///
/// A URL that begins with a slash is one of this sandbox, under whatever host it is reached.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct OAuthClient {
    pub(super) uuid: String,
    pub(super) name: String,
    pub(super) auth_url: Option<String>,
    pub(super) token_url: String,
    pub(super) client_id: String,
    pub(super) client_secret: String,
    pub(super) default_scopes: Option<String>,
    pub(super) grant_type: GrantType,
    pub(super) created_by: String,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

/// A connection that is to be.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Flow {
    pub(super) integration: String,
    pub(super) name: String,
    pub(super) client_uuid: String,
    pub(super) grant_type: GrantType,
    pub(super) allow_offline_access: bool,
    pub(super) subdomain: Option<String>,
    pub(super) origin: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) created_by: String,
    /// Where the third party calls back, and under which state.
    pub(super) callback: String,
    pub(super) state: String,
    pub(super) expires_at: Timestamp,
}

/// A flow that waits for the exchange.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct FlowResult {
    pub(super) flow: Flow,
    /// The third party's code and the query that it came in, unless nobody was asked.
    pub(super) code: Option<String>,
    pub(super) raw_callback_params: Option<String>,
    pub(super) expires_at: Timestamp,
}

/// A connection.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Connection {
    pub(super) uuid: String,
    pub(super) name: String,
    pub(super) client_uuid: String,
    pub(super) grant_type: GrantType,
    pub(super) subdomain: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) created_by: String,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) tokens: ThirdPartyTokens,
}

/// What a third party's token URL answered.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct ThirdPartyTokens {
    pub(super) access_token: String,
    pub(super) refresh_token: Option<String>,
    pub(super) token_type: String,
    pub(super) expires_at: Option<Timestamp>,
    /// The whole answer as text.
    pub(super) body: String,
}

impl Zis {
    pub(crate) fn has_integration(&self, name: &str) -> bool {
        self.integrations.contains_key(name)
    }

    /// The secrets of all ZIS OAuth clients whose token URL passes a test and whom the third party knows
    /// under that id.
    pub(crate) fn client_secrets(
        &self,
        client_id: &str,
        leads_there: impl Fn(&str) -> bool,
    ) -> Vec<&str> {
        let clients = self
            .integrations
            .values()
            .flat_map(|it| it.clients.values());
        let known = clients.filter(|it| it.client_id == client_id && leads_there(&it.token_url));
        known.map(|client| client.client_secret.as_str()).collect()
    }

    /// Adds every secret that there is in here: the journal shows none of them.
    pub(crate) fn add_secrets(&self, secrets: &mut Secrets) {
        let flows = self.flows.keys().chain(self.awaited.keys());
        flows
            .chain(self.results.keys())
            .for_each(|it| secrets.add(it));
        for result in self.results.values() {
            result.code.iter().for_each(|code| secrets.add(code));
        }
        for integration in self.integrations.values() {
            for client in integration.clients.values() {
                secrets.add(&client.client_secret);
            }
            for connection in integration.connections.values() {
                let tokens = &connection.tokens;
                secrets.add(&tokens.access_token);
                let refresh_token = tokens.refresh_token.iter();
                refresh_token.for_each(|it| secrets.add(it));
            }
        }
    }

    /// The first integration that has a ZIS OAuth client, or else the first, and that client's name.
    pub(crate) fn first_integration(&self) -> Option<(&str, Option<&str>)> {
        let with_client = |it: &&Integration| !it.clients.is_empty();
        let mut integrations = self.integrations.values();
        let found = integrations.find(with_client);
        let found = found.or_else(|| self.integrations.values().next())?;
        let client = found.clients.values().next();
        Some((&found.name, client.map(|client| client.name.as_str())))
    }

    /// The names of all integrations.
    pub(crate) fn integration_names(&self) -> impl Iterator<Item = &str> {
        self.integrations.keys().map(String::as_str)
    }

    /// The integration's ZIS OAuth client with that UUID.
    pub(super) fn client(&self, integration: &str, uuid: &str) -> Option<&OAuthClient> {
        self.integrations.get(integration)?.clients.get(uuid)
    }

    /// Forgets flows whose time is over, every now and then.
    pub(super) fn forget_old_flows(&mut self, now: Timestamp) {
        let waiting = self.flows.len() + self.results.len();
        if waiting == 0 || !waiting.is_multiple_of(256) {
            return;
        }
        self.flows.retain(|_, flow| now < flow.expires_at);
        let flows = &self.flows;
        self.awaited.retain(|_, token| flows.contains_key(token));
        self.results.retain(|_, result| now < result.expires_at);
    }
}
