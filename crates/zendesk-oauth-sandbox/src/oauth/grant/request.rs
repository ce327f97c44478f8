//! What every grant reads of its request.

use jiff::Timestamp;

use super::Refused;
use crate::oauth::{Asked, Lifetimes, Registered};
use crate::state::{ClientKind, State};

/// The members of a token request.
pub(super) struct Request<'a> {
    member: &'a dyn Fn(&str) -> Option<String>,
}

/// Whether the secret was sent. A wrong one is refused before anybody asks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Secret {
    Right,
    NotSent,
}

impl<'a> Request<'a> {
    pub(super) fn new(member: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { member }
    }

    /// A member that has a value.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        (self.member)(name).filter(|value| !value.is_empty())
    }

    pub(super) fn required(&self, name: &str) -> Result<String, Refused> {
        self.get(name).ok_or_else(|| Refused::missing(name))
    }

    /// The client that the request names.
    pub(super) fn client<'s>(&self, state: &'s State) -> Result<Registered<'s>, Refused> {
        let identifier = self.required("client_id")?;
        Registered::find(state, &identifier).ok_or_else(Refused::invalid_client)
    }

    /// A secret that is sent must be right, also where none is needed.
    pub(super) fn secret(&self, client: Registered<'_>) -> Result<Secret, Refused> {
        match self.get("client_secret") {
            None => Ok(Secret::NotSent),
            Some(secret) if client.has_secret(&secret) => Ok(Secret::Right),
            Some(_) => Err(Refused::invalid_client()),
        }
    }

    /// A confidential client must show its secret; a public one has nothing to show.
    pub(super) fn authenticate(&self, client: Registered<'_>) -> Result<(), Refused> {
        match (client.kind(), self.secret(client)?) {
            (ClientKind::Confidential, Secret::NotSent) => Err(Refused::invalid_client()),
            _ => Ok(()),
        }
    }

    pub(super) fn lifetimes(
        &self,
        state: &State,
        client: Registered<'_>,
        now: Timestamp,
    ) -> Result<Lifetimes, Refused> {
        let asked = Asked {
            access: self.seconds("expires_in")?,
            refresh: self.seconds("refresh_token_expires_in")?,
        };
        let enforced = client.expiry_is_enforced(now);
        Ok(Lifetimes::of(
            asked,
            enforced,
            state.switches.requested_ttl,
        )?)
    }

    fn seconds(&self, name: &str) -> Result<Option<i64>, Refused> {
        let Some(text) = self.get(name) else {
            return Ok(None);
        };
        let number = text.parse().ok();
        let wrong =
            || Refused::invalid_request(format!("{name} must be a whole number of seconds"));
        number.map(Some).ok_or_else(wrong)
    }
}
