//! Credentials of requests by the security schemes of the documents.

use serde_json::Value;
use xtask::openapi::{array, text};

use super::exchange::{Exchange, header_values};

/// Alternatives, each with all schemes that it takes; empty when no credentials belong there.
#[derive(Debug)]
pub(super) struct Security(Vec<Vec<Scheme>>);

#[derive(Debug)]
enum Scheme {
    /// The scheme of the Authorization header, in lower case.
    Authorization(String),
    Cookie(String),
    Header(String),
}

impl Security {
    /// That of the operation, or else that of the document.
    ///
    /// # Panics
    /// On a scheme that cannot be seen in a request.
    pub(super) fn of(root: &Value, operation: &Value) -> Self {
        let holder = if operation.get("security").is_some() {
            operation
        } else {
            root
        };
        let alternative = |requirement: &Value| {
            let schemes = requirement.as_object().into_iter().flat_map(|it| it.keys());
            schemes.map(|name| Scheme::of(root, name)).collect()
        };
        Self(array(holder, "security").iter().map(alternative).collect())
    }

    /// What is wrong with the credentials of a request.
    pub(super) fn violation(&self, exchange: &Exchange<'_>) -> Option<&'static str> {
        if self.0.is_empty() {
            let sent = header_values(exchange.request_headers, "authorization");
            return (!sent.is_empty())
                .then_some("credentials: an Authorization header is sent where none belongs");
        }
        let carries = |schemes: &Vec<Scheme>| schemes.iter().all(|it| it.is_carried(exchange));
        let none = !self.0.iter().any(carries);
        none.then_some("credentials: none of the documented schemes is carried")
    }
}

impl Scheme {
    fn of(root: &Value, name: &str) -> Self {
        let scheme = &root["components"]["securitySchemes"][name];
        let key = || text(scheme, "name").to_owned();
        match (text(scheme, "type"), text(scheme, "in")) {
            ("http", _) => Self::Authorization(text(scheme, "scheme").to_ascii_lowercase()),
            ("oauth2", _) => Self::Authorization("bearer".to_owned()),
            ("apiKey", "cookie") => Self::Cookie(key()),
            ("apiKey", "header") => Self::Header(key()),
            _ => panic!("the security scheme {name} cannot be seen in a request"),
        }
    }

    fn is_carried(&self, exchange: &Exchange<'_>) -> bool {
        let values = |name| header_values(exchange.request_headers, name);
        match self {
            // Values are trimmed, so something follows where there is a space.
            Self::Authorization(scheme) => values("authorization")
                .iter()
                .filter_map(|value| value.split_once(' '))
                .any(|(sent, _)| sent.eq_ignore_ascii_case(scheme)),
            Self::Header(name) => values(name).iter().any(|value| !value.is_empty()),
            Self::Cookie(name) => values("cookie")
                .iter()
                .flat_map(|value| value.split(';'))
                .filter_map(|pair| pair.trim().split_once('='))
                .any(|(sent, value)| sent == name && !value.is_empty()),
        }
    }
}
