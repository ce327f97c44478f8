//! A clock that stands still but for the waits, each of which takes one turn of the scheduler.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use zendesk_oauth_core::{Clock, SleepFuture};

use super::noon;

#[derive(Clone)]
pub(in crate::token) struct FastClock(Arc<Mutex<Now>>);

struct Now {
    instant: Instant,
    system: SystemTime,
}

impl FastClock {
    pub(in crate::token) fn new() -> Self {
        Self(Arc::new(Mutex::new(Now {
            instant: Instant::now(),
            system: noon(),
        })))
    }

    /// Time goes by.
    pub(in crate::token) fn pass(&self, time: Duration) {
        let mut now = self.0.lock().unwrap();
        now.instant += time;
        now.system += time;
    }

    /// Somebody sets the time of day.
    pub(in crate::token) fn set(&self, time: SystemTime) {
        self.0.lock().unwrap().system = time;
    }
}

impl Clock for FastClock {
    fn instant(&self) -> Instant {
        self.0.lock().unwrap().instant
    }

    fn system_time(&self) -> SystemTime {
        self.0.lock().unwrap().system
    }

    fn sleep(&self, wait: Duration) -> SleepFuture {
        let clock = self.clone();
        Box::pin(async move {
            tokio::task::yield_now().await;
            clock.pass(wait);
        })
    }
}
