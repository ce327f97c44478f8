//! `Record`: what a store keeps of one login.

mod end;
mod error;
mod intent;
mod moment;
#[cfg(test)]
mod tests;
mod written;

use std::fmt;
use std::time::{Duration, SystemTime};

use zendesk_oauth_core::Secret;

pub use end::{LoginEnd, LoginEndReason};
pub use error::RecordError;
pub use intent::Intent;

use super::{IssuedToken, Lifetime};

/// One login, as a store keeps it: the tokens, whose they are, and what is being done with them.
/// Debug shows no token.
///
/// A store of one's own keeps the text of [`to_json`](Self::to_json), which has both tokens in
/// clear: treat it as they deserve.
#[derive(Clone)]
pub struct Record {
    pub(crate) client_id: String,
    pub(crate) base_url: String,
    pub(crate) access_token: Secret,
    /// `None` when it has no end.
    pub(crate) valid_until: Option<SystemTime>,
    pub(crate) refresh_token: Option<Secret>,
    /// `None` when nobody said so.
    pub(crate) refresh_valid_until: Option<SystemTime>,
    pub(crate) scope: Option<String>,
    pub(crate) obtained_at: SystemTime,
    /// How many tokens this login has had, this one included. A login anew counts on, so that of two
    /// records of one store the higher is the younger.
    pub(crate) generation: u64,
    pub(crate) intent: Option<Intent>,
    pub(crate) end: Option<LoginEnd>,
}

impl Record {
    /// The record of a token that was issued to this client of this account.
    #[must_use]
    pub fn new(
        client_id: impl Into<String>,
        base_url: impl Into<String>,
        issued: &IssuedToken,
    ) -> Self {
        let after = |lasts: Duration| issued.received_at.checked_add(lasts);
        Self {
            client_id: client_id.into(),
            base_url: base_url.into(),
            access_token: issued.access_token.clone(),
            valid_until: issued.lifetime.lasts().and_then(after),
            refresh_token: issued.refresh_token.clone(),
            refresh_valid_until: issued.refresh_token_lasts.and_then(after),
            scope: issued.scope.clone(),
            obtained_at: issued.received_at,
            generation: 1,
            intent: None,
            end: None,
        }
    }

    /// The record of the token that was issued in the place of this one: of the same client and
    /// account, the next generation, without intent or end. Without a scope or a refresh token in the
    /// answer the old one stands (RFC 6749, 6).
    #[must_use]
    pub fn succeeded_by(&self, issued: &IssuedToken) -> Self {
        let next = Self::new(self.client_id.clone(), self.base_url.clone(), issued);
        let is_rotated = next.refresh_token.is_some();
        let (refresh_token, refresh_valid_until) = if is_rotated {
            (next.refresh_token, next.refresh_valid_until)
        } else {
            (self.refresh_token.clone(), self.refresh_valid_until)
        };
        Self {
            refresh_token,
            refresh_valid_until,
            scope: next.scope.or_else(|| self.scope.clone()),
            generation: self.generation.saturating_add(1),
            ..next
        }
    }

    /// The same with a token that is good for so long.
    pub(crate) fn lasting(&self, lifetime: Lifetime) -> Self {
        let after = |lasts: Duration| self.obtained_at.checked_add(lasts);
        Self {
            valid_until: lifetime.lasts().and_then(after),
            ..self.clone()
        }
    }

    /// The identifier of the OAuth client.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The base URL of the account.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The access token.
    #[must_use]
    pub fn access_token(&self) -> &Secret {
        &self.access_token
    }

    /// The refresh token, if there is one.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&Secret> {
        self.refresh_token.as_ref()
    }

    /// Until when the access token is good, by this machine's clock; nothing if it has no end.
    #[must_use]
    pub fn valid_until(&self) -> Option<SystemTime> {
        self.valid_until
    }

    /// Until when the refresh token is good, if Zendesk said so.
    #[must_use]
    pub fn refresh_valid_until(&self) -> Option<SystemTime> {
        self.refresh_valid_until
    }

    /// The scopes, with spaces between them, if Zendesk said so.
    #[must_use]
    pub fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    /// When the tokens were received.
    #[must_use]
    pub fn obtained_at(&self) -> SystemTime {
        self.obtained_at
    }

    /// How many tokens this login has had, this one included.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The refresh that was begun and of which no answer is known, if there is one.
    #[must_use]
    pub fn intent(&self) -> Option<&Intent> {
        self.intent.as_ref()
    }

    /// Why the login is over, if it is.
    #[must_use]
    pub fn end(&self) -> Option<&LoginEnd> {
        self.end.as_ref()
    }

    /// All of it as JSON, tokens included.
    #[must_use]
    pub fn to_json(&self) -> Secret {
        written::to_json(self)
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    ///
    /// When it is no record, or one of a later format. Nothing of the text is in the error.
    pub fn from_json(text: &str) -> Result<Self, RecordError> {
        written::from_json(text)
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("client_id", &self.client_id)
            .field("base_url", &self.base_url)
            .field("valid_until", &self.valid_until)
            .field("has_refresh_token", &self.refresh_token.is_some())
            .field("refresh_valid_until", &self.refresh_valid_until)
            .field("scope", &self.scope)
            .field("generation", &self.generation)
            .field("intent", &self.intent)
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}
