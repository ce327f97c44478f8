//! Time on processors, of all threads of this process.

use std::time::Duration;

/// How long this process has been on processors, as `getrusage` has it, though finer.
#[cfg(target_os = "linux")]
pub(crate) fn time() -> Duration {
    use rustix::time::{ClockId, clock_gettime};

    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).unwrap_or_default()
}

/// Elsewhere the clock on the wall, which says the same on a machine that does nothing else for one
/// task only.
#[cfg(not(target_os = "linux"))]
pub(crate) fn time() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}
