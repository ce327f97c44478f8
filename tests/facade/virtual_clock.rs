//! A clock whose waits take no time and are written down.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use zendesk_oauth::Clock;
use zendesk_oauth_core::SleepFuture;

/// 2026-11-02T09:00:00Z, when a sandbox begins.
pub(crate) const BEGINNING: Duration = Duration::from_secs(1_793_610_000);

/// Clones are the same clock.
#[derive(Clone)]
pub(crate) struct VirtualClock {
    start: Instant,
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl VirtualClock {
    pub(crate) fn new() -> Self {
        Self {
            start: Instant::now(),
            waits: Arc::default(),
        }
    }

    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.waits.lock().expect("no sleeper panics").clone()
    }

    fn waited(&self) -> Duration {
        self.waits().iter().sum()
    }
}

impl Clock for VirtualClock {
    fn instant(&self) -> Instant {
        self.start + self.waited()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + BEGINNING + self.waited()
    }

    fn sleep(&self, wait: Duration) -> SleepFuture {
        self.waits.lock().expect("no sleeper panics").push(wait);
        Box::pin(async {})
    }
}
