//! The control API under `/_sandbox/`: clock, switches, faults, journal, snapshots. `CONTROL.md` shows
//! every call.
//!
//! It has no credentials, no faults and no rate limit, and is not part of the journal.

mod clock;
mod faults;
mod guard;
mod journal;
mod overview;
mod refusal;
mod sent;
mod snapshots;
mod switches;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::middleware;
use axum::routing::{MethodRouter, delete, get, post};

use crate::shared::Shared;
use refusal::Refusal;

type Controlled = Arc<Shared>;

/// A path of the control API, and what it answers to.
struct Resource {
    path: &'static str,
    methods: &'static [&'static str],
    route: fn() -> MethodRouter<Controlled>,
}

const RESOURCES: &[Resource] = &[
    Resource {
        path: "/_sandbox/",
        methods: &["GET"],
        route: || get(overview::overview),
    },
    Resource {
        path: "/_sandbox/clock",
        methods: &["GET", "PATCH"],
        route: || get(clock::show).patch(clock::change),
    },
    Resource {
        path: "/_sandbox/clock/advance",
        methods: &["POST"],
        route: || post(clock::advance),
    },
    Resource {
        path: "/_sandbox/switches",
        methods: &["GET", "PATCH"],
        route: || get(switches::list).patch(switches::change),
    },
    Resource {
        path: "/_sandbox/profiles/{name}",
        methods: &["POST"],
        route: || post(switches::apply),
    },
    Resource {
        path: "/_sandbox/faults",
        methods: &["GET", "POST", "DELETE"],
        route: || get(faults::list).post(faults::add).delete(faults::clear),
    },
    Resource {
        path: "/_sandbox/faults/{id}",
        methods: &["DELETE"],
        route: || delete(faults::remove),
    },
    Resource {
        path: "/_sandbox/journal",
        methods: &["GET", "DELETE"],
        route: || get(journal::list).delete(journal::clear),
    },
    Resource {
        path: "/_sandbox/snapshots",
        methods: &["GET", "POST", "DELETE"],
        route: || {
            let list = get(snapshots::list);
            list.post(snapshots::take).delete(snapshots::clear)
        },
    },
    Resource {
        path: "/_sandbox/snapshots/{id}",
        methods: &["DELETE"],
        route: || delete(snapshots::remove),
    },
    Resource {
        path: "/_sandbox/snapshots/{id}/restore",
        methods: &["POST"],
        route: || post(snapshots::restore),
    },
    Resource {
        path: "/_sandbox/operations",
        methods: &["GET"],
        route: || get(overview::operations),
    },
    Resource {
        path: "/_sandbox/reset",
        methods: &["POST"],
        route: || post(overview::reset),
    },
    Resource {
        path: "/_sandbox/seed",
        methods: &["POST"],
        route: || post(overview::seed),
    },
];

/// Whether a path is one of the control API.
pub(crate) fn has(path: &str) -> bool {
    path.strip_prefix("/_sandbox")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The control API.
pub(crate) fn router(shared: &Controlled) -> Router<Controlled> {
    let mut router = Router::new()
        .route("/_sandbox", get(overview::overview))
        .route("/_sandbox/{*rest}", axum::routing::any(nothing));
    for resource in RESOURCES {
        router = router.route(resource.path, (resource.route)());
    }
    router
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state(
            Arc::clone(shared),
            guard::guarded,
        ))
}

fn lines() -> String {
    let line = |it: &Resource| format!("{} {}", it.methods.join("|"), it.path);
    RESOURCES.iter().map(line).collect::<Vec<_>>().join(", ")
}

/// Where the resources are that can be read, by what is behind `/_sandbox/`.
fn links(url: &str) -> BTreeMap<&'static str, String> {
    let read = RESOURCES.iter().filter(|it| it.methods.contains(&"GET"));
    let named = read.filter_map(|it| {
        let name = it.path.strip_prefix("/_sandbox/")?;
        Some((name, format!("{url}{}", it.path)))
    });
    named.filter(|(name, _)| !name.is_empty()).collect()
}

async fn nothing() -> Refusal {
    let error = format!("the control API has no such path; it has {}", lines());
    Refusal::new(StatusCode::NOT_FOUND, error)
}

async fn wrong_method(uri: Uri) -> Refusal {
    let same = |it: &&Resource| {
        let mut asked = uri.path().split('/');
        let mut own = it.path.split('/');
        let alike = own
            .by_ref()
            .zip(asked.by_ref())
            .all(|(own, asked)| own == asked || own.starts_with('{'));
        alike && own.next().is_none() && asked.next().is_none()
    };
    let found = RESOURCES.iter().find(same);
    let path = found.map_or("/_sandbox", |it| it.path);
    let methods = found.map_or(&["GET"][..], |it| it.methods).join(", ");
    let error = format!("{path} does not take this method; it takes {methods}");
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, error).allowing(&methods)
}
