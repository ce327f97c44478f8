//! Forgetting a login.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use zendesk_oauth_core::Secret;

use super::{Shared, TokenSource};
use crate::token::{
    Lease, Leased, LoginEnd, LoginEndReason, Record, StoreError, StoreErrorKind, Stored, Swap,
    TokenError,
};

/// How often somebody may come in between.
const TURNS: u32 = 16;

/// How long one who refreshes is let alone between two looks.
const PAUSE: Duration = Duration::from_millis(100);

/// What stands in the place of the access token. It is none, and no server has ever issued it.
const NO_TOKEN: &str = "logged-out";

impl TokenSource {
    /// Forgets the login, whosever it is: what the store has is replaced by a record without tokens
    /// that says that somebody logged out ([`LoginEndReason::LoggedOut`]). The tokens stay good at
    /// Zendesk until they expire; to end them, call `oauth_tokens().revoke_current()` before.
    ///
    /// Whoever has the lease is waited for, so that a refresh that is under way is stored and forgotten
    /// too. An empty place would be filled again by a process that still knows the login; the record
    /// is of a later generation than all before, so that others take it over, and a late swap of
    /// one of them finds another version. [`log_in`](Self::log_in) begins anew.
    ///
    /// A source that gets its tokens by client_credentials forgets the one it has, and mints another when
    /// it is asked again. A store that is empty, of which this process knows nothing either, stays
    /// as it is.
    ///
    /// # Errors
    ///
    /// [`TokenError::Busy`] when somebody else did not give up the lease in time, and
    /// [`TokenError::Store`] when the store failed. It can be called again.
    pub async fn log_out(&self) -> Result<(), TokenError> {
        let shared = &self.0;
        let lease = lease(shared).await?;
        let forgotten = forget(shared).await;
        // If it cannot be given back, it runs out by itself.
        let _ = shared.store.release(lease).await;
        forgotten
    }
}

/// The lease, as soon as nobody else has it.
async fn lease(shared: &Shared) -> Result<Lease, TokenError> {
    let began = shared.clock.instant();
    loop {
        let holder = match shared.store.lease(shared.settings.lease).await? {
            Leased::Held(lease) => return Ok(lease),
            Leased::Elsewhere(holder) => holder,
        };
        let waited = shared.clock.instant().saturating_duration_since(began);
        if waited >= shared.settings.wait_at_most {
            return Err(TokenError::Busy { holder, waited });
        }
        shared.clock.sleep(PAUSE).await;
    }
}

async fn forget(shared: &Shared) -> Result<(), TokenError> {
    // A store may keep the version before the last: the second swap puts the tokens out of that.
    let mut left = 2;
    for _ in 0..TURNS {
        let stored = shared.load().await?;
        let Some(record) = forgotten(shared, stored.as_ref()) else {
            return Ok(());
        };
        let version = stored.map(|stored| stored.version);
        let swap = shared.store.compare_and_swap(version, &record).await?;
        if swap == Swap::Conflict {
            continue;
        }
        left -= 1;
        if left == 0 {
            return shared.logged_in(&record);
        }
    }
    Err(TokenError::Store(StoreError::new(
        StoreErrorKind::Unavailable,
        shared.store.name(),
        "somebody changed it each time that the login was to be forgotten. Wait until they are done.",
    )))
}

/// What is put in the place of what is there; nothing if no login is known.
fn forgotten(shared: &Shared, stored: Option<&Stored>) -> Option<Record> {
    let mine = shared.record();
    let last = stored.map(|stored| &stored.record).or(mine.as_ref())?;
    let known = mine.as_ref().map_or(0, |record| record.generation);
    let generation = last.generation.max(known).saturating_add(1);
    Some(without_tokens(last, generation, shared.clock.system_time()))
}

/// A login of that client and account that is over. What stands for its token ended long ago, by every clock.
fn without_tokens(record: &Record, generation: u64, now: SystemTime) -> Record {
    Record {
        client_id: record.client_id.clone(),
        base_url: record.base_url.clone(),
        access_token: Secret::from(NO_TOKEN),
        valid_until: Some(UNIX_EPOCH),
        refresh_token: None,
        refresh_valid_until: None,
        scope: None,
        obtained_at: now,
        generation,
        intent: None,
        end: Some(LoginEnd::new(LoginEndReason::LoggedOut, now)),
    }
}
