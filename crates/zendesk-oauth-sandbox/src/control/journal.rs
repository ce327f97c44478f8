//! The latest requests, without secrets.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use serde_json::{Value, json};

use super::Controlled;
use super::refusal::Refusal;
use crate::http::{Query, shown_name};
use crate::journal::Wanted;
use crate::routes;

pub(super) async fn list(
    State(shared): State<Controlled>,
    uri: Uri,
) -> Result<Json<Value>, Refusal> {
    let query = Query::parse(uri.query().unwrap_or_default().as_bytes());
    let wanted = wanted(&query)?;
    Ok(Json(json!({ "entries": shared.journal(&wanted) })))
}

fn wanted<'a>(query: &'a Query<'_>) -> Result<Wanted<'a>, Refusal> {
    let mut wanted = Wanted::default();
    for (name, value) in query.pairs() {
        let no_number = |_| {
            let error = format!("the parameter {name} is no number; send digits");
            Refusal::bad_request(error)
        };
        match name {
            "after" => wanted.after = Some(value.parse().map_err(no_number)?),
            "limit" => wanted.limit = Some(value.parse().map_err(no_number)?),
            "operation" if routes::operations().any(|known| known == value) => {
                wanted.operation = Some(value);
            }
            "operation" => {
                return Err(Refusal::bad_request(
                    "the parameter operation names none; GET /_sandbox/operations lists them",
                ));
            }
            other => {
                let name = shown_name(other);
                let error = format!(
                    "the journal knows no parameter {name}; it knows after, limit and operation"
                );
                return Err(Refusal::bad_request(error));
            }
        }
    }
    Ok(wanted)
}

pub(super) async fn clear(State(shared): State<Controlled>) -> StatusCode {
    shared.world().journal.clear();
    StatusCode::NO_CONTENT
}
