//! `GET /api/v2/users/me`: with it callers find out who they are.
//!
//! Observed: with no credentials, and with a password, it answers 200 and `Anonymous user`; a bad API token gets
//! 401. The members of the anonymous user beside its name are inferred. Zendesk's users have many more members
//! than the few here.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::errors::missing_scope;
use crate::http::{Answer, Call};
use crate::state::State;

const SCOPES: [&str; 2] = ["read", "users:read"];

pub(super) fn show(state: &mut State, call: &Call<'_>) -> Answer {
    let token = call.caller.token_id().and_then(|id| state.tokens.get(id));
    if token.is_some_and(|token| !SCOPES.iter().any(|scope| token.has_scope(scope))) {
        return missing_scope("read");
    }
    let user = call.caller.user_id().and_then(|id| state.users.get(&id));
    let user = match user {
        None => json!({
            "email": Value::Null,
            "id": Value::Null,
            "name": "Anonymous user",
            "role": "end-user",
            "suspended": false,
            "url": Value::Null,
        }),
        Some(user) => super::users::written(user, call.base),
    };
    Answer::json(StatusCode::OK, &json!({ "user": user }))
}
