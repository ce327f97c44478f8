//! Integrations of ZIS, with their OAuth clients and connections.

use super::{Furnisher, owner};
use crate::provider;
use crate::seed::document::{Document, IntegrationEntry};
use crate::state::State;
use crate::zis::{self, GrantType};

impl Furnisher {
    pub(super) fn integrations(&self, document: &Document, state: &mut State) {
        for entry in &document.integrations {
            let user_id = match &entry.user {
                Some(email) => self.user_id(email),
                None => owner(state),
            };
            let (name, description) = (&entry.name, &entry.description);
            zis::add_integration(state, name, description, user_id, self.earlier);
            let user = state.users.get(&user_id);
            let created_by = user.map(|user| user.name.clone()).unwrap_or_default();
            self.oauth_clients(entry, &created_by, state);
            for connection in &entry.connections {
                let connection = zis::NewConnection {
                    name: &connection.name,
                    oauth_client: &connection.oauth_client,
                    scope: connection.scope.as_deref(),
                    access_token: connection.access_token.as_deref(),
                    expires_at: self.on(connection.expires_at),
                    created_by: &created_by,
                };
                zis::add_connection(state, name, &connection, self.earlier);
            }
        }
    }

    fn oauth_clients(&self, entry: &IntegrationEntry, created_by: &str, state: &mut State) {
        for client in &entry.oauth_clients {
            let given = client.client_secret.clone();
            let invented = || state.chance.lowercase("third party secret", 40);
            let client_secret = given.unwrap_or_else(invented);
            let own_client = zis::NewClient {
                name: &client.name,
                auth_url: Some(client.auth_url.as_deref().unwrap_or(provider::AUTHORIZE)),
                token_url: client.token_url.as_deref().unwrap_or(provider::TOKEN),
                client_id: &client.client_id,
                client_secret: &client_secret,
                default_scopes: client.default_scopes.as_deref(),
                grant_type: client.grant_type.unwrap_or(GrantType::AuthorizationCode),
                created_by,
            };
            zis::add_client(state, &entry.name, own_client, self.earlier);
        }
    }
}
