//! ZIS OAuth clients: what third parties know an integration as.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::errors::{conflict, not_found, unprocessable};
use super::members::Members;
use super::records::{GrantType, Integration, OAuthClient};
use super::rules;
use crate::clock::zulu;
use crate::http::{Answer, Call};
use crate::state::State;

/// A ZIS OAuth client to add. URLs that begin with a slash are this sandbox's own.
pub(crate) struct NewClient<'a> {
    pub(crate) name: &'a str,
    pub(crate) auth_url: Option<&'a str>,
    pub(crate) token_url: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) client_secret: &'a str,
    pub(crate) default_scopes: Option<&'a str>,
    pub(crate) grant_type: GrantType,
    pub(crate) created_by: &'a str,
}

/// Adds a client to an integration, and returns its UUID; none if there is no such integration.
pub(crate) fn add_client(
    state: &mut State,
    integration: &str,
    client: NewClient<'_>,
    now: Timestamp,
) -> Option<String> {
    let integration = state.zis.integrations.get_mut(integration)?;
    let uuid = state.chance.uuid("zis oauth client");
    state.chance.note_secret(client.client_secret);
    let client = OAuthClient {
        uuid: uuid.clone(),
        name: client.name.to_owned(),
        auth_url: client.auth_url.map(str::to_owned),
        token_url: client.token_url.to_owned(),
        client_id: client.client_id.to_owned(),
        client_secret: client.client_secret.to_owned(),
        default_scopes: client.default_scopes.map(str::to_owned),
        grant_type: client.grant_type,
        created_by: client.created_by.to_owned(),
        created_at: now,
        updated_at: now,
    };
    integration.clients.insert(uuid.clone(), client);
    Some(uuid)
}

pub(super) fn list(state: &mut State, call: &Call<'_>) -> Answer {
    let integration = call.parameter("integration");
    let Some(found) = state.zis.integrations.get(integration) else {
        return not_found();
    };
    let clients = found.clients.values();
    let clients: Vec<Value> = clients.map(|client| shown(client, call)).collect();
    Answer::json(StatusCode::OK, &json!({ "clients": clients }))
}

pub(super) fn create(state: &mut State, call: &Call<'_>) -> Answer {
    created(state, call).unwrap_or_else(|refused| refused)
}

/// Unknown: the status of a creation. 200, as the other creations of ZIS have it.
fn created(state: &mut State, call: &Call<'_>) -> Result<Answer, Answer> {
    let name = call.parameter("integration");
    let integration = found(state, name)?;
    let members = Members::read(call)?;
    let given = Given::take(&members)?;
    let client_name = members.needed("name", "Name", rules::is_name)?;
    let client_id = members.needed("client_id", "Client ID", rules::is_filled)?;
    let client_secret = members.needed("client_secret", "Client secret", rules::is_filled)?;
    let token_url = members.needed("token_url", "Token URL", rules::is_url_pattern)?;
    name_is_free(integration, &client_name, None)?;
    let created_by = user_name(state, call);
    let client = NewClient {
        name: &client_name,
        auth_url: given.auth_url.as_deref(),
        token_url: &token_url,
        client_id: &client_id,
        client_secret: &client_secret,
        default_scopes: given.default_scopes.as_deref(),
        grant_type: given.grant_type.unwrap_or(GrantType::AuthorizationCode),
        created_by: &created_by,
    };
    let uuid = add_client(state, name, client, call.now).ok_or_else(not_found)?;
    let client = state.zis.client(name, &uuid).ok_or_else(not_found)?;
    Ok(Answer::json(StatusCode::OK, &shown(client, call)))
}

pub(super) fn update(state: &mut State, call: &Call<'_>) -> Answer {
    updated(state, call).unwrap_or_else(|refused| refused)
}

fn updated(state: &mut State, call: &Call<'_>) -> Result<Answer, Answer> {
    let (name, uuid) = (call.parameter("integration"), uuid(call)?);
    let integration = found(state, name)?;
    if !integration.clients.contains_key(&uuid) {
        return Err(not_found());
    }
    let members = Members::read(call)?;
    let given = Given::take(&members)?;
    if let Some(name) = &given.name {
        name_is_free(integration, name, Some(&uuid))?;
    }
    let integration = state.zis.integrations.get_mut(name).ok_or_else(not_found)?;
    let client = integration.clients.get_mut(&uuid).ok_or_else(not_found)?;
    given.apply(client);
    client.updated_at = call.now;
    state.chance.note_secret(&client.client_secret);
    Ok(Answer::json(StatusCode::OK, &shown(client, call)))
}

