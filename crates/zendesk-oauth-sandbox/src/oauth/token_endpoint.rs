//! `POST /oauth/tokens` on the wire.
//!
//! JSON is documented; forms are accepted too, as observed. Unknown: whether Zendesk takes the client's
//! credentials by HTTP Basic authentication. The sandbox does not.

use std::collections::HashMap;

use axum::http::{StatusCode, header};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Granted, Refused, grant};
use crate::http::{Answer, Call, Delivery, Query};
use crate::state::State;
use crate::switches::{RefreshReply, TokenStatus};

/// The members that are text.
const TEXTS: &[&str] = &[
    "grant_type",
    "code",
    "client_id",
    "client_secret",
    "redirect_uri",
    "scope",
    "code_verifier",
    "refresh_token",
];

/// The members that are numbers of seconds.
const NUMBERS: &[&str] = &["expires_in", "refresh_token_expires_in"];

/// A member that does not apply is left out, as in Zendesk's examples.
#[derive(Serialize)]
struct Written<'a> {
    access_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_in: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token_expires_in: Option<i64>,
    scope: &'a str,
    token_type: &'static str,
}

pub(super) fn create(state: &mut State, call: &Call<'_>) -> Answer {
    let members = match members(call) {
        Ok(members) => members,
        Err(refused) => return refusal(&refused),
    };
    let granted = grant(state, call.now, &|name| members.get(name).cloned());
    match granted {
        Ok(granted) => {
            let mut answer = success(state, &granted);
            let refreshed = members
                .get("grant_type")
                .is_some_and(|it| it == "refresh_token");
            if refreshed && state.switches.refresh_reply == RefreshReply::Lost {
                answer.delivery = Delivery::Reset;
            }
            answer
        }
        Err(refused) => refusal(&refused),
    }
}

/// The members of the body, whatever its form. A member of a wrong type is refused, but for a list of scopes; one
/// that nobody knows is ignored (RFC 6749, section 3.2).
fn members(call: &Call<'_>) -> Result<HashMap<&'static str, String>, Refused> {
    let names = || TEXTS.iter().chain(NUMBERS).copied();
    if call.is_form() {
        let form = Query::parse(call.body);
        let sent = names().filter_map(|name| Some((name, form.get(name)?.to_owned())));
        return Ok(sent.collect());
    }
    if !call.is_json() {
        let text = "The body must be JSON or application/x-www-form-urlencoded";
        return Err(Refused::invalid_request(text));
    }
    let body = serde_json::from_slice(call.body);
    let Ok(Value::Object(mut body)) = body else {
        return Err(Refused::invalid_request("The body must be a JSON object"));
    };
    let mut members = HashMap::new();
    for name in names() {
        let value = match body.remove(name) {
            None | Some(Value::Null) => continue,
            Some(Value::String(text)) => text,
            Some(Value::Array(scopes)) if name == "scope" => invalid_scope(scopes),
            Some(Value::Number(number)) if NUMBERS.contains(&name) => number.to_string(),
            Some(_) => {
                let text = format!("{name} has the wrong type");
                return Err(Refused::invalid_request(text));
            }
        };
        members.insert(name, value);
    }
    Ok(members)
}

/// Documented: a token is returned for `"scope": ["read", "write"]` too, and its requests are forbidden. So a list
/// is one name that nobody knows; without white space, as it would be several names otherwise.
fn invalid_scope(scopes: Vec<Value>) -> String {
    let text = Value::Array(scopes).to_string();
    text.split_whitespace().collect()
}

fn success(state: &State, granted: &Granted) -> Answer {
    let status = match state.switches.token_status {
        TokenStatus::Ok => StatusCode::OK,
        TokenStatus::Created => StatusCode::CREATED,
    };
    let written = Written {
        access_token: &granted.access_token,
        expires_in: granted.expires_in,
        refresh_token: granted.refresh_token.as_deref(),
        refresh_token_expires_in: granted.refresh_token_expires_in,
        scope: &granted.scope,
        token_type: "bearer",
    };
    uncached(Answer::json(status, &json!(written)))
}

fn refusal(refused: &Refused) -> Answer {
    let body = json!({ "error": refused.error, "error_description": refused.description });
    uncached(Answer::json(refused.status, &body))
}

/// What RFC 6749, section 5.1, demands of answers with tokens.
fn uncached(answer: Answer) -> Answer {
    answer
        .with(header::CACHE_CONTROL, "no-store")
        .with(header::PRAGMA, "no-cache")
}
