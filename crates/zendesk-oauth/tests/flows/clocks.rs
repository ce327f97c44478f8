//! Clocks that move when a test says so.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::watch;
use zendesk_oauth::{Clock, SleepFuture};

/// The sandbox's own time. A wait moves it on, and takes no time.
pub(crate) struct SandboxTime {
    start: (Instant, SystemTime),
    sandbox: zendesk_oauth_sandbox::Clock,
}

impl SandboxTime {
    pub(crate) fn of(sandbox: &zendesk_oauth_sandbox::Sandbox) -> Self {
        let sandbox = sandbox.clock();
        Self {
            start: (Instant::now(), sandbox.now().into()),
            sandbox,
        }
    }
}

impl Clock for SandboxTime {
    fn instant(&self) -> Instant {
        let (instant, time) = self.start;
        instant + self.system_time().duration_since(time).unwrap_or_default()
    }

    fn system_time(&self) -> SystemTime {
        self.sandbox.now().into()
    }

    fn sleep(&self, wait: Duration) -> SleepFuture {
        self.sandbox.advance(wait);
        Box::pin(async {})
    }
}

/// Time stands still until all waits are ended at once.
#[derive(Clone)]
pub(crate) struct Standing(Arc<watch::Sender<bool>>);

impl Standing {
    pub(crate) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    pub(crate) fn end_all_waits(&self) {
        self.0.send_replace(true);
    }
}

impl Clock for Standing {
    fn instant(&self) -> Instant {
        Instant::now()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, _: Duration) -> SleepFuture {
        let mut ended = self.0.subscribe();
        Box::pin(async move {
            ended
                .wait_for(|ended| *ended)
                .await
                .expect("the clock lives");
        })
    }
}
