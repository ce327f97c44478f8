//! Storing a new login.

use super::{Shared, TokenSource};
use crate::token::{
    IssuedToken, Leased, Record, StoreError, StoreErrorKind, Stored, Swap, TokenError,
};

/// How often somebody may come in between.
const TURNS: u32 = 16;

impl TokenSource {
    /// Stores the tokens of a new login in the place of whatever the store has, and serves them from
    /// now on. A refresh of the old login that is under way overwrites nothing of it.
    ///
    /// # Errors
    ///
    /// [`TokenError::NotStored`] when it cannot be stored: it is not in use then, and can be stored
    /// again. [`TokenError::Unsendable`] when no header can carry its access token.
    /// [`TokenError::NeedsNoLogin`] of a source that gets its tokens by client_credentials.
    pub async fn log_in(&self, issued: &IssuedToken) -> Result<(), TokenError> {
        let shared = &self.0;
        if shared.settings.mints() {
            let store = shared.store.name();
            return Err(TokenError::NeedsNoLogin { store });
        }
        let sendable = issued.access_token.to_bearer_value();
        sendable.map_err(TokenError::Unsendable)?;
        for _ in 0..TURNS {
            let stored = shared.load().await.map_err(TokenError::NotStored)?;
            let record = anew(shared, stored.as_ref(), issued);
            let version = stored.map(|stored| stored.version);
            match shared.store.compare_and_swap(version, &record).await {
                Ok(Swap::Done(_)) => return shared.logged_in(&record),
                Ok(Swap::Conflict) => {}
                Err(error) if error.is_unclear() && is_there(shared, &record).await => {
                    return shared.logged_in(&record);
                }
                Err(error) => return Err(TokenError::NotStored(error)),
            }
        }
        Err(TokenError::NotStored(StoreError::new(
            StoreErrorKind::Unavailable,
            shared.store.name(),
            "somebody changed it each time that the login was to be stored. Wait until they are done.",
        )))
    }

    /// Whether the store can be read and written: to be asked before a person is sent to the browser,
    /// as a login that cannot be stored is of no use. Takes the lease and gives it back; what the store
    /// has is unchanged.
    ///
    /// # Errors
    ///
    /// [`TokenError::Store`], when it cannot.
    pub async fn check_store(&self) -> Result<(), TokenError> {
        let shared = &self.0;
        shared.load().await?;
        match shared.store.lease(shared.settings.lease).await? {
            Leased::Held(lease) => Ok(shared.store.release(lease).await?),
            // Somebody else can write there.
            Leased::Elsewhere(_) => Ok(()),
        }
    }
}

/// The record of a login anew. Its generation is above all that this process has seen, so that
/// everybody takes it for the newer one.
fn anew(shared: &Shared, stored: Option<&Stored>, issued: &IssuedToken) -> Record {
    let last = stored.map_or(0, |stored| stored.record.generation);
    let mine = shared.record().map_or(0, |record| record.generation);
    Record {
        generation: last.max(mine).saturating_add(1),
        ..Record::new(shared.issuer.client_id(), shared.issuer.base_url(), issued)
    }
}

async fn is_there(shared: &Shared, record: &Record) -> bool {
    let is_it =
        |stored: Stored| stored.record.access_token.expose() == record.access_token.expose();
    // If that cannot be told, the first failure says more.
    shared.load().await.ok().flatten().is_some_and(is_it)
}
