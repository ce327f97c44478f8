//! The end of a flow: the verification code is exchanged for the connection.

use axum::http::StatusCode;
use serde_json::json;

use super::connections::shown;
use super::errors::{bad_request, not_found};
use super::records::{Connection, GrantType};
use super::third_party;
use crate::http::{Answer, Call};
use crate::state::State;

pub(super) fn exchange(state: &mut State, call: &Call<'_>) -> Answer {
    exchanged(state, call).unwrap_or_else(|refused| refused)
}

/// Only now is there a connection (observed). A code works once, whatever comes of it (inferred), and for
/// the integration that started the flow.
fn exchanged(state: &mut State, call: &Call<'_>) -> Result<Answer, Answer> {
    let integration = call.parameter("integration");
    if !state.zis.has_integration(integration) {
        return Err(not_found());
    }
    let query = call.query();
    let code = query.get("verification_code").unwrap_or_default();
    let known = state.zis.results.get(code);
    let good =
        known.is_some_and(|it| it.flow.integration == integration && call.now < it.expires_at);
    if !good {
        return Err(bad_request());
    }
    let result = state.zis.results.remove(code).ok_or_else(bad_request)?;
    let flow = result.flow;
    let client = state.zis.client(integration, &flow.client_uuid).cloned();
    let client = client.ok_or_else(bad_request)?;
    let members = [
        ("grant_type", Some(flow.grant_type.as_str())),
        ("code", result.code.as_deref()),
        ("redirect_uri", Some(flow.callback.as_str())),
        (
            "scope",
            match flow.grant_type {
                GrantType::ClientCredentials => flow.scope.as_deref(),
                // It was in the authorization request.
                GrantType::AuthorizationCode => None,
            },
        ),
    ];
    // Another flow may have been quicker with the name.
    let taken = state.zis.integrations.get(integration);
    if taken.is_none_or(|it| it.connections.contains_key(&flow.name)) {
        return Err(bad_request());
    }
    let tokens = third_party::tokens(state, call, &client, flow.subdomain.as_deref(), &members);
    let connection = Connection {
        tokens: tokens.ok_or_else(bad_request)?,
        uuid: state.chance.uuid("zis oauth connection"),
        name: flow.name,
        client_uuid: flow.client_uuid,
        grant_type: flow.grant_type,
        subdomain: flow.subdomain,
        scope: flow.scope,
        created_by: flow.created_by,
        created_at: call.now,
        updated_at: call.now,
    };
    let mut body = shown(&connection, integration, state.account.id);
    body["origin_oauth_redirect_url"] = json!(flow.origin);
    body["raw_callback_params"] = json!(result.raw_callback_params);
    if let Some(integration) = state.zis.integrations.get_mut(integration) {
        let name = connection.name.clone();
        integration.connections.insert(name, connection);
    }
    Ok(Answer::json(StatusCode::OK, &body))
}
