//! A store that fails on demand. Its lease counts by the clock of the test.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use zendesk_oauth_core::Clock as _;

use super::FastClock;
use crate::token::{
    Lease, LeaseHolder, Leased, Record, StoreError, StoreErrorKind, StoreFuture, Stored, Swap,
    TokenStore, Version,
};

/// What goes wrong with one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::token) enum Fault {
    /// It does nothing, and fails.
    Fails,
    /// It does what it says, and its answer is lost.
    FailsAfter,
    /// It never answers.
    Hangs,
    /// It does what it says, and its answer takes a minute.
    Slow,
    /// Somebody else was there before: a swap conflicts, a lease is elsewhere, a renewal comes too
    /// late. A load fails.
    TooLate,
}

/// Clones share it.
#[derive(Clone)]
pub(in crate::token) struct FaultyStore {
    inner: Arc<Mutex<Inner>>,
    clock: FastClock,
}

#[derive(Default)]
struct Inner {
    stored: Option<Stored>,
    lease: Option<(String, Instant)>,
    leases: u64,
    calls: Vec<&'static str>,
    faults: HashMap<usize, Fault>,
    faults_of: HashMap<(&'static str, usize), Fault>,
    is_down: bool,
    generations: Vec<u64>,
}

impl FaultyStore {
    pub(in crate::token) fn new(clock: &FastClock) -> Self {
        Self {
            inner: Arc::default(),
            clock: clock.clone(),
        }
    }

    /// One that has this.
    pub(in crate::token) fn with(clock: &FastClock, record: Record) -> Self {
        let store = Self::new(clock);
        store.put(record);
        store
    }

    /// Somebody else writes this.
    pub(in crate::token) fn put(&self, record: Record) {
        let mut inner = self.inner.lock().unwrap();
        let version = inner
            .stored
            .as_ref()
            .map_or(Version::FIRST, |stored| stored.version.next());
        inner.stored = Some(Stored { version, record });
    }

    /// What is there.
    pub(in crate::token) fn record(&self) -> Option<Record> {
        let inner = self.inner.lock().unwrap();
        inner.stored.as_ref().map(|stored| stored.record.clone())
    }

    /// It loses everything.
    pub(in crate::token) fn lose(&self) {
        self.inner.lock().unwrap().stored = None;
    }

    /// The `call`th call from the beginning, counted from 0, goes wrong.
    pub(in crate::token) fn fault(&self, call: usize, fault: Fault) {
        self.inner.lock().unwrap().faults.insert(call, fault);
    }

    /// The `call`th call goes wrong, if it is one of this name.
    pub(in crate::token) fn fault_of(&self, name: &'static str, call: usize, fault: Fault) {
        let mut inner = self.inner.lock().unwrap();
        inner.faults_of.insert((name, call), fault);
    }

    pub(in crate::token) fn set_down(&self, is_down: bool) {
        self.inner.lock().unwrap().is_down = is_down;
    }

    /// Somebody else takes the lease.
    pub(in crate::token) fn take_lease(&self, time: Duration) {
        let ends = self.clock.instant() + time;
        self.inner.lock().unwrap().lease = Some(("somebody else".to_owned(), ends));
    }

    /// Whose the lease is, if it is somebody's.
    pub(in crate::token) fn leased_to(&self) -> Option<String> {
        let inner = self.inner.lock().unwrap();
        inner.lease.as_ref().map(|(owner, _)| owner.clone())
    }

    pub(in crate::token) fn calls(&self) -> Vec<&'static str> {
        self.inner.lock().unwrap().calls.clone()
    }

    /// The generations that were swapped in, in order.
    pub(in crate::token) fn generations(&self) -> Vec<u64> {
        self.inner.lock().unwrap().generations.clone()
    }

    /// One call: `late` is what it returns when it comes too late.
    fn call<T: Send + 'static>(
        &self,
        name: &'static str,
        late: Option<T>,
        does: impl FnOnce(&mut Inner, Instant) -> T,
    ) -> StoreFuture<'_, T> {
        let mut inner = self.inner.lock().unwrap();
        let call = inner.calls.len();
        inner.calls.push(name);
        let fault = inner.faults.get(&call).copied();
        let fault = fault.or(inner.faults_of.get(&(name, call)).copied());
        let fault = fault.or(inner.is_down.then_some(Fault::Fails));
        let error =
            || StoreError::new(StoreErrorKind::Unavailable, "the faulty store", "it fails.");
        let outcome = match (fault, late) {
            (None, _) => Ok(does(&mut inner, self.clock.instant())),
            (Some(Fault::FailsAfter), _) => {
                does(&mut inner, self.clock.instant());
                Err(error().unclear())
            }
            (Some(Fault::Slow), _) => {
                let outcome = does(&mut inner, self.clock.instant());
                self.clock.pass(Duration::from_secs(60));
                Ok(outcome)
            }
            (Some(Fault::TooLate), Some(late)) => Ok(late),
            (Some(Fault::Hangs), _) => return Box::pin(std::future::pending()),
            (Some(Fault::Fails | Fault::TooLate), _) => Err(error()),
        };
        Box::pin(async move {
            // As any IO: others come in between.
            tokio::task::yield_now().await;
            outcome
        })
    }
}

impl TokenStore for FaultyStore {
    fn load(&self) -> StoreFuture<'_, Option<Stored>> {
        self.call("load", None, |inner, _| inner.stored.clone())
    }

    fn compare_and_swap<'a>(
        &'a self,
        expected: Option<Version>,
        record: &'a Record,
    ) -> StoreFuture<'a, Swap> {
        self.call("swap", Some(Swap::Conflict), |inner, _| {
            if inner.stored.as_ref().map(|stored| stored.version) != expected {
                return Swap::Conflict;
            }
            let version = expected.map_or(Version::FIRST, Version::next);
            let record = record.clone();
            inner.generations.push(record.generation);
            inner.stored = Some(Stored { version, record });
            Swap::Done(version)
        })
    }

    fn lease(&self, time: Duration) -> StoreFuture<'_, Leased> {
        let elsewhere = Leased::Elsewhere(LeaseHolder::unknown());
        self.call("lease", Some(elsewhere), |inner, now| {
            if inner.lease.as_ref().is_some_and(|(_, ends)| *ends > now) {
                return Leased::Elsewhere(LeaseHolder::unknown());
            }
            inner.leases += 1;
            let lease = Lease::new(inner.leases.to_string(), now + time);
            inner.lease = Some((lease.owner().to_owned(), lease.ends()));
            Leased::Held(lease)
        })
    }

    fn renew<'a>(&'a self, lease: &'a mut Lease, time: Duration) -> StoreFuture<'a, bool> {
        let owner = lease.owner().to_owned();
        self.call("renew", Some(false), move |inner, now| {
            match &mut inner.lease {
                Some((holder, ends)) if *holder == owner => {
                    *ends = now + time;
                    true
                }
                _ => false,
            }
        })
    }

    fn release(&self, lease: Lease) -> StoreFuture<'_, ()> {
        self.call("release", None, move |inner, _| {
            if inner
                .lease
                .as_ref()
                .is_some_and(|(owner, _)| owner == lease.owner())
            {
                inner.lease = None;
            }
        })
    }

    fn name(&self) -> String {
        "the faulty store".to_owned()
    }
}
