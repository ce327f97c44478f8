//! Users by their ids: whose tokens and clients these are, and whether that person is still there.
//!
//! Facts: <https://developer.zendesk.com/api-reference/ticketing/users/users/>. Zendesk's users have many more
//! members than the few here. A user who was deleted stays, with `active: false`.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::errors::{bad_request, invalid_attribute, no_access, record_not_found};
use super::parameters::path_id;
use crate::http::{Answer, Call};
use crate::state::{Role, State, User};

/// The most ids of one call.
const MOST_IDS: usize = 100;

pub(super) fn show(state: &mut State, call: &Call<'_>) -> Answer {
    let shown = staff(state, call).and_then(|()| {
        let id = path_id(call, "user_id")?;
        let user = state.users.get(&id).ok_or_else(record_not_found)?;
        let body = json!({ "user": written(user, call.base) });
        Ok(Answer::json(StatusCode::OK, &body))
    });
    shown.unwrap_or_else(|refused| refused)
}

/// Whoever is not there is left out.
pub(super) fn show_many(state: &mut State, call: &Call<'_>) -> Answer {
    let shown = staff(state, call).and_then(|()| {
        let users: Vec<Value> = ids(call)?
            .iter()
            .filter_map(|id| state.users.get(id))
            .map(|user| written(user, call.base))
            .collect();
        let body = json!({
            "count": users.len(),
            "next_page": Value::Null,
            "previous_page": Value::Null,
            "users": users,
        });
        Ok(Answer::json(StatusCode::OK, &body))
    });
    shown.unwrap_or_else(|refused| refused)
}

/// Admins and agents.
fn staff(state: &State, call: &Call<'_>) -> Result<(), Answer> {
    let caller = call.caller.user_id().and_then(|id| state.users.get(&id));
    match caller {
        Some(user) if user.role != Role::EndUser => Ok(()),
        _ => Err(no_access()),
    }
}

/// The texts of these refusals are ours.
fn ids(call: &Call<'_>) -> Result<Vec<i64>, Answer> {
    let query = call.query();
    let text = query.get("ids").unwrap_or_default();
    if text.is_empty() {
        return Err(invalid_attribute("ids", "must be given"));
    }
    let ids: Result<Vec<i64>, _> = text.split(',').map(|id| id.trim().parse()).collect();
    let ids = ids.map_err(|_| invalid_attribute("ids", "must be integers"))?;
    if ids.len() > MOST_IDS {
        let text = format!("At most {MOST_IDS} ids can be given");
        return Err(bad_request("Too many values", &text));
    }
    Ok(ids)
}

/// A user as the API shows one.
pub(super) fn written(user: &User, base: &str) -> Value {
    json!({
        "active": user.active,
        "email": user.email,
        "id": user.id,
        "name": user.name,
        "role": match user.role {
            Role::Admin => "admin",
            Role::Agent => "agent",
            Role::EndUser => "end-user",
        },
        "suspended": user.suspended,
        "url": format!("{base}/api/v2/users/{}.json", user.id),
    })
}
