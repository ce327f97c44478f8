//! The three operations on global OAuth clients.
//!
//! Facts: <https://developer.zendesk.com/api-reference/ticketing/oauth/global_clients/>.

use std::collections::HashMap;

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::errors::record_not_found;
use super::page::{List, page};
use super::parameters::{flag, id, path_id};
use crate::clock::zulu;
use crate::http::{Answer, Call};
use crate::state::{GlobalClient, IssuedTo, Scope, State};

pub(super) fn list(state: &mut State, call: &Call<'_>) -> Answer {
    let switches = state.switches;
    let list = List {
        table: &mut state.global_clients,
        scope: Scope::All,
        filter: None,
        member: "global_clients",
        path: super::GLOBAL_CLIENTS,
        kept: &[],
    };
    let write = |client: &GlobalClient, out: &mut Vec<u8>| {
        out.extend_from_slice(written(client).to_string().as_bytes());
    };
    match page(list, call, switches, write) {
        Ok(body) => Answer::json_bytes(StatusCode::OK, body),
        Err(refused) => refused,
    }
}

pub(super) fn show(state: &mut State, call: &Call<'_>) -> Answer {
    let id = match path_id(call, "global_client_id") {
        Ok(id) => id,
        Err(refused) => return refused,
    };
    match state.global_clients.get(id) {
        Some(client) => {
            let body = json!({ "global_client": written(client) });
            Answer::json(StatusCode::OK, &body)
        }
        None => record_not_found(),
    }
}

fn written(client: &GlobalClient) -> Value {
    json!({
        "company": client.company,
        "description": client.description,
        "id": client.id,
        "identifier": client.identifier,
        "kind": client.kind.as_str(),
        "logo_url": client.logo_url,
        "name": client.name,
    })
}

/// What the tokens of one client come to.
#[derive(Default)]
struct Summary {
    tokens_count: u64,
    last_used_at: Option<Timestamp>,
}

/// Every global client is listed, also one without tokens: which are, is unknown. So is whether a use by a
/// token that has expired counts; here it does if such tokens are counted.
pub(super) fn token_summary(state: &mut State, call: &Call<'_>) -> Answer {
    summed_up(state, call).unwrap_or_else(|refused| refused)
}

fn summed_up(state: &mut State, call: &Call<'_>) -> Result<Answer, Answer> {
    let query = call.query();
    let wanted = id(&query, "global_client_id")?;
    let expired = flag(&query, "include_expired")?;
    let mut summaries: HashMap<i64, Summary> = HashMap::new();
    let global = |it: &&crate::state::Token| it.issued_to == IssuedTo::Global;
    for token in state.tokens.table.iter().filter(global) {
        if expired || token.is_good(call.now) {
            let summary = summaries.entry(token.client_id).or_default();
            summary.tokens_count += 1;
            summary.last_used_at = summary.last_used_at.max(token.used_at);
        }
    }
    let keep = |client: &GlobalClient| wanted.is_none_or(|id| client.id == id);
    let switches = state.switches;
    let list = List {
        table: &mut state.global_clients,
        scope: Scope::All,
        filter: Some(&keep),
        member: "global_clients",
        path: super::TOKEN_SUMMARY,
        kept: &["global_client_id", "include_expired"],
    };
    let nothing = Summary::default();
    let body = page(
        list,
        call,
        switches,
        |client: &GlobalClient, out: &mut Vec<u8>| {
            let summary = summaries.get(&client.id).unwrap_or(&nothing);
            let summary = json!({
                "id": client.id,
                "last_used_at": summary.last_used_at.map(zulu),
                "tokens_count": summary.tokens_count,
            });
            out.extend_from_slice(summary.to_string().as_bytes());
        },
    )?;
    Ok(Answer::json_bytes(StatusCode::OK, body))
}
