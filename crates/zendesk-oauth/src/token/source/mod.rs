//! `TokenSource`: a token that is refreshed by itself.

mod apart;
mod builder;
mod credentials;
mod flying;
mod keep_fresh;
mod log_in;
mod log_out;
mod outcomes;
mod seen;
mod shared;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use zendesk_oauth_core::{Credentials, Secret};

pub(super) use builder::Settings;
pub use builder::TokenSourceBuilder;
pub use keep_fresh::KeepFresh;
pub(super) use shared::Shared;

use super::{StateWatch, TokenError, TokenState};

/// How often a refresh that somebody wants boards again, when the flight it joined brought nothing new.
const BOARDINGS: u32 = 3;

/// An access token that is refreshed by itself, and of which the login is never lost: see the
/// [module](crate::token).
///
/// A clone is cheap; clones share everything.
///
/// A refresh runs on a thread and a runtime of its own, so that a caller that goes away stops nothing,
/// and that the runtime of a caller may be driven only now and then, and have neither timers nor IO. A
/// tokio runtime that is dropped meanwhile, as at the end of a `#[tokio::main]`, waits for it: a refresh
/// token that was sent is dead, and its answer has to be stored. That takes as long as the request, at
/// most its [timeout](crate::ZendeskBuilder::timeout), and as the store. What has sent nothing yet ends
/// at once then, without a word; tokens that the store does not take are tried for 10 seconds more. A
/// runtime that is not waited for, as by `Runtime::shutdown_background` and `std::process::exit`, is to
/// end after [`settled`](Self::settled), and so are programs that call outside of a runtime.
#[derive(Clone)]
pub struct TokenSource(Arc<Shared>);

impl TokenSource {
    /// What a client takes as its credentials: the access token, as `Authorization: Bearer`.
    ///
    /// A token that is refused with 401 `invalid_token` is refreshed once.
    #[must_use]
    pub fn credentials(&self) -> Credentials {
        Credentials::source(self.clone())
    }

    /// The access token, refreshed if need be, for those who send it themselves. Take it anew for each
    /// request.
    ///
    /// # Errors
    ///
    /// [`TokenError`], when there is no good token. Within the wait after a failed refresh that failure
    /// is returned at once.
    pub async fn access_token(&self) -> Result<Secret, TokenError> {
        self.header().await?;
        let record = self.0.record();
        record.map_or(Err(TokenError::Abandoned), |record| Ok(record.access_token))
    }

    /// Refreshes now, whatever the token's time, and without regard to the wait after a failure. Joins
    /// a refresh that is under way; a newer token that another process wrote will do.
    ///
    /// # Errors
    ///
    /// [`TokenError`], when no newer token could be had. The one there is stays in use while it is good.
    pub async fn refresh(&self) -> Result<(), TokenError> {
        let served = || self.0.record().map(|record| record.access_token);
        let before = served();
        for _ in 0..BOARDINGS {
            self.fly(true).await?;
            let is_same = |before: &Secret, now: &Secret| before.expose() == now.expose();
            match (&before, &served()) {
                // It was a flight under way, which had no need of a newer token.
                (Some(before), Some(now)) if is_same(before, now) => {}
                _ => break,
            }
        }
        Ok(())
    }

    /// Waits until no refresh is under way and nothing is [unsaved](crate::token::TokenState::is_unsaved),
    /// for an orderly end of a program; it begins nothing. It waits as long as a store takes that is
    /// down: bound it with a timeout of your own.
    ///
    /// A tokio runtime that is dropped, as at the end of a `#[tokio::main]`, waits for the same by
    /// itself, and gives a store that is down 10 seconds more. Call this where that is not so: before
    /// `std::process::exit`, `Runtime::shutdown_background` or `shutdown_timeout`, and for calls outside
    /// of a runtime. Drop a [`KeepFresh`](crate::token::KeepFresh) before it, which may begin another.
    pub async fn settled(&self) {
        let mut changes = self.0.watch();
        loop {
            let is_refreshing = changes.borrow_and_update().is_refreshing;
            if !is_refreshing && self.0.unsaved().is_none() {
                return;
            }
            // The sender lives in what is held here.
            if changes.changed().await.is_err() {
                return;
            }
        }
    }

    /// What is known now, for health checks and metrics. Nothing is read or sent for it.
    #[must_use]
    pub fn state(&self) -> TokenState {
        self.0.state()
    }

    /// Watches the [`state`](Self::state).
    #[must_use]
    pub fn watch(&self) -> StateWatch {
        StateWatch::new(Arc::clone(&self.0))
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSource")
            .field("store", &self.0.store.name())
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}
