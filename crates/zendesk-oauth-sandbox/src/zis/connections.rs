//! One OAuth connection: shown, and refreshed.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::errors::{bad_request, not_found, unprocessable};
use super::records::{Connection, GrantType, Integration};
use super::{rules, third_party};
use crate::clock::zulu;
use crate::http::{Answer, Call};
use crate::state::State;

pub(super) fn show(state: &mut State, call: &Call<'_>) -> Answer {
    let integration = call.parameter("integration");
    let account = state.account.id;
    let found = state.zis.integrations.get(integration);
    let connection = found
        .ok_or_else(not_found)
        .and_then(|found| meant(found, call));
    match connection {
        Ok(connection) => Answer::json(StatusCode::OK, &shown(connection, integration, account)),
        Err(refused) => refused,
    }
}

pub(super) fn refresh(state: &mut State, call: &Call<'_>) -> Answer {
    refreshed(state, call).unwrap_or_else(|refused| refused)
}

/// With the refresh token, or anew with the client's own credentials. A connection that has neither is
/// refused (inferred).
fn refreshed(state: &mut State, call: &Call<'_>) -> Result<Answer, Answer> {
    let integration = call.parameter("integration");
    let found = state.zis.integrations.get(integration);
    let connection = meant(found.ok_or_else(not_found)?, call)?.clone();
    let client = state.zis.client(integration, &connection.client_uuid);
    let client = client.ok_or_else(not_found)?.clone();
    let refresh_token = connection.tokens.refresh_token.as_deref();
    let members = match (connection.grant_type, refresh_token) {
        (GrantType::ClientCredentials, _) => [
            ("grant_type", Some("client_credentials")),
            ("scope", connection.scope.as_deref()),
        ],
        (GrantType::AuthorizationCode, Some(token)) => [
            ("grant_type", Some("refresh_token")),
            ("refresh_token", Some(token)),
        ],
        (GrantType::AuthorizationCode, None) => {
            return Err(unprocessable("Refresh token", "cannot be nil"));
        }
    };
    let subdomain = connection.subdomain.as_deref();
    let tokens = third_party::tokens(state, call, &client, subdomain, &members);
    let mut tokens = tokens.ok_or_else(bad_request)?;
    // A third party that sends no new refresh token goes on taking the old one (RFC 6749, section 6).
    let old = connection.tokens.refresh_token;
    tokens.refresh_token = tokens.refresh_token.or(old);
    let account = state.account.id;
    let owner = state.zis.integrations.get_mut(integration);
    let stored = owner.and_then(|it| it.connections.get_mut(&connection.name));
    let stored = stored.ok_or_else(not_found)?;
    stored.tokens = tokens;
    stored.updated_at = call.now;
    Ok(Answer::json(
        StatusCode::OK,
        &shown(stored, integration, account),
    ))
}

/// The connection that either `uuid` or `name` means.
fn meant<'a>(integration: &'a Integration, call: &Call<'_>) -> Result<&'a Connection, Answer> {
    let query = call.query();
    let found = match (query.get("uuid"), query.get("name")) {
        (Some(uuid), None) if rules::is_uuid(uuid) => {
            let mut connections = integration.connections.values();
            connections.find(|it| it.uuid.eq_ignore_ascii_case(uuid))
        }
        (Some(_), None) => return Err(unprocessable("UUID", "is not valid")),
        (None, Some(name)) if rules::is_name(name) => integration.connections.get(name),
        (None, Some(_)) => return Err(unprocessable("Name", "is not valid")),
        (Some(_), Some(_)) | (None, None) => return Err(bad_request()),
    };
    found.ok_or_else(not_found)
}

/// The members that `openapi/zis-oauth-connections.yaml` names, with null where there is nothing.
pub(super) fn shown(connection: &Connection, integration: &str, account: i64) -> Value {
    let tokens = &connection.tokens;
    json!({
        "access_token": tokens.access_token,
        "created_by": connection.created_by,
        "integration": integration,
        "name": connection.name,
        "oauth_access_token_response_body": tokens.body,
        "oauth_client_uuid": connection.client_uuid,
        "oauth_url_subdomain": connection.subdomain,
        "permission_scope": connection.scope,
        "refresh_token": tokens.refresh_token,
        "token_expiry": tokens.expires_at.map(zulu),
        "token_type": tokens.token_type,
        "uuid": connection.uuid,
        "zendesk_account_id": account,
    })
}
