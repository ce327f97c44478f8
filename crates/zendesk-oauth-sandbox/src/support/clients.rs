//! The seven operations on OAuth clients.

use std::borrow::Cow;
use std::sync::OnceLock;

use axum::http::{StatusCode, header};
use bytes::Bytes;
use serde::Deserialize;

use super::body::Members;
use super::errors::{Defects, invalid_attribute, no_access, record_not_found};
use super::listed::{self, Secret};
use super::page::{List, page};
use super::rules;
use crate::http::{Answer, Call};
use crate::state::{Client, ClientKind, Scope, State};

const CONTROLLER: &str = "oauth/clients";

/// How long a generated secret is.
const SECRET_LENGTH: usize = 64;

pub(super) fn list(state: &mut State, call: &Call<'_>) -> Answer {
    listed_in(state, call, Scope::All, super::CLIENTS)
}

pub(super) fn list_mine(state: &mut State, call: &Call<'_>) -> Answer {
    let user = call.caller.user_id().unwrap_or_default();
    listed_in(state, call, Scope::OwnedBy(user), super::MY_CLIENTS)
}

fn listed_in(state: &mut State, call: &Call<'_>, scope: Scope, path: &'static str) -> Answer {
    let switches = state.switches;
    let list = List {
        table: &mut state.clients,
        scope,
        filter: None,
        member: "clients",
        path,
        kept: &[],
    };
    let write = |client: &Client, out: &mut Vec<u8>| {
        listed::write(client, Secret::Truncated, call.base, out);
    };
    match page(list, call, switches, write) {
        Ok(body) => Answer::json_bytes(StatusCode::OK, body),
        Err(refused) => refused,
    }
}

pub(super) fn create(state: &mut State, call: &Call<'_>) -> Answer {
    created(state, call).unwrap_or_else(|refused| refused)
}

fn created(state: &mut State, call: &Call<'_>) -> Result<Answer, Answer> {
    let mut members = Members::read(call, "client", "create")?;
    let given = Given::take(&mut members)?;
    let mut defects = Defects::default();
    let name = given.name.clone().unwrap_or_default();
    let identifier = given.identifier.clone().unwrap_or_default();
    rules::filled(&mut defects, "name", "Name", &name);
    rules::filled(&mut defects, "identifier", "Identifier", &identifier);
    let kind = given.check(&mut defects, state, None);
    defects.check()?;
    let client = Client {
        id: state.next_id(),
        identifier,
        name,
        // Zendesk's page says that `confidential` must be set; so it is not what is assumed.
        kind: kind.unwrap_or(ClientKind::Public),
        company: given.company.filter(|it| !it.is_empty()),
        description: given.description.filter(|it| !it.is_empty()),
        redirect_uri: given.redirect_uri.unwrap_or_default(),
        secret: new_secret(state),
        user_id: given.user_id.or(call.caller.user_id()).unwrap_or_default(),
        created_at: call.now,
        updated_at: call.now,
        allowed_scopes: None,
        integration: None,
        listed: OnceLock::new(),
    };
    let answer = one(StatusCode::CREATED, &client, Secret::Full, call);
    let location = format!("{}{}/{}.json", call.base, super::CLIENTS, client.id);
    state.clients.insert(client);
    let answer = answer.with(header::LOCATION, &location);
    Ok(members.warn(answer, CONTROLLER))
}

pub(super) fn show(state: &mut State, call: &Call<'_>) -> Answer {
    match found(state, call) {
        Ok(client) => one(StatusCode::OK, client, Secret::Truncated, call),
        Err(refused) => refused,
    }
}

pub(super) fn update(state: &mut State, call: &Call<'_>) -> Answer {
    updated(state, call).unwrap_or_else(|refused| refused)
}

fn updated(state: &mut State, call: &Call<'_>) -> Result<Answer, Answer> {
    let (id, old_kind) = found(state, call).map(|client| (client.id, client.kind))?;
    let mut members = Members::read(call, "client", "update")?;
    let given = Given::take(&mut members)?;
    let mut defects = Defects::default();
    if let Some(name) = &given.name {
        rules::filled(&mut defects, "name", "Name", name);
    }
    if let Some(identifier) = &given.identifier {
        rules::filled(&mut defects, "identifier", "Identifier", identifier);
    }
    let kind = given.check(&mut defects, state, Some(id));
    defects.check()?;
    // Another kind is another secret, and the answer shows it truncated only:
    // https://support.zendesk.com/hc/en-us/articles/4408845965210
    let new_secret = kind
        .is_some_and(|kind| kind != old_kind)
        .then(|| new_secret(state));
    let client = state.clients.update(id, |client| {
        client.name = given.name.unwrap_or_else(|| client.name.clone());
        client.identifier = given
            .identifier
            .unwrap_or_else(|| client.identifier.clone());
        client.kind = kind.unwrap_or(client.kind);
        if let Some(company) = given.company {
            client.company = Some(company).filter(|it| !it.is_empty());
        }
        if let Some(description) = given.description {
            client.description = Some(description).filter(|it| !it.is_empty());
        }
        if let Some(redirect_uri) = given.redirect_uri {
            client.redirect_uri = redirect_uri;
        }
        client.user_id = given.user_id.unwrap_or(client.user_id);
        client.secret = new_secret.unwrap_or_else(|| client.secret.clone());
        client.updated_at = call.now;
    });
    let client = client.ok_or_else(record_not_found)?;
    let answer = one(StatusCode::OK, client, Secret::Truncated, call);
    Ok(members.warn(answer, CONTROLLER))
}

pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Answer {
    let id = match found(state, call) {
        // Unknown what Zendesk does. An integration stays for ever, and it can get no other client: without
        // this one nobody could ever use it.
        Ok(client) if client.integration.is_some() => return no_access(),
        Ok(client) => client.id,
        Err(refused) => return refused,
    };
    state.remove_client(id);
    Answer::empty(StatusCode::NO_CONTENT)
}

/// The new secret is in force, and the old one is not, as soon as this is answered.
pub(super) fn generate_secret(state: &mut State, call: &Call<'_>) -> Answer {
    let id = match found(state, call) {
        Ok(client) => client.id,
        Err(refused) => return refused,
    };
    let secret = new_secret(state);
    let client = state.clients.update(id, |client| {
        client.secret = secret;
        client.updated_at = call.now;
    });
    match client {
        Some(client) => one(StatusCode::OK, client, Secret::Full, call),
        None => record_not_found(),
    }
}

/// What two requests at once may not both be changing: the record, or the identifier that is to be taken.
pub(crate) fn contended(operation: &str, call: &Call<'_>) -> Option<String> {
    match operation {
        "create_oauth_client" => {
            let body: Created<'_> = serde_json::from_slice(call.body).ok()?;
            Some(format!("identifier {}", body.client.identifier))
        }
        "update_oauth_client" => {
            let id: i64 = call.parameter("oauth_client_id").parse().ok()?;
            Some(format!("client {id}"))
        }
        _ => None,
    }
}

/// What of a create says which identifier is to be taken.
#[derive(Deserialize)]
struct Created<'a> {
    #[serde(borrow)]
    client: Identified<'a>,
}

#[derive(Deserialize)]
struct Identified<'a> {
    #[serde(borrow)]
    identifier: Cow<'a, str>,
}

fn found<'a>(state: &'a State, call: &Call<'_>) -> Result<&'a Client, Answer> {
    let id = call.parameter("oauth_client_id");
    let Ok(id) = id.parse::<i64>() else {
        return Err(invalid_attribute("oauth_client_id", "must be an integer"));
    };
    state.clients.get(id).ok_or_else(record_not_found)
}

fn one(status: StatusCode, client: &Client, secret: Secret, call: &Call<'_>) -> Answer {
    let mut body = Vec::with_capacity(640);
    body.extend_from_slice(b"{\"client\":");
    listed::write(client, secret, call.base, &mut body);
    body.push(b'}');
    Answer::json_bytes(status, Bytes::from(body))
}

pub(crate) fn new_secret(state: &mut State) -> String {
    state.chance.lowercase("client secret", SECRET_LENGTH)
}

/// The members that a create or an update may send.
struct Given {
    name: Option<String>,
    identifier: Option<String>,
    kind: Option<String>,
    company: Option<String>,
    description: Option<String>,
    redirect_uri: Option<Vec<String>>,
    user_id: Option<i64>,
}

impl Given {
    fn take(members: &mut Members) -> Result<Self, Answer> {
        Ok(Self {
            name: members.text("name")?,
            identifier: members.text("identifier")?,
            kind: members.text("kind")?,
            company: members.text("company")?,
            description: members.text("description")?,
            redirect_uri: members.texts("redirect_uri")?,
            user_id: members.integer("user_id")?,
        })
    }

    /// Checks what does not depend on creating or updating, and reads the kind.
    fn check(
        &self,
        defects: &mut Defects,
        state: &State,
        own_id: Option<i64>,
    ) -> Option<ClientKind> {
        if let Some(identifier) = &self.identifier {
            rules::identifier_is_free(defects, state, identifier, own_id);
        }
        if let Some(company) = &self.company {
            rules::not_too_long(defects, "company", "Company", company);
        }
        if let Some(description) = &self.description {
            rules::not_too_long(defects, "description", "Description", description);
        }
        if let Some(uris) = &self.redirect_uri {
            rules::redirect_uris(defects, uris);
        }
        if let Some(user_id) = self.user_id {
            rules::owner(defects, state, user_id);
        }
        let kind = self.kind.as_deref()?;
        rules::kind(defects, kind)
    }
}
