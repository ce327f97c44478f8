//! Which operation a method and a path mean.

use std::borrow::Cow;
use std::sync::LazyLock;

use axum::http::{Method, Uri};
use percent_encoding::percent_decode_str;

use crate::http::{Answer, Call, Parameters};
use crate::state::State;
use crate::{chat, oauth, provider, support, zis};

/// A part of Zendesk with its own credentials and its own errors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Area {
    Support,
    /// ZIS connections.
    Zis,
    /// The registry of ZIS integrations.
    Registry,
    /// ZIS connections, where credentials, if any, are in the body or in the query.
    ZisOpen,
    Chat,
    /// Everything on the host that Chat had once.
    RetiredChat,
    /// Where credentials, if any, are in the body or in the page: grants, consent.
    Open,
}

/// What a caller needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Access {
    Open,
    Support {
        admins_only: bool,
        scope: &'static str,
    },
    /// A Support bearer token, whatever its scopes.
    OwnToken,
    /// A token of the integration, or an admin's session.
    Zis,
    /// A token of the integration.
    ZisToken,
    /// An admin.
    Registry {
        scope: &'static str,
    },
    Chat {
        scope: &'static str,
    },
}

/// One operation.
pub(crate) struct Route {
    /// Its name: the operationId, where a document describes it.
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    /// Literal segments win over `{parameters}`.
    pub(crate) path: &'static str,
    pub(crate) access: Access,
    /// Whether it can change state, whatever its method: it is stored before it is answered.
    pub(crate) changes: bool,
    pub(crate) run: fn(&mut State, &Call<'_>) -> Answer,
}

impl Route {
    /// Whether a request has a body that says something.
    pub(crate) fn takes_body(&self) -> bool {
        let methods = [Method::POST, Method::PUT, Method::PATCH];
        methods.contains(&self.method) && !self.path.ends_with("/generate_secret")
    }
}

/// The rooms' routes.
const ROOMS: &[&[Route]] = &[
    support::ROUTES,
    oauth::ROUTES,
    zis::ROUTES,
    chat::ROUTES,
    provider::ROUTES,
];

/// Every operation of the sandbox, by name.
pub(crate) fn operations() -> impl Iterator<Item = &'static str> {
    ROOMS.iter().copied().flatten().map(|route| route.operation)
}

/// What a request line means.
pub(crate) enum Found<'a> {
    Route {
        route: &'static Route,
        parameters: Parameters<'a>,
    },
    /// The path exists, with the methods of these.
    OtherMethod(&'static [&'static Route]),
    Nothing,
}

static PATHS: LazyLock<matchit::Router<Vec<&'static Route>>> = LazyLock::new(|| {
    let mut by_path: Vec<(&'static str, Vec<&'static Route>)> = Vec::new();
    for route in ROOMS.iter().copied().flatten() {
        match by_path.iter_mut().find(|(path, _)| *path == route.path) {
            Some((_, routes)) => routes.push(route),
            None => by_path.push((route.path, vec![route])),
        }
    }
    let mut paths = matchit::Router::new();
    for (path, routes) in by_path {
        paths
            .insert(path, routes)
            .expect("the rooms' paths do not contradict each other");
    }
    paths
});

impl Route {
    /// HEAD is answered where GET is, without a body, as HTTP has it (RFC 9110), unless that GET changes
    /// something: nobody who sends HEAD asks for that.
    fn answers_head(&self) -> bool {
        self.method == Method::GET && !self.changes
    }
}

/// The methods of a path, as `Allow` lists them.
pub(crate) fn allowed(routes: &[&Route]) -> String {
    let mut methods = Vec::new();
    for route in routes {
        methods.push(route.method.as_str());
        if route.answers_head() {
            methods.push("HEAD");
        }
    }
    methods.join(", ")
}

/// Finds the operation.
pub(crate) fn find<'a>(method: &Method, uri: &'a Uri, area: Area) -> Found<'a> {
    if area == Area::RetiredChat {
        return Found::Nothing;
    }
    let path = plain_path(uri.path(), area);
    let Ok(matched) = PATHS.at(path) else {
        return Found::Nothing;
    };
    let mut routes = matched.value.iter();
    let answers = |route: &&&Route| {
        route.method == *method || *method == Method::HEAD && route.answers_head()
    };
    let Some(route) = routes.find(answers) else {
        return Found::OtherMethod(matched.value);
    };
    let mut parameters = Parameters::default();
    for (name, value) in matched.params.iter() {
        parameters.push(name, decoded(value));
    }
    Found::Route { route, parameters }
}

/// Support takes every path with `.json` at its end as well.
fn plain_path(path: &str, area: Area) -> &str {
    match area {
        Area::Support => path.strip_suffix(".json").unwrap_or(path),
        _ => path,
    }
}

/// Bytes that are not UTF-8 become U+FFFD, which no name or id has.
fn decoded(segment: &str) -> Cow<'_, str> {
    percent_decode_str(segment).decode_utf8_lossy()
}

/// The part of Zendesk that a path on a host belongs to, whether or not the path exists.
pub(crate) fn area(host: &str, path: &str) -> Area {
    if chat::is_retired_host(host) {
        Area::RetiredChat
    } else if path.starts_with("/api/services/zis/registry") {
        Area::Registry
    } else if path.starts_with(zis::START_REDIRECT)
        || path.starts_with(zis::TOKENS)
        || path.starts_with(zis::CALLBACK)
    {
        Area::ZisOpen
    } else if path.starts_with("/api/services/zis/") {
        Area::Zis
    } else if path.starts_with("/api/v2/chat/") {
        Area::Chat
    } else if path.starts_with("/api/") {
        Area::Support
    } else {
        Area::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_has_more_parameters_than_there_is_room_for() {
        for route in ROOMS.iter().copied().flatten() {
            let parameters = route.path.matches('{').count();
            assert!(parameters <= Parameters::MOST, "{}", route.path);
        }
    }
}
