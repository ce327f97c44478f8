//! Numbers for the names in a condition, from the account.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use serde_json::Value;

use super::clients::Clients;
use super::condition::{Directory, Named, OfClient, Resolved, Term};
use crate::account::{Account, send};
use crate::failure::{Failure, Kind};
use crate::text::printable;

/// The account as a directory.
pub(super) struct AccountDirectory<'a> {
    pub(super) account: &'a Account,
    pub(super) clients: &'a Clients,
}

impl Directory for AccountDirectory<'_> {
    async fn client(&mut self, identifier: &str) -> Result<i64, Failure> {
        let found = self.clients.by_identifier(identifier);
        found.ok_or_else(|| no_client(&format!("with the identifier {}", printable(identifier))))
    }

    /// Searches for the address; the search finds others too, who are left out here.
    async fn user(&mut self, email: &str) -> Result<i64, Failure> {
        let query = utf8_percent_encode(email, NON_ALPHANUMERIC);
        let path = format!("/api/v2/users/search?query={query}");
        let transport = self.account.transport()?;
        let answer = send(&transport, Method::GET, &path, None).await;
        let answer = answer.map_err(|failure| {
            failure.during("users cannot be searched; write user=NUMBER instead of an address")
        })?;
        let body = answer.json().unwrap_or_default();
        let users = body["users"].as_array().map(Vec::as_slice);
        let has_it = |user: &&Value| {
            let address = user["email"].as_str();
            address.is_some_and(|it| it.eq_ignore_ascii_case(email))
        };
        let found = users.unwrap_or_default().iter().find(has_it);
        found.and_then(|user| user["id"].as_i64()).ok_or_else(|| {
            let email = printable(email);
            Failure::new(
                Kind::NotFound,
                format!("no user of the account has the e-mail address {email}; write user=NUMBER if you know it"),
            )
        })
    }
}

/// Fails for a client by number of which it is known that it is of another kind: nothing would ever be picked.
/// Numbers that no list has are given back: their tokens can be there all the same.
pub(super) fn check_clients(condition: &Resolved, clients: &Clients) -> Result<Vec<i64>, Failure> {
    let mut unlisted = Vec::new();
    for term in condition.condition().terms() {
        let (id, wanted) = match term {
            Term::Client(Named::Id(id)) => (*id, OfClient::Account),
            Term::GlobalClient(id) => (*id, OfClient::Global),
            _ => continue,
        };
        let message = match (clients.kind(Some(id)), wanted) {
            (kind, wanted) if kind == wanted => continue,
            (OfClient::Unlisted, _) => {
                unlisted.push(id);
                continue;
            }
            (OfClient::Global, _) => {
                format!("client {id} is a global client; write global-client={id}")
            }
            (OfClient::Account, _) => {
                format!("client {id} is a client of the account; write client={id}")
            }
            (OfClient::Unknown, _) => format!(
                "both a client of the account and a global one have the number {id}, and tokens do not tell which; \
                 write id= with the tokens' numbers"
            ),
        };
        return Err(Failure::new(Kind::NotFound, message));
    }
    Ok(unlisted)
}

fn no_client(which: &str) -> Failure {
    Failure::new(
        Kind::NotFound,
        format!(
            "the account has no OAuth client {which}; `zendesk-oauth clients list` shows those that it has"
        ),
    )
}
