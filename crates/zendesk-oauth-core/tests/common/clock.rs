//! Clocks for tests: one whose waits take no time, and one whose waits never end.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::{Semaphore, mpsc};
use zendesk_oauth_core::{Clock, SleepFuture};

/// A clock that stands still but for the waits, which it writes down and ends at once.
#[derive(Clone)]
pub struct VirtualClock {
    start: (Instant, SystemTime),
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl VirtualClock {
    /// A clock at this time of day.
    pub fn at(time: SystemTime) -> Self {
        Self {
            start: (Instant::now(), time),
            waits: Arc::default(),
        }
    }

    pub fn new() -> Self {
        Self::at(SystemTime::now())
    }

    pub fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }

    fn passed(&self) -> Duration {
        self.waits.lock().unwrap().iter().sum()
    }
}

impl Clock for VirtualClock {
    fn instant(&self) -> Instant {
        self.start.0 + self.passed()
    }

    fn system_time(&self) -> SystemTime {
        self.start.1 + self.passed()
    }

    fn sleep(&self, wait: Duration) -> SleepFuture {
        self.waits.lock().unwrap().push(wait);
        Box::pin(async {})
    }
}

/// A clock whose waits of a second and more are said, and never end; shorter ones end at once.
pub struct ImpatientClock(pub mpsc::UnboundedSender<Duration>);

impl Clock for ImpatientClock {
    fn instant(&self) -> Instant {
        Instant::now()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, wait: Duration) -> SleepFuture {
        if wait < Duration::from_secs(1) {
            return Box::pin(async {});
        }
        self.0.send(wait).unwrap();
        Box::pin(std::future::pending())
    }
}

/// A clock that says when somebody waits, and ends a wait when it gets a permit.
pub struct GatedClock(pub mpsc::UnboundedSender<Duration>, pub Arc<Semaphore>);

impl Clock for GatedClock {
    fn instant(&self) -> Instant {
        Instant::now()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, wait: Duration) -> SleepFuture {
        self.0.send(wait).unwrap();
        let gate = Arc::clone(&self.1);
        Box::pin(async move { gate.acquire().await.unwrap().forget() })
    }
}

/// A clock that says when somebody waits, and never ends a wait.
pub struct StoppedClock(pub mpsc::UnboundedSender<Duration>);

impl Clock for StoppedClock {
    fn instant(&self) -> Instant {
        Instant::now()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, wait: Duration) -> SleepFuture {
        self.0.send(wait).unwrap();
        Box::pin(std::future::pending())
    }
}
