//! The registry of integrations.

use std::sync::OnceLock;

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::errors::{registry_bad_request, registry_conflict};
use super::records::Integration;
use super::{public_key, rules};
use crate::http::{Answer, Call};
use crate::state::{Client, ClientKind, State};

/// Registers an integration and makes its OAuth client in the Support account. Both names must be free.
pub(crate) fn add_integration(
    state: &mut State,
    name: &str,
    description: &str,
    user_id: i64,
    now: Timestamp,
) -> i64 {
    let client_id = state.next_id();
    let identifier = identifier(name);
    let secret = crate::support::new_secret(state);
    state.clients.insert(Client {
        id: client_id,
        name: identifier.clone(),
        identifier,
        kind: ClientKind::Confidential,
        company: None,
        description: None,
        redirect_uri: Vec::new(),
        secret,
        user_id,
        created_at: now,
        updated_at: now,
        allowed_scopes: None,
        integration: Some(name.to_owned()),
        listed: OnceLock::new(),
    });
    let integration = Integration {
        name: name.to_owned(),
        description: description.to_owned(),
        jwt_public_key: public_key::invented(&mut state.chance),
        client_id,
        clients: Default::default(),
        connections: Default::default(),
    };
    state.zis.integrations.insert(name.to_owned(), integration);
    client_id
}

/// The identifier of an integration's own OAuth client.
fn identifier(integration: &str) -> String {
    format!("zis_{integration}")
}

pub(super) fn create(state: &mut State, call: &Call<'_>) -> Answer {
    created(state, call).unwrap_or_else(|refused| refused)
}

fn created(state: &mut State, call: &Call<'_>) -> Result<Answer, Answer> {
    let name = call.parameter("integration");
    if !rules::is_integration_name(name) {
        let message = "the name of an integration is up to 64 of a-z, 0-9, - and _";
        return Err(registry_bad_request(message));
    }
    let description = description(call)?;
    let identifier = identifier(name);
    if state.zis.has_integration(name) || state.client_by_identifier(&identifier).is_some() {
        return Err(registry_conflict());
    }
    let user_id = call.caller.user_id().unwrap_or_default();
    let client_id = add_integration(state, name, &description, user_id, call.now);
    let integration = state.zis.integrations.get(name);
    let client = state.clients.get(client_id);
    let (Some(integration), Some(client)) = (integration, client) else {
        return Err(registry_bad_request("the integration was not registered"));
    };
    // The only answer that shows the secret.
    let body = json!({
        "description": integration.description,
        "jwt_public_key": integration.jwt_public_key,
        "zendesk_oauth_client": {
            "id": client.id,
            "identifier": client.identifier,
            "secret": client.secret,
        },
    });
    Ok(Answer::json(StatusCode::OK, &body))
}

/// No body at all is taken for one without a description; unknown what ZIS makes of it.
fn description(call: &Call<'_>) -> Result<String, Answer> {
    if call.body.is_empty() {
        return Ok(String::new());
    }
    let body: Value = serde_json::from_slice(call.body).unwrap_or_default();
    let Value::Object(members) = body else {
        return Err(registry_bad_request("the body must be a JSON object"));
    };
    match members.get("description") {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) if text.len() <= 2_048 => Ok(text.clone()),
        Some(_) => Err(registry_bad_request(
            "the description must be a string of at most 2048 bytes",
        )),
    }
}

/// What an item of the list holds is unknown, so it holds what the creation answers without the secret,
/// and the name.
pub(super) fn list(state: &mut State, _call: &Call<'_>) -> Answer {
    let integrations = state.zis.integrations.values().map(|it| {
        json!({
            "name": it.name,
            "description": it.description,
            "jwt_public_key": it.jwt_public_key,
            "zendesk_oauth_client": { "id": it.client_id, "identifier": identifier(&it.name) },
        })
    });
    let integrations: Vec<Value> = integrations.collect();
    Answer::json(StatusCode::OK, &json!({ "integrations": integrations }))
}
