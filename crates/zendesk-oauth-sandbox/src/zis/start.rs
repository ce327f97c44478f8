//! The beginning of a flow: its start, and the redirect to the third party.

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::clients::{grant_type, user_name};
use super::errors::{bad_request, conflict, not_found, unprocessable};
use super::members::Members;
use super::records::{Flow, FlowResult, GrantType, Integration, OAuthClient};
use super::{CALLBACK, START_REDIRECT, rules};
use crate::http::{Answer, Call, with_query};
use crate::state::State;

/// How long a flow token and a verification code last. Unknown of Zendesk's; ten minutes is what RFC 6749,
/// section 4.1.2, allows a code at most.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

pub(super) fn end_of_life(now: Timestamp) -> Timestamp {
    now.saturating_add(LIFETIME).unwrap_or(Timestamp::MAX)
}

pub(super) fn start(state: &mut State, call: &Call<'_>) -> Answer {
    started(state, call).unwrap_or_else(|refused| refused)
}

fn started(state: &mut State, call: &Call<'_>) -> Result<Answer, Answer> {
    let integration = call.parameter("integration");
    let found = state.zis.integrations.get(integration);
    let flow = flow(state, call, found.ok_or_else(not_found)?)?;
    state.zis.forget_old_flows(call.now);
    if flow.grant_type == GrantType::ClientCredentials {
        // Nobody is asked: the URL is that of the exchange already (observed).
        let code = hold(state, flow, None, None, call.now);
        let path = format!(
            "{}/api/services/zis/connections/oauth/access_codes/{integration}",
            call.base
        );
        let url = with_query(&path, &[("verification_code", &code)]);
        return Ok(Answer::json(
            StatusCode::OK,
            &json!({ "redirect_url": url }),
        ));
    }
    let token = state.chance.alphanumeric("flow token", 32);
    let flow_state = state.chance.base64url("flow state", 32);
    let flow_state = flow_state.trim_end_matches('=').to_owned();
    let flow = Flow {
        state: flow_state.clone(),
        ..flow
    };
    state.zis.awaited.insert(flow_state, token.clone());
    state.zis.flows.insert(token.clone(), flow);
    let path = format!("{}{START_REDIRECT}", call.base);
    let url = with_query(&path, &[("flow_token", &token)]);
    Ok(Answer::json(
        StatusCode::OK,
        &json!({ "redirect_url": url }),
    ))
}

/// Keeps what a flow came to until it is exchanged; returns the verification code.
pub(super) fn hold(
    state: &mut State,
    flow: Flow,
    code: Option<String>,
    raw_callback_params: Option<String>,
    now: Timestamp,
) -> String {
    let verification_code = state.chance.alphanumeric("verification code", 24);
    let result = FlowResult {
        flow,
        code,
        raw_callback_params,
        expires_at: end_of_life(now),
    };
    state.zis.results.insert(verification_code.clone(), result);
    verification_code
}

/// Reads and checks the body: what is missing gives 400, what is not valid 422, and then who is meant.
fn flow(state: &State, call: &Call<'_>, integration: &Integration) -> Result<Flow, Answer> {
    let members = Members::read(call)?;
    let name = members.needed("name", "Name", rules::is_name)?;
    let client_name = members.valid("oauth_client_name", "OAuth client name", rules::is_filled)?;
    let client_uuid = members.valid("oauth_client_uuid", "OAuth client UUID", rules::is_uuid)?;
    let subdomain = members.valid(
        "oauth_url_subdomain",
        "OAuth URL subdomain",
        rules::is_subdomain,
    )?;
    let origin = members.valid(
        "origin_oauth_redirect_url",
        "Origin OAuth redirect URL",
        rules::is_url,
    )?;
    let scope = members.valid("permission_scopes", "Permission scopes", rules::is_scope)?;
    let offline = members.flag("allow_offline_access", "Allow offline access")?;
    let asked_grant = grant_type(&members)?;
    let client = client(integration, client_name.as_deref(), client_uuid)?;
    let grant_type = asked_grant.unwrap_or(client.grant_type);
    let no_subdomain = || unprocessable("OAuth URL subdomain", "cannot be nil");
    let token_url = rules::with_subdomain(&client.token_url, subdomain.as_deref());
    let token_url = token_url.ok_or_else(no_subdomain)?;
    if grant_type == GrantType::AuthorizationCode {
        let auth_url = client.auth_url.as_deref();
        let auth_url = auth_url.ok_or_else(|| unprocessable("Auth URL", "cannot be nil"))?;
        rules::with_subdomain(auth_url, subdomain.as_deref()).ok_or_else(no_subdomain)?;
    }
    if name == "zendesk" && !rules::is_zendesk(&token_url) {
        return Err(unprocessable("Name", "is reserved"));
    }
    if integration.connections.contains_key(&name) {
        return Err(conflict());
    }
    Ok(Flow {
        integration: integration.name.clone(),
        name,
        client_uuid: client.uuid.clone(),
        grant_type,
        allow_offline_access: offline.unwrap_or(false),
        subdomain,
        origin,
        scope: scope.or_else(|| client.default_scopes.clone()),
        created_by: user_name(state, call),
        callback: format!("{}{CALLBACK}", call.base),
        state: String::new(),
        expires_at: end_of_life(call.now),
    })
}

/// The client that both its name and its UUID mean, as far as they are given.
fn client<'a>(
    integration: &'a Integration,
    name: Option<&str>,
    uuid: Option<String>,
) -> Result<&'a OAuthClient, Answer> {
    if name.is_none() && uuid.is_none() {
        return Err(bad_request());
    }
    let uuid = uuid.map(|uuid| uuid.to_ascii_lowercase());
    let mut clients = integration.clients.values();
    let meant = |client: &&OAuthClient| {
        name.is_none_or(|name| client.name == name)
            && uuid.as_ref().is_none_or(|uuid| client.uuid == *uuid)
    };
    clients.find(meant).ok_or_else(not_found)
}

/// Unknown: whether a flow token works more than once. Here it works until the third party has called
/// back, so that a person may reload the page.
pub(super) fn redirect(state: &mut State, call: &Call<'_>) -> Answer {
    let query = call.query();
    let Some(token) = query.get("flow_token").filter(|token| !token.is_empty()) else {
        return bad_request();
    };
    match authorization_url(state, call, token) {
        Some(url) => Answer::redirect(StatusCode::TEMPORARY_REDIRECT, &url),
        None => not_found(),
    }
}

fn authorization_url(state: &State, call: &Call<'_>, token: &str) -> Option<String> {
    let flow = state.zis.flows.get(token);
    let flow = flow.filter(|flow| call.now < flow.expires_at)?;
    let client = state.zis.client(&flow.integration, &flow.client_uuid)?;
    let auth_url = client.auth_url.as_deref()?;
    let mut url = rules::with_subdomain(auth_url, flow.subdomain.as_deref())?;
    if url.starts_with('/') {
        url.insert_str(0, call.base);
    }
    let mut pairs = vec![
        ("response_type", "code"),
        ("client_id", client.client_id.as_str()),
        ("redirect_uri", flow.callback.as_str()),
        ("state", flow.state.as_str()),
    ];
    if let Some(scope) = &flow.scope {
        pairs.push(("scope", scope));
    }
    // How ZIS asks for a refresh token is unknown; this is how many third parties are asked.
    if flow.allow_offline_access {
        pairs.push(("access_type", "offline"));
    }
    Some(with_query(&url, &pairs))
}
