//! Time on processors, of all threads of this process.

/// In seconds; nothing where the system does not tell.
#[cfg(target_os = "linux")]
pub(crate) fn seconds() -> Option<f64> {
    use rustix::time::{ClockId, clock_gettime};

    let time = std::time::Duration::try_from(clock_gettime(ClockId::ProcessCPUTime));
    Some(time.ok()?.as_secs_f64())
}

/// In seconds; nothing where the system does not tell.
#[cfg(not(target_os = "linux"))]
pub(crate) fn seconds() -> Option<f64> {
    None
}
