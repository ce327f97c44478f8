//! As whom credentials authenticate: `GET /api/v2/users/me`.

use reqwest::Method;
use zendesk_oauth::Credentials;
use zendesk_oauth_core::Transport;

use super::raw;
use crate::failure::{Failure, Kind};
use crate::text::printable;

/// The user behind credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Whom {
    pub(crate) id: i64,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
}

impl std::fmt::Display for Whom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.name, &self.email) {
            (Some(name), Some(email)) => {
                write!(f, "{} <{}>", printable(name), printable(email))
            }
            (Some(text), None) | (None, Some(text)) => f.write_str(&printable(text)),
            (None, None) => write!(f, "user {}", self.id),
        }
    }
}

/// Asks Support. Nothing if the scopes do not suffice for that: the credentials work all the same.
pub(crate) async fn ask(url: &str, credentials: Credentials) -> Result<Option<Whom>, Failure> {
    let built = Transport::builder(url).credentials(credentials).build();
    let transport = built.map_err(zendesk_oauth::Error::from)?;
    let answer = raw::send(&transport, Method::GET, "/api/v2/users/me", None).await;
    let answer = match answer {
        Err(failure) if failure.status() == Some(403) => return Ok(None),
        answer => answer?,
    };
    let body = answer.json().unwrap_or_default();
    let user = &body["user"];
    let text = |name: &str| user[name].as_str().map(str::to_owned);
    // To one whom it does not know Zendesk answers with an anonymous user, who has no id.
    let Some(id) = user["id"].as_i64() else {
        // A page of a proxy says nothing of the credentials, and they are not thrown away for it.
        if user["name"].is_null() {
            return Err(Failure::failed(
                "the answer to GET /api/v2/users/me is no user, so that it is not known whose credentials these are: \
                 check the address, and what stands between",
            ));
        }
        return Err(Failure::new(
            Kind::Auth,
            "Zendesk does not know whose credentials these are: they are wrong, or switched off",
        ));
    };
    Ok(Some(Whom {
        id,
        name: text("name"),
        email: text("email"),
    }))
}
