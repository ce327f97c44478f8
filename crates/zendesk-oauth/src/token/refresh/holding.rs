//! `Holding`: a lease that is held, and renewed while a call runs.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use crate::race::{First, race};
use crate::token::step::step;
use crate::token::{Lease, StoreError, TokenStore};
use zendesk_oauth_core::Clock;

/// A lease that is held. When it ends is counted by the source's own clock, from before it was asked
/// for.
pub(super) struct Holding<'a> {
    store: &'a dyn TokenStore,
    clock: &'a dyn Clock,
    lease: Lease,
    time: Duration,
    ends: Instant,
    is_lost: bool,
}

impl<'a> Holding<'a> {
    /// The lease that was asked for then.
    pub(super) fn new(
        store: &'a dyn TokenStore,
        clock: &'a dyn Clock,
        lease: Lease,
        time: Duration,
        asked_at: Instant,
    ) -> Self {
        Self {
            store,
            clock,
            lease,
            time,
            ends: asked_at + time,
            is_lost: false,
        }
    }

    /// Whether it is certainly still held.
    pub(super) fn is_ours(&self) -> bool {
        !self.is_lost && self.clock.instant() < self.ends
    }

    /// Makes it last its whole time from now. Returns whether it is still held.
    pub(super) async fn renew(&mut self) -> Result<bool, StoreError> {
        let asked_at = self.clock.instant();
        if self.store.renew(&mut self.lease, self.time).await? {
            self.ends = asked_at + self.time;
        } else {
            self.is_lost = true;
        }
        Ok(self.is_ours())
    }

    /// Does this, and renews the lease every third of its time meanwhile.
    pub(super) async fn during<T>(&mut self, work: impl Future<Output = T>) -> T {
        match race(work, self.renew_on_and_on()).await {
            First::One(outcome) => outcome,
            First::Other(never) => match never {},
        }
    }

    async fn renew_on_and_on(&mut self) -> Infallible {
        loop {
            self.clock.sleep(self.time / 3).await;
            // A store that fails now may be back at the next turn. A lease that is lost stays lost:
            // the version fences what follows.
            let renewed = self.renew().await;
            if let Err(error) = &renewed {
                tracing::debug!(target: "zendesk_oauth::token", %error, "the lease was not renewed");
            }
            if self.is_lost {
                std::future::pending::<()>().await;
            }
        }
    }

    /// Gives it back. One that cannot be given back runs out.
    pub(super) async fn release(self) {
        step!("lease_to_release");
        if let Err(error) = self.store.release(self.lease).await {
            tracing::debug!(target: "zendesk_oauth::token", %error, "the lease was not released");
        }
        step!("lease_released");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Leased;
    use crate::token::testing::{FastClock, FaultyStore};

    const TIME: Duration = Duration::from_secs(30);

    async fn holding<'a>(store: &'a FaultyStore, clock: &'a FastClock) -> Holding<'a> {
        let asked_at = clock.instant();
        let Ok(Leased::Held(lease)) = store.lease(TIME).await else {
            panic!("nobody has it");
        };
        Holding::new(store, clock, lease, TIME, asked_at)
    }

    #[tokio::test]
    async fn a_lease_is_nobodys_at_the_very_moment_it_ends() {
        let clock = FastClock::new();
        let store = FaultyStore::new(&clock);
        let holding = holding(&store, &clock).await;
        clock.pass(TIME - Duration::from_nanos(1));
        assert!(holding.is_ours());
        clock.pass(Duration::from_nanos(1));
        assert!(!holding.is_ours());
    }

    #[tokio::test]
    async fn a_lease_is_renewed_long_before_it_ends() {
        let clock = FastClock::new();
        let store = FaultyStore::new(&clock);
        let mut holding = holding(&store, &clock).await;
        let began = clock.instant();
        // Time goes by in the wait for the next renewal alone.
        let renewed_twice = async {
            while store.calls().iter().filter(|it| **it == "renew").count() < 2 {
                tokio::task::yield_now().await;
            }
        };
        holding.during(renewed_twice).await;
        assert_eq!(clock.instant() - began, 2 * TIME / 3);
        assert!(holding.is_ours());
    }
}
