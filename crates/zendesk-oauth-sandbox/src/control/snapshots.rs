//! Snapshots of the state, in memory.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Controlled;
use super::refusal::Refusal;
use super::sent::{Id, id};
use crate::snapshot::{MOST, Snapshot};

const LIST: &str = "/_sandbox/snapshots";

pub(super) async fn list(State(shared): State<Controlled>) -> Json<Value> {
    Json(json!({ "snapshots": shared.world().snapshots.list() }))
}

pub(super) async fn take(
    State(shared): State<Controlled>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let mut world = shared.world();
    // A state is not copied for nothing.
    let taken =
        (!world.snapshots.is_full()).then(|| Snapshot::of(&world.state, &world.credentials));
    match taken.and_then(|taken| world.snapshots.keep(taken)) {
        Some(id) => Ok((StatusCode::CREATED, Json(json!({ "id": id })))),
        None => {
            let error =
                format!("there are {MOST} snapshots, and no more fit; DELETE {LIST}/{{id}}");
            Err(Refusal::new(StatusCode::CONFLICT, error))
        }
    }
}

/// Goes back to a snapshot, which can be gone back to again.
pub(super) async fn restore(
    State(shared): State<Controlled>,
    snapshot: Id,
) -> Result<Json<Value>, Refusal> {
    let snapshot = id(snapshot, "snapshot", LIST)?;
    let found = shared.world().snapshots.get(snapshot).cloned();
    let found = found.ok_or_else(|| none(snapshot))?;
    let replacing = Arc::clone(&shared);
    // A large state takes its time, and others are to be answered meanwhile.
    let restored = tokio::task::spawn_blocking(move || replacing.restore(&found)).await;
    let restored = restored.map_err(|_| Refusal::interrupted())?;
    let (version, time) = restored.map_err(|error| Refusal::bad_request(error.to_string()))?;
    let stored = shared.stored(version).await;
    stored.map_err(|_| Refusal::not_stored())?;
    Ok(Json(json!({ "id": snapshot, "time": time })))
}

pub(super) async fn remove(
    State(shared): State<Controlled>,
    snapshot: Id,
) -> Result<StatusCode, Refusal> {
    let snapshot = id(snapshot, "snapshot", LIST)?;
    if shared.world().snapshots.remove(snapshot) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(none(snapshot))
    }
}

pub(super) async fn clear(State(shared): State<Controlled>) -> StatusCode {
    shared.world().snapshots.clear();
    StatusCode::NO_CONTENT
}

fn none(id: u64) -> Refusal {
    Refusal::not_found(&format!("snapshot {id}"), LIST)
}
