//! `Taken`: the time that some work took.

use std::ops::Add;
use std::time::{Duration, Instant};

/// The time that some work took.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    /// By the clock on the wall.
    pub(crate) wall: Duration,
    /// On a processor, in the thread that worked. Other processes do not lengthen it, nor does
    /// waiting for the server.
    pub(crate) cpu: Duration,
}

impl Taken {
    /// Does the work.
    pub(crate) fn by(work: &mut dyn FnMut()) -> Self {
        let (cpu, wall) = (cpu_time(), Instant::now());
        work();
        Self {
            wall: wall.elapsed(),
            cpu: cpu_time().saturating_sub(cpu),
        }
    }
}

impl Add for Taken {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            wall: self.wall + other.wall,
            cpu: self.cpu + other.cpu,
        }
    }
}

#[cfg(target_os = "linux")]
fn cpu_time() -> Duration {
    use rustix::time::{ClockId, clock_gettime};

    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}

/// Nothing elsewhere: the column says NaN.
#[cfg(not(target_os = "linux"))]
fn cpu_time() -> Duration {
    Duration::ZERO
}
