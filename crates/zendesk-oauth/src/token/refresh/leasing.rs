//! Waiting for the lease, with an eye on what its holder writes.

use super::flight::{Flight, Settled};
use super::holding::Holding;
use super::times::before_lease;
use crate::token::step::step;
use crate::token::{Leased, TokenError};

/// What came of the wait.
pub(super) enum Waited<'a, H> {
    /// The lease is held.
    Held(Holding<'a>),
    /// Its holder has done what was wanted.
    Done(H),
}

impl Flight<'_> {
    /// Takes the lease, or what somebody else writes who has it.
    pub(super) async fn wait_for_lease(
        &self,
    ) -> Result<Waited<'_, reqwest::header::HeaderValue>, TokenError> {
        let shared = self.shared;
        let time = shared.settings.lease;
        loop {
            self.stays()?;
            step!("lease_wanted");
            let asked_at = shared.clock.instant();
            let holder = match shared.store.lease(time).await? {
                Leased::Held(lease) => {
                    step!("lease_held");
                    shared.publish(|state| state.waiting_for = None);
                    let (store, clock) = (shared.store.as_ref(), shared.clock.as_ref());
                    let holding = Holding::new(store, clock, lease, time, asked_at);
                    return Ok(Waited::Held(holding));
                }
                Leased::Elsewhere(holder) => holder,
            };
            shared.publish(|state| state.waiting_for = Some(holder.clone()));
            let waited = asked_at.saturating_duration_since(self.began);
            if waited >= shared.settings.wait_at_most {
                return Err(TokenError::Busy { holder, waited });
            }
            shared.clock.sleep(before_lease(shared.random())).await;
            let stored = shared.load().await?;
            if let Settled::Done(header) = self.settle(stored.as_ref())? {
                return Ok(Waited::Done(header));
            }
        }
    }
}
