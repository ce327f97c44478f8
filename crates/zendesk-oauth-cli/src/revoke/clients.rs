//! The clients that tokens belong to, by number.

use std::collections::HashMap;

use zendesk_oauth::Zendesk;

use super::condition::OfClient;
use crate::failure::Failure;
use crate::text::printable;

/// The account's own clients, and the global ones that it uses.
pub(super) struct Clients {
    account: HashMap<i64, Client>,
    global: HashMap<i64, Client>,
    /// Whether the lists could be read.
    listed: bool,
}

struct Client {
    name: Option<String>,
    identifier: Option<String>,
}

impl Clients {
    /// Lists them. Who may not list clients but tokens gets none, unless they are `required`.
    pub(super) async fn read(zendesk: &Zendesk, required: bool) -> Result<Self, Failure> {
        match Self::listed(zendesk).await {
            Ok(clients) => Ok(clients),
            Err(error) if !required && error.is_forbidden() => Ok(Self {
                account: HashMap::new(),
                global: HashMap::new(),
                listed: false,
            }),
            Err(error) => Err(error.into()),
        }
    }

    async fn listed(zendesk: &Zendesk) -> Result<Self, zendesk_oauth::Error> {
        let mut account = HashMap::new();
        let mut clients = zendesk.oauth_clients().list().items();
        while let Some(client) = clients.next().await {
            let client = client?;
            let known = Client {
                name: Some(client.name),
                identifier: Some(client.identifier),
            };
            account.insert(client.id, known);
        }
        let mut global = HashMap::new();
        let mut clients = zendesk.global_oauth_clients().list().items();
        while let Some(client) = clients.next().await {
            let client = client?;
            let known = Client {
                name: client.name,
                identifier: client.identifier,
            };
            global.insert(client.id, known);
        }
        Ok(Self {
            account,
            global,
            listed: true,
        })
    }

    /// Whose client has this number. If both an own and a global one have it, that cannot be told.
    pub(super) fn kind(&self, id: Option<i64>) -> OfClient {
        let Some(id) = id else {
            return OfClient::Unknown;
        };
        match (
            self.account.contains_key(&id),
            self.global.contains_key(&id),
        ) {
            (true, false) => OfClient::Account,
            (false, true) => OfClient::Global,
            (false, false) if self.listed => OfClient::Unlisted,
            _ => OfClient::Unknown,
        }
    }

    /// What the client is called, safe for a terminal.
    pub(super) fn name(&self, id: Option<i64>) -> Option<String> {
        let id = id?;
        let client = match self.kind(Some(id)) {
            OfClient::Account => self.account.get(&id),
            OfClient::Global => self.global.get(&id),
            OfClient::Unlisted | OfClient::Unknown => None,
        }?;
        let name = client.name.as_ref().or(client.identifier.as_ref())?;
        Some(printable(name))
    }

    /// The number of the account's client with this identifier.
    pub(super) fn by_identifier(&self, identifier: &str) -> Option<i64> {
        let mut found = self
            .account
            .iter()
            .filter(|(_, client)| client.identifier.as_deref() == Some(identifier));
        found.next().map(|(id, _)| *id)
    }
}
