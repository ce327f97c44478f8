//! `Current`: the token that is served, read without a lock and without an allocation.
//!
//! All times are instants of the source's clock.

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use arc_swap::ArcSwapOption;
use reqwest::header::HeaderValue;

/// The token that is served, if there is one. Whoever reads it waits for nobody, not even for one
/// who puts another in its place.
#[derive(Default)]
pub(super) struct Current {
    served: ArcSwapOption<Served>,
}

/// A token as it is served.
struct Served {
    /// The value of the header `Authorization`.
    header: HeaderValue,
    /// From then on it is not served; `None`: it has no end.
    valid_until: Option<Instant>,
    /// What `refresh_after` counts from.
    since: Instant,
    /// After so many nanoseconds its refresh is due; [`NEVER`] also while somebody sees to it.
    refresh_after: AtomicU64,
    /// The server said that it takes it no more.
    rejected: AtomicBool,
    generation: u64,
}

const NEVER: u64 = u64::MAX;

/// When a token is to be replaced, and until when it is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Times {
    /// The time now.
    pub(super) now: Instant,
    /// From then on a refresh is due; `None`: never.
    pub(super) refresh_at: Option<Instant>,
    /// From then on it is not served; `None`: it has no end.
    pub(super) valid_until: Option<Instant>,
}

/// What is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// A good token. Either no refresh is due, or somebody has claimed it.
    Good,
    /// A good token whose refresh is due and nobody's yet.
    Due,
    /// None, or one that is past its end or was rejected.
    Gone,
}

impl Current {
    /// Nothing is served yet.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Serves this from now on. It is not rejected, and its refresh is nobody's yet.
    pub(super) fn put(&self, header: HeaderValue, times: Times, generation: u64) {
        let served = Served::new(header, times, generation);
        self.served.store(Some(Arc::new(served)));
    }

    /// Serves nothing from now on.
    pub(super) fn clear(&self) {
        self.served.store(None);
    }

    /// What is at hand.
    pub(super) fn read(&self, now: Instant) -> Reading {
        let served = self.served.load();
        served
            .as_ref()
            .map_or(Reading::Gone, |served| served.reading(now))
    }

    /// The value of the header, unless it is gone, and whether its refresh is due.
    pub(super) fn header(&self, now: Instant) -> (Option<HeaderValue>, bool) {
        let served = self.served.load();
        let Some(served) = &*served else {
            return (None, false);
        };
        match served.reading(now) {
            Reading::Good => (Some(served.header.clone()), false),
            Reading::Due => (Some(served.header.clone()), true),
            Reading::Gone => (None, false),
        }
    }

    /// Whether the caller is the one to begin the refresh that is due. It is true for one of them:
    /// then no refresh is due until [`put`](Self::put) or
    /// [`refresh_again_at`](Self::refresh_again_at), one of which has to follow.
    pub(super) fn claim_refresh(&self, now: Instant) -> bool {
        let served = self.served.load();
        served.as_ref().is_some_and(|served| served.claim(now))
    }

    /// The refresh of this generation failed: it is due again then. What is served stays.
    pub(super) fn refresh_again_at(&self, generation: u64, refresh_at: Instant) {
        if let Some(served) = &*self.served.load()
            && served.generation == generation
        {
            let after = served.nanoseconds_at(refresh_at);
            served.refresh_after.store(after, Ordering::Relaxed);
        }
    }

    /// Serves this value no more, if it is what is served. Returns whether it is; so it does to
    /// each of the calls that were answered so, until another is put.
    pub(super) fn reject(&self, value: &HeaderValue) -> bool {
        let served = self.served.load();
        let Some(served) = &*served else {
            return false;
        };
        let is_served = same(served.header.as_bytes(), value.as_bytes());
        if is_served {
            served.rejected.store(true, Ordering::Relaxed);
        }
        is_served
    }

    /// Whether this value is what is served, rejected or not.
    #[allow(dead_code, reason = "asked by its tests")]
    pub(super) fn is_served(&self, value: &HeaderValue) -> bool {
        let served = self.served.load();
        served
            .as_ref()
            .is_some_and(|served| same(served.header.as_bytes(), value.as_bytes()))
    }

    /// The value of the header of the token that was put last, whether it is good or not.
    pub(super) fn served(&self) -> Option<HeaderValue> {
        let served = self.served.load();
        served.as_ref().map(|served| served.header.clone())
    }

    /// The generation of the record that it is from.
    pub(super) fn generation(&self) -> Option<u64> {
        let served = self.served.load();
        served.as_ref().map(|served| served.generation)
    }
}

impl Served {
    fn new(mut header: HeaderValue, times: Times, generation: u64) -> Self {
        header.set_sensitive(true);
        // The first clone of what was made of a `Vec` allocates the count of its references: here
        // and not in the first call.
        drop(header.clone());
        let served = Self {
            header,
            valid_until: times.valid_until,
            since: times.now,
            refresh_after: AtomicU64::new(NEVER),
            rejected: AtomicBool::new(false),
            generation,
        };
        if let Some(refresh_at) = times.refresh_at {
            let after = served.nanoseconds_at(refresh_at);
            served.refresh_after.store(after, Ordering::Relaxed);
        }
        served
    }

    fn reading(&self, now: Instant) -> Reading {
        let is_past = self.valid_until.is_some_and(|end| now >= end);
        if is_past || self.rejected.load(Ordering::Relaxed) {
            return Reading::Gone;
        }
        let after = self.refresh_after.load(Ordering::Relaxed);
        // Without the clock's arithmetic while somebody sees to it.
        if after != NEVER && self.nanoseconds_at(now) >= after {
            Reading::Due
        } else {
            Reading::Good
        }
    }

    fn claim(&self, now: Instant) -> bool {
        let after = self.refresh_after.load(Ordering::Relaxed);
        after != NEVER
            && self.nanoseconds_at(now) >= after
            && self
                .refresh_after
                .compare_exchange(after, NEVER, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
    }

    /// From when it was put until then; 584 years at most, which is not [`NEVER`].
    fn nanoseconds_at(&self, time: Instant) -> u64 {
        let nanoseconds = time.saturating_duration_since(self.since).as_nanos();
        u64::try_from(nanoseconds).unwrap_or(NEVER).min(NEVER - 1)
    }
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
fn same(one: &[u8], other: &[u8]) -> bool {
    let differences = one.iter().zip(other).fold(0, |all, (one, other)| {
        // Kept from being turned into a comparison that stops early.
        black_box(all | (one ^ other))
    });
    one.len() == other.len() && differences == 0
}
