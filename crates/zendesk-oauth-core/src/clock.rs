//! `Clock`: where a transport takes the time from, and what it waits with.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// What [`Clock::sleep`] returns. Dropping it ends the wait.
pub type SleepFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The time, and a way to wait. Calls use [`SystemClock`]; a test passes one of its own whose
/// waits end at once.
///
/// ```
/// use std::sync::Mutex;
/// use std::time::{Duration, Instant, SystemTime};
/// use zendesk_oauth_core::{Clock, SleepFuture};
///
/// /// Waits take no time, and are written down.
/// struct Virtual { start: Instant, waits: Mutex<Vec<Duration>> }
///
/// impl Virtual {
///     fn waited(&self) -> Duration {
///         self.waits.lock().unwrap().iter().sum()
///     }
/// }
///
/// impl Clock for Virtual {
///     fn instant(&self) -> Instant {
///         self.start + self.waited()
///     }
///     fn system_time(&self) -> SystemTime {
///         SystemTime::UNIX_EPOCH + self.waited()
///     }
///     fn sleep(&self, wait: Duration) -> SleepFuture {
///         self.waits.lock().unwrap().push(wait);
///         Box::pin(async {})
///     }
/// }
/// ```
pub trait Clock: Send + Sync + 'static {
    /// A time that never goes back, for measuring.
    fn instant(&self) -> Instant;

    /// The time of day, for dates that a server sends.
    fn system_time(&self) -> SystemTime;

    /// Waits this long.
    fn sleep(&self, wait: Duration) -> SleepFuture;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn instant(&self) -> Instant {
        (**self).instant()
    }

    fn system_time(&self) -> SystemTime {
        (**self).system_time()
    }

    fn sleep(&self, wait: Duration) -> SleepFuture {
        (**self).sleep(wait)
    }
}

/// The clock of the machine. Its waits need a tokio runtime with time enabled, as the HTTP client
/// does.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn instant(&self) -> Instant {
        Instant::now()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, wait: Duration) -> SleepFuture {
        Box::pin(tokio::time::sleep(wait))
    }
}

impl fmt::Debug for dyn Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
