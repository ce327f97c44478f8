//! Fault rules.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Controlled;
use super::refusal::Refusal;
use super::sent::{Id, Sent, id};
use crate::faults::{FaultError, FaultRule};

const LIST: &str = "/_sandbox/faults";

/// The rules with how often they struck.
pub(super) async fn list(State(shared): State<Controlled>) -> Json<Value> {
    Json(json!({ "faults": shared.world().faults.list() }))
}

pub(super) async fn add(
    State(shared): State<Controlled>,
    Sent(rule): Sent<FaultRule>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let added = {
        let mut world = shared.world();
        if world.faults.is_full() {
            let error = format!("{}: DELETE {LIST}/{{id}}", FaultError::full());
            return Err(Refusal::new(StatusCode::CONFLICT, error));
        }
        world.faults.add(rule)
    };
    match added {
        Ok(id) => Ok((StatusCode::CREATED, Json(json!({ "id": id })))),
        Err(error) => Err(Refusal::bad_request(error.to_string())),
    }
}

pub(super) async fn clear(State(shared): State<Controlled>) -> StatusCode {
    shared.world().faults.clear();
    StatusCode::NO_CONTENT
}

pub(super) async fn remove(
    State(shared): State<Controlled>,
    rule: Id,
) -> Result<StatusCode, Refusal> {
    let rule = id(rule, "fault rule", LIST)?;
    if shared.world().faults.remove(rule) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Refusal::not_found(&format!("fault rule {rule}"), LIST))
    }
}
