//! `TokenSourceBuilder`: the settings of a source.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use zendesk_oauth_core::{Clock, SystemClock};

use super::{Shared, TokenSource};
use crate::token::issuer::Issuer;
use crate::token::{TokenEndpoint, TokenStore};

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Settings of a [`TokenSource`]. Nothing is read or sent before the first call.
#[must_use]
pub struct TokenSourceBuilder {
    issuer: Box<dyn Issuer>,
    store: Box<dyn TokenStore>,
    clock: Arc<dyn Clock>,
    settings: Settings,
}

/// The settings.
#[derive(Clone, Debug)]
pub(in crate::token) struct Settings {
    /// The scopes of tokens that are minted by client_credentials, if any are.
    pub(in crate::token) minted_scopes: Option<Vec<String>>,
    pub(in crate::token) refresh_ahead: Option<Duration>,
    pub(in crate::token) lease: Duration,
    pub(in crate::token) wait_at_most: Duration,
    /// Whether a flight is a task of the caller's runtime, so that a test sees each turn of it.
    #[cfg(test)]
    pub(in crate::token) flies_in_tasks: bool,
}

impl Settings {
    /// Whether tokens are minted.
    pub(in crate::token) fn mints(&self) -> bool {
        self.minted_scopes.is_some()
    }
}

impl TokenSource {
    /// A source whose tokens come from this endpoint, and live in this store: those of the login that
    /// is there, or that [`log_in`](Self::log_in) puts there.
    pub fn builder(endpoint: TokenEndpoint, store: impl TokenStore) -> TokenSourceBuilder {
        let clock = Arc::clone(endpoint.open().clock());
        TokenSourceBuilder {
            clock,
            ..Self::of_issuer(endpoint, store)
        }
    }

    /// The same with any issuer.
    pub(crate) fn of_issuer(issuer: impl Issuer, store: impl TokenStore) -> TokenSourceBuilder {
        TokenSourceBuilder {
            issuer: Box::new(issuer),
            store: Box::new(store),
            clock: Arc::new(SystemClock),
            settings: Settings {
                minted_scopes: None,
                refresh_ahead: None,
                lease: 30 * SECOND,
                wait_at_most: 60 * SECOND,
                #[cfg(test)]
                flies_in_tasks: false,
            },
        }
    }
}

impl TokenSourceBuilder {
    /// Tokens are minted by the grant client_credentials (RFC 6749, 4.4) with these scopes, at least
    /// one: without a refresh token, and without a person who logs in. The client has to be a
    /// confidential one. A store that has the login of a person is left alone:
    /// [`TokenError::OtherLogin`](crate::token::TokenError::OtherLogin).
    pub fn client_credentials<S: Into<String>>(
        mut self,
        scopes: impl IntoIterator<Item = S>,
    ) -> Self {
        self.settings.minted_scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// How long before its end a token is refreshed in the background: by default 5 minutes, or a third
    /// of its lifetime if that is shorter. Never more than half of its lifetime; and up to a quarter
    /// less, by chance, so that many processes do not come at once.
    pub fn refresh_ahead(mut self, ahead: Duration) -> Self {
        self.settings.refresh_ahead = Some(ahead);
        self
    }

    /// How long the lease lasts that is taken from the store for a refresh: by default 30 s; at least
    /// 1 s, at most an hour. It is renewed every third of that while the call runs. Others wait that
    /// long when the process that holds it dies.
    pub fn lease(mut self, time: Duration) -> Self {
        self.settings.lease = time.clamp(SECOND, HOUR);
        self
    }

    /// How long it is waited for another process that is refreshing: by default 60 s. Then
    /// [`TokenError::Busy`](crate::token::TokenError::Busy) is returned to those who have no good token.
    pub fn wait_at_most(mut self, time: Duration) -> Self {
        self.settings.wait_at_most = time;
        self
    }

    #[cfg(test)]
    pub(in crate::token) fn flies_in_tasks(mut self) -> Self {
        self.settings.flies_in_tasks = true;
        self
    }

    /// Takes the time from this clock: by default from the one of the endpoint's
    /// [`Zendesk`](crate::Zendesk).
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The source. Nothing is read or sent for it.
    #[must_use]
    pub fn build(self) -> TokenSource {
        let shared = Shared::new(self.issuer, self.store, self.clock, self.settings);
        TokenSource(Arc::new(shared))
    }
}

impl fmt::Debug for TokenSourceBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSourceBuilder")
            .field("store", &self.store.name())
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
