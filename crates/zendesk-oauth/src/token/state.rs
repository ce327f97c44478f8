//! `TokenState`: how a login is doing; and `StateWatch`, which tells of changes.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use tokio::sync::watch;

use super::source::Shared;
use super::{LeaseHolder, LoginEnd, Record, TokenError};

/// How a login is doing. No secret is in it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct TokenState {
    /// Whether there is an access token that is good now, as far as is known here.
    pub is_usable: bool,
    /// How many tokens this login has had; 0 while none is known, as before the first call.
    pub generation: u64,
    /// Until when the access token is good; nothing if it has no end, or none is known.
    pub valid_until: Option<SystemTime>,
    /// Until when the refresh token is good, if Zendesk said so.
    pub refresh_valid_until: Option<SystemTime>,
    /// Whether the access token was refused by the server (401) and waits for its replacement.
    pub is_rejected: bool,
    /// Whether a refresh is under way, the look at the store included.
    pub is_refreshing: bool,
    /// Who holds the lease that it waits for.
    pub waiting_for: Option<LeaseHolder>,
    /// Whether the newest tokens are with this process only, as the store did not take them yet.
    /// It goes on trying; do not end it now: wait with
    /// [`TokenSource::settled`](super::TokenSource::settled).
    pub is_unsaved: bool,
    /// Whether the answer of a refresh was lost, so that it is not known whether Zendesk had carried it
    /// out: of one of this process, or of one that another process began and did not end. The next
    /// refresh tells.
    pub is_answer_lost: bool,
    /// How many attempts have failed in a row.
    pub failures: u32,
    /// Why the last of them failed.
    pub last_failure: Option<TokenError>,
    /// Why the login is over, if it is.
    pub end: Option<LoginEnd>,
}

/// The state in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenPhase {
    /// Nothing was looked at yet.
    Unknown,
    /// There is a good token.
    Usable,
    /// There is none, and one is being fetched.
    Waiting,
    /// There is none now, and the next attempt may bring one.
    Failing,
    /// Nobody has logged in here, or somebody else has.
    NoLogin,
    /// The login is over. A token that is still good may be in use.
    Ended,
}

impl TokenState {
    /// The state in one word.
    #[must_use]
    pub fn phase(&self) -> TokenPhase {
        match &self.last_failure {
            _ if self.end.is_some() => TokenPhase::Ended,
            _ if self.is_usable => TokenPhase::Usable,
            Some(error) if error.has_no_login() => TokenPhase::NoLogin,
            _ if self.is_refreshing => TokenPhase::Waiting,
            None if self.generation == 0 => TokenPhase::Unknown,
            _ => TokenPhase::Failing,
        }
    }

    pub(super) fn take(&mut self, record: &Record, is_unsaved: bool) {
        // An intent of a refresh that is under way is no news.
        self.is_answer_lost &= self.generation == record.generation && record.intent.is_some();
        self.generation = record.generation;
        self.valid_until = record.valid_until;
        self.refresh_valid_until = record.refresh_valid_until;
        self.end.clone_from(&record.end);
        self.is_unsaved = is_unsaved;
    }

    pub(super) fn failed(&mut self, error: &TokenError, failures: u32) {
        if let TokenError::Ended(end) = error {
            self.end = Some(end.clone());
        }
        self.failures = failures;
        self.last_failure = Some(error.clone());
    }
}

/// Watches the state of a [`TokenSource`](super::TokenSource), which it keeps alive.
#[derive(Clone)]
pub struct StateWatch {
    shared: Arc<Shared>,
    changes: watch::Receiver<TokenState>,
}

impl StateWatch {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        let changes = shared.watch();
        Self { shared, changes }
    }

    /// The state now.
    #[must_use]
    pub fn current(&self) -> TokenState {
        self.shared.state()
    }

    /// Waits until something has changed since this was made or this returned last, and returns the
    /// state then. Of changes that follow each other at once only the last may be seen. That time goes
    /// by is no change: [`TokenState::valid_until`] says when a token ends.
    pub async fn changed(&mut self) -> TokenState {
        if self.changes.changed().await.is_err() {
            // The sender lives in what is held here.
            std::future::pending::<()>().await;
        }
        self.current()
    }
}

impl fmt::Debug for StateWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StateWatch").field(&self.current()).finish()
    }
}
