//! `MemoryStore`: a login that lives as long as the process.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use zendesk_oauth_core::{Clock, SystemClock};

use super::lease::most;
use super::{Lease, LeaseHolder, Leased, StoreFuture, Stored, Swap, TokenStore, Version};
use crate::token::Record;
use crate::token::who::who;

/// A store in memory. Clones share it. What it holds is gone with the process, so that a refresh
/// token in it is lost: for client credentials, which are minted anew, and for tests.
#[derive(Clone)]
pub struct MemoryStore(Arc<Shared>);

struct Shared {
    clock: Box<dyn Clock>,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    stored: Option<Stored>,
    lease: Option<HeldLease>,
    /// How many leases there were.
    leases: u64,
}

struct HeldLease {
    owner: String,
    since: Instant,
    ends: Instant,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::with_clock(SystemClock)
    }

    /// An empty store whose leases run out by this clock.
    #[must_use]
    pub fn with_clock(clock: impl Clock) -> Self {
        Self(Arc::new(Shared {
            clock: Box::new(clock),
            held: Mutex::default(),
        }))
    }

    fn with<'a, T: Send + 'a>(
        &self,
        does: impl FnOnce(&mut Held, Instant) -> T,
    ) -> StoreFuture<'a, T> {
        let now = self.0.clock.instant();
        // Nothing in here panics while it holds the lock, so a poisoned one is as good as any.
        let mut held = self.0.held.lock().unwrap_or_else(PoisonError::into_inner);
        Box::pin(std::future::ready(Ok(does(&mut held, now))))
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl TokenStore for MemoryStore {
    fn load(&self) -> StoreFuture<'_, Option<Stored>> {
        self.with(|held, _| held.stored.clone())
    }

    fn compare_and_swap<'a>(
        &'a self,
        expected: Option<Version>,
        record: &'a Record,
    ) -> StoreFuture<'a, Swap> {
        self.with(|held, _| {
            if held.stored.as_ref().map(|stored| stored.version) != expected {
                return Swap::Conflict;
            }
            let version = expected.map_or(Version::FIRST, Version::next);
            let record = record.clone();
            held.stored = Some(Stored { version, record });
            Swap::Done(version)
        })
    }

    fn lease(&self, time: Duration) -> StoreFuture<'_, Leased> {
        self.with(|held, now| {
            if let Some(lease) = held.lease.as_ref().filter(|it| it.ends > now) {
                return Leased::Elsewhere(lease.holder(now));
            }
            held.leases += 1;
            let owner = format!("lease {}", held.leases);
            let (since, ends) = (now, now + most(time));
            held.lease = Some(HeldLease {
                owner: owner.clone(),
                since,
                ends,
            });
            Leased::Held(Lease::new(owner, ends))
        })
    }

    fn renew<'a>(&'a self, lease: &'a mut Lease, time: Duration) -> StoreFuture<'a, bool> {
        self.with(|held, now| match held.of(lease) {
            Some(mine) => {
                mine.ends = now + most(time);
                lease.set_ends(mine.ends);
                true
            }
            None => false,
        })
    }

    fn release(&self, lease: Lease) -> StoreFuture<'_, ()> {
        self.with(|held, _| {
            if held.of(&lease).is_some() {
                held.lease = None;
            }
        })
    }

    fn name(&self) -> String {
        "the memory of this process".to_owned()
    }
}

impl Held {
    /// What is held, if it is this lease.
    fn of(&mut self, lease: &Lease) -> Option<&mut HeldLease> {
        let held = self.lease.as_mut()?;
        (held.owner == lease.owner()).then_some(held)
    }
}

impl HeldLease {
    fn holder(&self, now: Instant) -> LeaseHolder {
        LeaseHolder {
            who: Some(who()),
            age: Some(now.saturating_duration_since(self.since)),
            left: Some(self.ends.saturating_duration_since(now)),
        }
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryStore([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::testing::FastClock;

    async fn lease(store: &MemoryStore, time: Duration) -> Leased {
        store.lease(time).await.unwrap()
    }

    #[tokio::test]
    async fn a_lease_is_the_next_ones_at_the_very_moment_it_ends() {
        let minute = Duration::from_secs(60);
        let clock = FastClock::new();
        let store = MemoryStore::with_clock(clock.clone());
        let Leased::Held(held) = lease(&store, minute).await else {
            panic!("nobody has it");
        };
        assert_eq!(held.ends(), clock.instant() + minute);
        clock.pass(minute - Duration::from_nanos(1));
        let Leased::Elsewhere(holder) = lease(&store, minute).await else {
            panic!("{held:?} has a nanosecond left");
        };
        assert_eq!(holder.left, Some(Duration::from_nanos(1)));
        assert_eq!(holder.age, Some(minute - Duration::from_nanos(1)));
        clock.pass(Duration::from_nanos(1));
        assert!(matches!(lease(&store, minute).await, Leased::Held(_)));
    }

    #[tokio::test]
    async fn a_lease_lasts_a_day_at_most_also_when_renewed() {
        let day = Duration::from_secs(86_400);
        let clock = FastClock::new();
        let store = MemoryStore::with_clock(clock.clone());
        let Leased::Held(mut held) = lease(&store, Duration::MAX).await else {
            panic!("nobody has it");
        };
        assert_eq!(held.ends(), clock.instant() + day);
        clock.pass(day / 2);
        assert!(store.renew(&mut held, Duration::MAX).await.unwrap());
        assert_eq!(held.ends(), clock.instant() + day);
    }
}
