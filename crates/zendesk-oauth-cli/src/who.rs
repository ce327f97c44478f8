//! As whom credentials act, from the answer of `GET /api/v2/users/me`.

use serde::Serialize;
use serde_json::Value;
use zendesk_oauth_core::ApiErrorBody;
use zendesk_oauth_core::client::Response;

use crate::text::printable;

/// Where Zendesk says it: <https://developer.zendesk.com/api-reference/ticketing/users/users/#show-self>.
pub(crate) const ME: &str = "/api/v2/users/me.json";

/// A user of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Who {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) role: Option<String>,
}

impl Who {
    pub(crate) fn is_admin(&self) -> bool {
        self.role.as_deref() == Some("admin")
    }

    /// `Ada Admin <ada@example.com> (admin)`, fit for a terminal.
    pub(crate) fn shown(&self) -> String {
        let mut text = self.name.clone();
        if let Some(email) = &self.email {
            text.push_str(&format!(" <{email}>"));
        }
        if let Some(role) = &self.role {
            text.push_str(&format!(" ({role})"));
        }
        printable(&text)
    }
}

/// What the answer comes to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Me {
    User(Who),
    /// 200, and nobody: what Zendesk answers to no credentials, and to passwords (observed).
    Anonymous,
    /// The credentials are no good.
    Refused,
    /// They are good, and not for this.
    MissingScopes(Vec<String>),
    /// Neither: too many requests, a server error, something that is no user.
    Unclear(u16),
}

impl Me {
    pub(crate) fn of(answer: &Response) -> Self {
        match answer.status().as_u16() {
            200 => Self::in_body(answer.body()),
            401 => Self::Refused,
            status => match missing_scopes(answer) {
                Some(scopes) => Self::MissingScopes(scopes),
                None => Self::Unclear(status),
            },
        }
    }

    fn in_body(body: &[u8]) -> Self {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let user = &body["user"];
        let text = |name: &str| user[name].as_str().map(str::to_owned);
        match (user["id"].as_i64(), text("name")) {
            (Some(id), name) => Self::User(Who {
                id,
                name: name.unwrap_or_default(),
                email: text("email"),
                role: text("role"),
            }),
            (None, Some(_)) => Self::Anonymous,
            (None, None) => Self::Unclear(200),
        }
    }
}

/// The scopes that a call needs, where Zendesk names them.
pub(crate) fn missing_scopes(answer: &Response) -> Option<Vec<String>> {
    const TEXT: &str = "Missing the following required scopes: ";
    let body = ApiErrorBody::from_bytes(answer.body());
    let scopes = body.message()?.strip_prefix(TEXT)?.split([',', ' ']);
    let scopes = scopes.filter(|it| !it.is_empty());
    Some(scopes.map(printable).collect())
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;
    use reqwest::header::HeaderMap;
    use zendesk_oauth_core::Operation;

    use super::*;

    static OPERATION: Operation = Operation::new("api", "GET", "/");

    fn me(status: u16, body: &str) -> Me {
        let status = StatusCode::from_u16(status).expect("a status");
        Me::of(&Response::new(
            &OPERATION,
            status,
            HeaderMap::new(),
            body.to_owned(),
        ))
    }

    #[test]
    fn nobody_is_told_from_a_user() {
        let nobody = r#"{"user":{"id":null,"name":"Anonymous user","role":"end-user"}}"#;
        assert_eq!(me(200, nobody), Me::Anonymous);
        let ada = r#"{"user":{"id":29,"name":"Ada","email":"a@example.com","role":"admin"}}"#;
        let Me::User(who) = me(200, ada) else {
            panic!("a user");
        };
        assert_eq!(who.shown(), "Ada <a@example.com> (admin)");
        assert!(who.is_admin());
    }

    #[test]
    fn what_is_missing_is_told_by_name() {
        let body = r#"{"error":"Forbidden","description":"Missing the following required scopes: read, hc:read"}"#;
        let scopes = vec!["read".to_owned(), "hc:read".to_owned()];
        assert_eq!(me(403, body), Me::MissingScopes(scopes));
    }

    #[test]
    fn whatever_comes_back_nothing_panics() {
        for (status, body) in [
            (200, ""),
            (200, "[]"),
            (500, "<html>"),
            (429, "x"),
            (403, "{}"),
        ] {
            assert_eq!(me(status, body), Me::Unclear(status), "{body}");
        }
        assert_eq!(me(401, "{}"), Me::Refused);
    }
}
