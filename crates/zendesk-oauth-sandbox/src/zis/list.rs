//! The names of an integration's connections.

use std::ops::Bound;

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::errors::{bad_request, not_found, unprocessable};
use super::records::Connection;
use crate::clock::zulu;
use crate::http::{Answer, Call, Query};
use crate::state::State;
use crate::switches::{PageSizeOver100, Switches};

const LARGEST_PAGE: usize = 100;

/// Cursors are names, as in the example of Zendesk's page. Its `meta` is empty there; on a page that is
/// not the only one, the members are those of the lists of the registry, and `before` by analogy.
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Answer {
    let query = call.query();
    let Some(integration) = state.zis.integrations.get(call.parameter("integration")) else {
        return not_found();
    };
    let size = match size(&query, state.switches) {
        Ok(size) => size,
        Err(refused) => return refused,
    };
    let connections = &integration.connections;
    let (after, before) = (query.get("page[after]"), query.get("page[before]"));
    let mut found: Vec<&Connection> = match (after, before) {
        (Some(_), Some(_)) => return bad_request(),
        (_, Some(before)) => {
            let range = (Bound::Unbounded, Bound::Excluded(before));
            let found = connections.range::<str, _>(range).rev();
            found.map(|(_, it)| it).take(size + 1).collect()
        }
        (after, None) => {
            let start = after.map_or(Bound::Unbounded, Bound::Excluded);
            let found = connections.range::<str, _>((start, Bound::Unbounded));
            found.map(|(_, it)| it).take(size + 1).collect()
        }
    };
    let has_more = found.len() > size;
    found.truncate(size);
    if before.is_some() {
        found.reverse();
    }
    let only_page = after.is_none() && before.is_none() && !has_more;
    let meta = match (only_page, found.first(), found.last()) {
        (false, Some(first), Some(last)) => {
            json!({ "has_more": has_more, "after": last.name, "before": first.name })
        }
        _ => json!({}),
    };
    let oauth: Vec<Value> = found.into_iter().map(listed).collect();
    let body = json!({
        "api_key": [],
        "basic_auth": [],
        "bearer_token": [],
        "oauth": oauth,
        "meta": meta,
    });
    Answer::json(StatusCode::OK, &body)
}

fn listed(connection: &Connection) -> Value {
    json!({
        "name": connection.name,
        "created_at": zulu(connection.created_at),
        "updated_at": zulu(connection.updated_at),
    })
}

/// Unknown: the size when none is given, and what too large a size does.
fn size(query: &Query<'_>, switches: Switches) -> Result<usize, Answer> {
    let Some(text) = query.get("page[size]") else {
        return Ok(LARGEST_PAGE);
    };
    match text.parse::<usize>() {
        Ok(size @ 1..=LARGEST_PAGE) => Ok(size),
        Ok(0) | Err(_) => Err(bad_request()),
        Ok(_) if switches.page_size_over_100 == PageSizeOver100::Clamped => Ok(LARGEST_PAGE),
        Ok(_) => Err(unprocessable("Page size", "is not valid")),
    }
}
