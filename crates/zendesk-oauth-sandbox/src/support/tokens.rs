//! The six operations on OAuth tokens.
//!
//! Facts: <https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_tokens/>.

use axum::http::{StatusCode, header};
use serde_json::json;

use super::body::Members;
use super::errors::{Defects, invalid_attribute, invalid_token, no_access, record_not_found};
use super::page::{List, page};
use super::parameters::{flag, id, path_id};
use super::written_token::{AccessToken, written};
use crate::http::{Answer, Call};
use crate::oauth::{Asked, Issue, Lifetimes, Registered, issue};
use crate::state::{IssuedTo, Role, Scope, State, Token};

const CONTROLLER: &str = "oauth/tokens";

/// The most scopes of a token, and the longest. Zendesk's limits are unknown.
const MOST_SCOPES: usize = 100;
const LONGEST_SCOPE: usize = 255;

pub(super) fn list(state: &mut State, call: &Call<'_>) -> Answer {
    listed(state, call).unwrap_or_else(|refused| refused)
}

/// Zendesk says of `include_expired` that it must be used with `all`. Inferred from this: without both, expired
/// tokens are not listed, and without `all` it does nothing. Expired is a token whose access token is,
/// whether or not it can be refreshed.
fn listed(state: &mut State, call: &Call<'_>) -> Result<Answer, Answer> {
    let query = call.query();
    let (client, global_client) = (id(&query, "client_id")?, id(&query, "global_client_id")?);
    let all = flag(&query, "all")?;
    let expired = flag(&query, "include_expired")? && all;
    let scope = match call.caller.user_id() {
        Some(user_id) if !all => Scope::OwnedBy(user_id),
        _ => Scope::All,
    };
    let of = |token: &Token, wanted: Option<i64>, issued_to| {
        wanted.is_none_or(|wanted| token.client_id == wanted && token.issued_to == issued_to)
    };
    let keep = |token: &Token| {
        (expired || token.is_good(call.now))
            && of(token, client, IssuedTo::Local)
            && of(token, global_client, IssuedTo::Global)
    };
    let switches = state.switches;
    let list = List {
        table: &mut state.tokens.table,
        scope,
        filter: Some(&keep),
        member: "tokens",
        path: super::TOKENS,
        kept: &["all", "client_id", "global_client_id", "include_expired"],
    };
    let body = page(list, call, switches, |token: &Token, out: &mut Vec<u8>| {
        let token = written(token, AccessToken::Masked, call.base);
        serde_json::to_writer(out, &token).expect("strings and numbers become JSON");
    })?;
    Ok(Answer::json_bytes(StatusCode::OK, body))
}

pub(super) fn create(state: &mut State, call: &Call<'_>) -> Answer {
    created(state, call).unwrap_or_else(|refused| refused)
}

/// Documented: a token is returned even for scopes that do not exist; what it is used for is forbidden later.
/// The members for its lifetimes are assumed to be those of `POST /oauth/tokens`, inside of `token`. Nothing says
/// that the refresh token is ever shown in full here, so it is not.
fn created(state: &mut State, call: &Call<'_>) -> Result<Answer, Answer> {
    let mut members = Members::read(call, "token", "create")?;
    let client_id = members.integer("client_id")?;
    let scopes = members.texts("scopes")?.unwrap_or_default();
    let asked = Asked {
        access: members.integer("expires_in")?,
        refresh: members.integer("refresh_token_expires_in")?,
    };
    let mut defects = Defects::default();
    let client = client_id.and_then(|id| state.clients.get(id));
    match (client_id, client) {
        (None, _) => defects.add("client_id", "BlankValue", "Client: cannot be blank"),
        (_, None) => defects.add("client_id", "InvalidValue", "Client: is invalid"),
        _ => {}
    }
    check_scopes(&mut defects, &scopes);
    defects.check()?;
    let client = client.map(Registered::Local).ok_or_else(record_not_found)?;
    let enforced = client.expiry_is_enforced(call.now);
    let lifetimes = Lifetimes::of(asked, enforced, state.switches.requested_ttl);
    let lifetimes = lifetimes.map_err(|it| {
        let must = format!("must be from {} to {}", it.from, it.to);
        invalid_attribute(it.member, &must)
    })?;
    let order = Issue {
        client_id: client.id(),
        issued_to: client.issued_to(),
        user_id: call.caller.user_id().ok_or_else(invalid_token)?,
        scopes,
        lifetimes,
        authorization_code: None,
    };
    let token = issue(state, call.now, order);
    let location = format!("{}{}/{}.json", call.base, super::TOKENS, token.id);
    let answer = one(StatusCode::CREATED, &token, AccessToken::Full, call);
    Ok(members.warn(answer.with(header::LOCATION, &location), CONTROLLER))
}

fn check_scopes(defects: &mut Defects, scopes: &[String]) {
    if scopes.iter().all(|scope| scope.trim().is_empty()) {
        defects.add("scopes", "BlankValue", "Scopes: cannot be blank");
    }
    if scopes.len() > MOST_SCOPES {
        let text = format!("Scopes: at most {MOST_SCOPES} can be given");
        defects.add("scopes", "TooManyValues", &text);
    }
    if scopes.iter().any(|scope| scope.len() > LONGEST_SCOPE) {
        let text = format!("Scopes: each is at most {LONGEST_SCOPE} bytes long");
        defects.add("scopes", "ValueTooLong", &text);
    }
}

pub(super) fn show(state: &mut State, call: &Call<'_>) -> Answer {
    match found(state, call) {
        Ok(token) => one(StatusCode::OK, token, AccessToken::Masked, call),
        Err(refused) => refused,
    }
}

/// A token that is revoked is as unknown from then on as one that never was, and its refresh token with it.
pub(super) fn revoke(state: &mut State, call: &Call<'_>) -> Answer {
    let id = match found(state, call) {
        Ok(token) => token.id,
        Err(refused) => return refused,
    };
    state.tokens.remove(id);
    Answer::empty(StatusCode::NO_CONTENT)
}

/// Its owner and admins see a token.
fn found<'a>(state: &'a State, call: &Call<'_>) -> Result<&'a Token, Answer> {
    let id = path_id(call, "oauth_token_id")?;
    let token = state.tokens.get(id).ok_or_else(record_not_found)?;
    let caller = call.caller.user_id();
    let user = caller.and_then(|id| state.users.get(&id));
    let admin = user.is_some_and(|user| user.role == Role::Admin);
    if admin || caller == Some(token.user_id) {
        Ok(token)
    } else {
        Err(no_access())
    }
}

pub(super) fn show_current(state: &mut State, call: &Call<'_>) -> Answer {
    let own = call.caller.token_id().and_then(|id| state.tokens.get(id));
    match own {
        Some(token) => one(StatusCode::OK, token, AccessToken::Masked, call),
        None => invalid_token(),
    }
}

pub(super) fn revoke_current(state: &mut State, call: &Call<'_>) -> Answer {
    let own = call.caller.token_id();
    match own.and_then(|id| state.tokens.remove(id)) {
        Some(_) => Answer::empty(StatusCode::NO_CONTENT),
        None => invalid_token(),
    }
}

fn one(status: StatusCode, token: &Token, access_token: AccessToken, call: &Call<'_>) -> Answer {
    let body = json!({ "token": written(token, access_token, call.base) });
    Answer::json(status, &body)
}
