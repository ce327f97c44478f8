//! `KeepFresh`: a task that refreshes on time, without calls.

use std::fmt;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use tokio::task::AbortHandle;

use super::{Shared, TokenSource};
use crate::race::{First, race};
use crate::token::TokenError;
use crate::token::current::Reading;

/// The shortest pause between two attempts of the task.
const PAUSE: Duration = Duration::from_secs(1);

/// Keeps the token of a [`TokenSource`] fresh until it is dropped. A refresh that is under way then
/// goes on to its end.
#[must_use = "dropping it ends what it does"]
pub struct KeepFresh(AbortHandle);

impl Drop for KeepFresh {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl fmt::Debug for KeepFresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeepFresh")
    }
}

impl TokenSource {
    /// Refreshes the token on time from now on, even if nobody calls: a refresh token that is never
    /// used expires. Ends when what is returned is dropped, or when the last clone of the source is, and
    /// with the runtime, which has to have timers. A refresh that is under way at the end of the runtime
    /// is waited for by it; what else to wait for at the end of a program says
    /// [`settled`](TokenSource::settled).
    ///
    /// # Errors
    ///
    /// [`TokenError::NoRuntime`] outside of a tokio runtime.
    pub fn keep_fresh(&self) -> Result<KeepFresh, TokenError> {
        let runtime = tokio::runtime::Handle::try_current().map_err(|_| TokenError::NoRuntime)?;
        let task = runtime.spawn(keep(Arc::downgrade(&self.0)));
        Ok(KeepFresh(task.abort_handle()))
    }
}

async fn keep(source: Weak<Shared>) {
    loop {
        // Not held over the wait, so that the source can end.
        let Some(shared) = source.upgrade() else {
            return;
        };
        let mut changes = shared.watch();
        let now = shared.clock.instant();
        let sleep = |until: Instant| {
            let wait = until.saturating_duration_since(now);
            shared.clock.sleep(wait.max(PAUSE))
        };
        let due = due(&shared, now);
        if due.is_some_and(|due| due <= now) {
            let outcome = TokenSource(Arc::clone(&shared)).fly(false).await;
            let pause = outcome.is_err().then(|| sleep(now));
            drop(shared);
            if let Some(pause) = pause {
                pause.await;
            }
            continue;
        }
        let sleep = due.map(sleep);
        drop(shared);
        match sleep {
            Some(sleep) => match race(sleep, changes.changed()).await {
                First::One(()) | First::Other(_) => {}
            },
            // Nothing is due before something changes; nothing changes after the end of the source.
            None if changes.changed().await.is_err() => return,
            None => {}
        }
    }
}

/// When a refresh is due; `None`: never, as far as is known.
fn due(shared: &Shared, now: Instant) -> Option<Instant> {
    let due = match shared.current.read(now) {
        Reading::Good => shared.refresh_at()?,
        Reading::Due | Reading::Gone => now,
    };
    Some(shared.not_before().map_or(due, |time| time.max(due)))
}
