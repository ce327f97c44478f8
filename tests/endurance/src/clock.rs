//! The machine's clock, moved on as the sandbox's is, so that tokens lapse in no time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use zendesk_oauth::{Clock, SleepFuture};

/// How soon a wait notices that the clock was moved.
const LOOK: Duration = Duration::from_millis(50);

/// Clones are the same clock.
#[derive(Clone, Default)]
pub(crate) struct MovedClock(Arc<AtomicU64>);

impl MovedClock {
    pub(crate) fn advance(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }

    fn moved(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

impl Clock for MovedClock {
    fn instant(&self) -> Instant {
        Instant::now() + self.moved()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now() + self.moved()
    }

    fn sleep(&self, wait: Duration) -> SleepFuture {
        let clock = self.clone();
        let now = self.instant();
        let until = now.checked_add(wait).unwrap_or(now);
        Box::pin(async move {
            loop {
                let left = until.saturating_duration_since(clock.instant());
                if left.is_zero() {
                    return;
                }
                tokio::time::sleep(left.min(LOOK)).await;
            }
        })
    }
}
