//! Connections that are there from the start.

use jiff::Timestamp;
use serde_json::json;

use super::records::{Connection, ThirdPartyTokens};
use crate::state::State;

/// A connection to add, of a ZIS OAuth client that the integration has.
pub(crate) struct NewConnection<'a> {
    pub(crate) name: &'a str,
    pub(crate) oauth_client: &'a str,
    pub(crate) scope: Option<&'a str>,
    pub(crate) access_token: Option<&'a str>,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) created_by: &'a str,
}

/// Adds a connection, as if a flow had stored it. Without its integration or client nothing is added.
/// It has no refresh token: the third party does not know of it.
pub(crate) fn add_connection(
    state: &mut State,
    integration: &str,
    connection: &NewConnection<'_>,
    now: Timestamp,
) {
    let Some(integration) = state.zis.integrations.get_mut(integration) else {
        return;
    };
    let mut clients = integration.clients.values();
    let Some(client) = clients.find(|it| it.name == connection.oauth_client) else {
        return;
    };
    let invented = || state.chance.base64url("third party access token", 40);
    let access_token = connection.access_token.map(str::to_owned);
    let access_token = access_token.unwrap_or_else(invented);
    let body = json!({ "access_token": access_token, "token_type": "bearer" });
    let stored = Connection {
        uuid: state.chance.uuid("zis connection"),
        name: connection.name.to_owned(),
        client_uuid: client.uuid.clone(),
        grant_type: client.grant_type,
        subdomain: None,
        scope: connection.scope.map(str::to_owned),
        created_by: connection.created_by.to_owned(),
        created_at: now,
        updated_at: now,
        tokens: ThirdPartyTokens {
            access_token,
            refresh_token: None,
            token_type: "bearer".to_owned(),
            expires_at: connection.expires_at,
            body: body.to_string(),
        },
    };
    integration
        .connections
        .insert(connection.name.to_owned(), stored);
}
