//! What this is, what there is, and back to the start.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use serde_json::{Value, json};

use super::Controlled;
use super::refusal::Refusal;
use super::sent::Text;
use crate::clock::Reading;
use crate::http::base;
use crate::routes;
use crate::seed::{Seed, SeedError};

/// The sandbox at a glance.
pub(super) async fn overview(State(shared): State<Controlled>, headers: HeaderMap) -> Json<Value> {
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok());
    let url = base(host.unwrap_or_default(), &shared.address);
    let world = shared.world();
    Json(json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "url": url,
        "time": Reading::from(world.state.clock),
        "in_flight": shared.in_flight.load(Ordering::Relaxed),
        "requests": world.requests,
        "switches": world.state.switches,
        "links": super::links(&url),
    }))
}

/// The names by which faults and the journal call operations.
pub(super) async fn operations() -> Json<Value> {
    let names: Vec<&str> = routes::operations().collect();
    Json(json!({ "operations": names }))
}

/// Everything as it was at the start.
pub(super) async fn reset(State(shared): State<Controlled>) -> Result<Json<Value>, Refusal> {
    begun_again(shared, || Ok(None)).await
}

/// Everything as if the sandbox had been started with the seed in the body, YAML or JSON.
pub(super) async fn seed(
    State(shared): State<Controlled>,
    text: Text,
) -> Result<Json<Value>, Refusal> {
    begun_again(shared, move || Seed::parse("body", &text.0).map(Some)).await
}

async fn begun_again(
    shared: Controlled,
    seed: impl FnOnce() -> Result<Option<Seed>, SeedError> + Send + 'static,
) -> Result<Json<Value>, Refusal> {
    let (replacing, unread) = (Arc::clone(&shared), |error: SeedError| {
        Refusal::bad_request(format!("{error}; nothing was changed"))
    });
    // A large seed takes its time, and others are to be answered meanwhile.
    let begun = move || seed().and_then(|seed| replacing.start_over(seed));
    let begun = tokio::task::spawn_blocking(begun).await;
    let (version, time) = begun.map_err(|_| Refusal::interrupted())?.map_err(unread)?;
    let stored = shared.stored(version).await;
    stored.map_err(|_| Refusal::not_stored())?;
    Ok(Json(json!({ "time": time })))
}
