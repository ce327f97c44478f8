//! The two operations on OAuth tokens of Chat.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::errors::{bad_request, not_found};
use super::records::ChatToken;
use crate::clock::zulu;
use crate::http::{Answer, Call};
use crate::state::State;
use crate::switches::ChatDates;

/// A bare array, tokens in full. Zendesk's page says "all tokens under an agent", and its example has the
/// tokens of two; so an administrator gets everybody's here. Expired ones stay until they are revoked.
pub(super) fn list(state: &mut State, _call: &Call<'_>) -> Answer {
    let dates = state.switches.chat_dates;
    let tokens: Vec<Value> = state.chat.tokens().map(|it| shown(it, dates)).collect();
    Answer::json(StatusCode::OK, &Value::Array(tokens))
}

/// The token stops working at once, be it the one that this was asked with.
pub(super) fn revoke(state: &mut State, call: &Call<'_>) -> Answer {
    let Ok(id) = call.parameter("oauth_token_id").parse::<i64>() else {
        return bad_request("The id of a token is an integer");
    };
    match state.chat.remove_token(id) {
        Some(_) => Answer::empty(StatusCode::NO_CONTENT),
        None => not_found(),
    }
}

fn shown(token: &ChatToken, dates: ChatDates) -> Value {
    let date = |time: Timestamp| match dates {
        ChatDates::Zulu => zulu(time),
        ChatDates::Zoneless => zulu(time).trim_end_matches('Z').to_owned(),
    };
    json!({
        "access_token": token.access_token,
        "agent_id": token.agent_id,
        "client_identifier": token.client_identifier,
        "create_date": date(token.created_at),
        "expire_date": token.expires_at.map(date),
        "id": token.id,
        "refresh_token": token.refresh_token,
        "scopes": token.scopes.join(" "),
        "token_type": "Bearer",
    })
}
