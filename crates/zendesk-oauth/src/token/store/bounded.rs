//! `Bounded`: a store whose calls end in time, whatever it does.

use std::sync::Arc;
use std::time::Duration;

use zendesk_oauth_core::Clock;

use super::{
    Lease, Leased, StoreError, StoreErrorKind, StoreFuture, Stored, Swap, TokenStore, Version,
};
use crate::race::unless;
use crate::token::Record;

/// How long one call may take: longer than the stores of this crate take to give up by themselves.
const LONGEST: Duration = Duration::from_secs(30);

/// A store that is given up on when a call takes too long.
pub(in crate::token) struct Bounded {
    store: Box<dyn TokenStore>,
    clock: Arc<dyn Clock>,
}

impl Bounded {
    pub(in crate::token) fn new(store: Box<dyn TokenStore>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    fn within<'a, T: Send + 'a>(&'a self, call: StoreFuture<'a, T>) -> StoreFuture<'a, T> {
        Box::pin(async move {
            // Not asked for before it has to be waited: a store in memory needs no runtime with timers.
            let limit = async { self.clock.sleep(LONGEST).await };
            let outcome = unless(limit, call).await;
            outcome.unwrap_or_else(|| {
                let what = format!(
                    "it did not answer within {} s. Is it reachable, and does it give up by itself?",
                    LONGEST.as_secs()
                );
                // Whether it was done nobody knows.
                Err(StoreError::new(StoreErrorKind::Unavailable, self.store.name(), what).unclear())
            })
        })
    }
}

impl TokenStore for Bounded {
    fn load(&self) -> StoreFuture<'_, Option<Stored>> {
        self.within(self.store.load())
    }

    fn compare_and_swap<'a>(
        &'a self,
        expected: Option<Version>,
        record: &'a Record,
    ) -> StoreFuture<'a, Swap> {
        self.within(self.store.compare_and_swap(expected, record))
    }

    fn lease(&self, time: Duration) -> StoreFuture<'_, Leased> {
        self.within(self.store.lease(time))
    }

    fn renew<'a>(&'a self, lease: &'a mut Lease, time: Duration) -> StoreFuture<'a, bool> {
        self.within(self.store.renew(lease, time))
    }

    fn release(&self, lease: Lease) -> StoreFuture<'_, ()> {
        self.within(self.store.release(lease))
    }

    fn name(&self) -> String {
        self.store.name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::testing::{FastClock, FaultyStore};

    #[test]
    fn a_bounded_store_is_called_what_it_is() {
        let clock = FastClock::new();
        let store = FaultyStore::new(&clock);
        let bounded = Bounded::new(Box::new(store), Arc::new(clock));
        assert_eq!(bounded.name(), "the faulty store");
    }
}