/// Its connections go with it, as documented; so do its flows.
pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Answer {
    let uuid = match uuid(call) {
        Ok(uuid) => uuid,
        Err(refused) => return refused,
    };
    let zis = &mut state.zis;
    let integration = zis.integrations.get_mut(call.parameter("integration"));
    let Some(integration) = integration.filter(|it| it.clients.contains_key(&uuid)) else {
        return not_found();
    };
    integration.clients.remove(&uuid);
    integration
        .connections
        .retain(|_, it| it.client_uuid != uuid);
    zis.flows.retain(|_, flow| flow.client_uuid != uuid);
    zis.awaited.retain(|_, token| zis.flows.contains_key(token));
    zis.results.retain(|_, it| it.flow.client_uuid != uuid);
    Answer::empty(StatusCode::NO_CONTENT)
}

fn uuid(call: &Call<'_>) -> Result<String, Answer> {
    let uuid = call.parameter("uuid").to_ascii_lowercase();
    if rules::is_uuid(&uuid) {
        return Ok(uuid);
    }
    Err(unprocessable("UUID", "is not valid"))
}

fn found<'a>(state: &'a State, integration: &str) -> Result<&'a Integration, Answer> {
    state
        .zis
        .integrations
        .get(integration)
        .ok_or_else(not_found)
}

/// The name under which `created_by` shows the caller.
pub(super) fn user_name(state: &State, call: &Call<'_>) -> String {
    let user = call.caller.user_id().and_then(|id| state.users.get(&id));
    user.map(|user| user.name.clone()).unwrap_or_default()
}

/// Inferred: flows name a client by its name, so no two clients of an integration have the same.
fn name_is_free(integration: &Integration, name: &str, own: Option<&str>) -> Result<(), Answer> {
    let mut others = integration.clients.values();
    match others.any(|it| it.name == name && Some(it.uuid.as_str()) != own) {
        true => Err(conflict()),
        false => Ok(()),
    }
}

/// With the secret in clear, as the example of Zendesk's page shows it.
fn shown(client: &OAuthClient, call: &Call<'_>) -> Value {
    let whole = |url: &str| match url.starts_with('/') {
        true => format!("{}{url}", call.base),
        false => url.to_owned(),
    };
    json!({
        "auth_url": client.auth_url.as_deref().map(whole),
        "client_id": client.client_id,
        "client_secret": client.client_secret,
        "created_at": zulu(client.created_at),
        "created_by": client.created_by,
        "default_scopes": client.default_scopes,
        "grant_type": client.grant_type.as_str(),
        "integration": call.parameter("integration"),
        "name": client.name,
        "token_url": whole(&client.token_url),
        "updated_at": zulu(client.updated_at),
        "uuid": client.uuid,
    })
}

/// The members that a create or an update may send.
struct Given {
    name: Option<String>,
    auth_url: Option<String>,
    token_url: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    default_scopes: Option<String>,
    grant_type: Option<GrantType>,
}

impl Given {
    fn take(members: &Members) -> Result<Self, Answer> {
        Ok(Self {
            name: members.valid("name", "Name", rules::is_name)?,
            auth_url: members.valid("auth_url", "Auth URL", rules::is_url_pattern)?,
            token_url: members.valid("token_url", "Token URL", rules::is_url_pattern)?,
            client_id: members.valid("client_id", "Client ID", rules::is_filled)?,
            client_secret: members.valid("client_secret", "Client secret", rules::is_filled)?,
            default_scopes: members.valid("default_scopes", "Default scopes", rules::is_scope)?,
            grant_type: grant_type(members)?,
        })
    }

    fn apply(self, client: &mut OAuthClient) {
        client.name = self.name.unwrap_or_else(|| client.name.clone());
        client.auth_url = self.auth_url.or_else(|| client.auth_url.clone());
        client.token_url = self.token_url.unwrap_or_else(|| client.token_url.clone());
        client.client_id = self.client_id.unwrap_or_else(|| client.client_id.clone());
        let secret = self.client_secret;
        client.client_secret = secret.unwrap_or_else(|| client.client_secret.clone());
        client.default_scopes = self
            .default_scopes
            .or_else(|| client.default_scopes.clone());
        client.grant_type = self.grant_type.unwrap_or(client.grant_type);
    }
}

/// The member `grant_type`.
pub(super) fn grant_type(members: &Members) -> Result<Option<GrantType>, Answer> {
    let known = |text: &str| GrantType::parse(text).is_some();
    let text = members.valid("grant_type", "Grant type", known)?;
    Ok(text.as_deref().and_then(GrantType::parse))
}
