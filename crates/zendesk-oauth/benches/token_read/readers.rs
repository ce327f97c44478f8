//! The ways to ask whether there is a good token. All have the clock behind a pointer, as a source
//! has it, and the same validity to check.

use std::hint::black_box;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::header::HeaderValue;
use tokio::sync::RwLock;
use zendesk_oauth::{Clock, Secret, SystemClock};

use super::current::{Current, Reading, Times};

/// Asks once.
pub(crate) trait Reader: Send + Sync + 'static {
    fn read(&self) -> impl Future<Output = bool> + Send;
}

fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

fn times() -> Times {
    let now = Instant::now();
    let hour = Duration::from_secs(3600);
    Times {
        now,
        refresh_at: Some(now + hour),
        valid_until: Some(now + 2 * hour),
    }
}

fn header() -> HeaderValue {
    Secret::from("CANARY-benchmark-token-of-an-ordinary-length-0123456789abcdef0123")
        .to_bearer_value()
        .expect("the token can be sent")
}

fn served() -> Current {
    let current = Current::new();
    current.put(header(), times(), 1);
    current
}

/// Ours: what decides whether a call can go out at once.
pub(crate) struct Served(Current, Arc<dyn Clock>);

impl Served {
    pub(crate) fn new() -> Self {
        Self(served(), clock())
    }
}

impl Reader for Served {
    async fn read(&self) -> bool {
        self.0.read(self.1.instant()) == Reading::Good
    }
}

/// Ours, with the value for the request.
pub(crate) struct Attached(Current, Arc<dyn Clock>);

impl Attached {
    pub(crate) fn new() -> Self {
        Self(served(), clock())
    }
}

impl Reader for Attached {
    async fn read(&self) -> bool {
        black_box(self.0.header(self.1.instant())).0.is_some()
    }
}

/// The part that no way goes without.
pub(crate) struct Clocked(Arc<dyn Clock>, Instant);

impl Clocked {
    pub(crate) fn new() -> Self {
        Self(clock(), Instant::now())
    }
}

impl Reader for Clocked {
    async fn read(&self) -> bool {
        self.0.instant() >= self.1
    }
}

/// What the baselines keep behind their lock.
struct Locked {
    header: HeaderValue,
    times: Times,
}

impl Locked {
    fn new() -> Self {
        Self {
            header: header(),
            times: times(),
        }
    }

    fn is_good(&self, now: Instant) -> bool {
        let reached = |time: Option<Instant>| time.is_some_and(|time| now >= time);
        !self.header.is_empty()
            && !reached(self.times.valid_until)
            && !reached(self.times.refresh_at)
    }
}

pub(crate) struct ByRwLock(RwLock<Locked>, Arc<dyn Clock>);

impl ByRwLock {
    pub(crate) fn new() -> Self {
        Self(RwLock::new(Locked::new()), clock())
    }
}

impl Reader for ByRwLock {
    async fn read(&self) -> bool {
        self.0.read().await.is_good(self.1.instant())
    }
}

pub(crate) struct ByMutex(Mutex<Locked>, Arc<dyn Clock>);

impl ByMutex {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(Locked::new()), clock())
    }
}

impl Reader for ByMutex {
    async fn read(&self) -> bool {
        let now = self.1.instant();
        self.0.lock().expect("nobody panics").is_good(now)
    }
}
