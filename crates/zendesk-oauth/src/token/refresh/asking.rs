//! Asking how long a token is good whose answer did not say so. It is stored and served before, so
//! that nothing is lost if that takes long or comes to nothing: then what was assumed stands.

use crate::token::source::Shared;
use crate::token::step::step;
use crate::token::{Record, StoreError, Swap};

/// Asks for the token that arrived last, if its lifetime was assumed; serves it for as long as it is
/// good, and says so to others.
pub(in crate::token) async fn ask_lifetime(shared: &Shared) {
    let Some(issued) = shared.take_assumed() else {
        return;
    };
    step!("lifetime_to_ask");
    let Some(lifetime) = shared.issuer.lifetime(&issued).await else {
        return;
    };
    let Some(learned) = shared.learned(&issued, lifetime) else {
        return;
    };
    step!("lifetime_adopted");
    if let Err(error) = write(shared, &learned).await {
        tracing::debug!(
            target: "zendesk_oauth::token",
            %error,
            "how long the token is good was not stored"
        );
    }
}

/// Writes it into the record of the same token, unless somebody has begun to replace that.
async fn write(shared: &Shared, learned: &Record) -> Result<(), StoreError> {
    let Some(stored) = shared.load().await? else {
        return Ok(());
    };
    let is_it = stored.record.access_token.expose() == learned.access_token.expose();
    if !is_it || stored.record.intent.is_some() || stored.record.end.is_some() {
        return Ok(());
    }
    let record = Record {
        valid_until: learned.valid_until,
        ..stored.record
    };
    let swapping = shared.store.compare_and_swap(Some(stored.version), &record);
    if let Swap::Done(_) = swapping.await? {
        step!("lifetime_written");
    }
    Ok(())
}
