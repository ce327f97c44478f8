//! The line in a lock file: who has the lease, since when and until when.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::token::LeaseHolder;

/// What rounding to milliseconds takes off a beginning and a time, given back so that a lease runs
/// out for its holder first.
const ROUNDED: u64 = 2;

/// Who has the lease.
#[derive(Serialize, Deserialize)]
pub(super) struct Signature {
    /// Unique to the lease.
    pub(super) owner: String,
    pub(super) who: String,
    /// For people.
    since: String,
    /// For people.
    until: String,
    /// What is decided by: milliseconds of the machine's clock.
    clock: Clocked,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Clocked {
    since: u64,
    renewed: u64,
    until: u64,
}

/// The time of day, and the time of the machine's clock, at once.
#[derive(Clone, Copy)]
pub(super) struct Now {
    pub(super) day: SystemTime,
    pub(super) machine: Duration,
}

impl Now {
    pub(super) fn read() -> Self {
        Self {
            day: SystemTime::now(),
            machine: machine(),
        }
    }
}

/// A clock that all processes of the machine share, and that nobody sets. Leases are measured by it
/// within a process too (`Instant`).
#[cfg(unix)]
fn machine() -> Duration {
    use rustix::time::{ClockId, clock_gettime};

    let now = clock_gettime(ClockId::Monotonic);
    let seconds = u64::try_from(now.tv_sec).unwrap_or_default();
    Duration::from_secs(seconds)
        + Duration::from_nanos(u64::try_from(now.tv_nsec).unwrap_or_default())
}

/// Here it is not read: a locked file cannot be.
#[cfg(not(unix))]
fn machine() -> Duration {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    now.unwrap_or_default()
}

impl Signature {
    /// Of a lease that begins now and lasts so long.
    pub(super) fn new(owner: String, who: String, now: Now, time: Duration) -> Self {
        let since = millis(now.machine);
        let clock = Clocked {
            since,
            renewed: since,
            until: since.saturating_add(millis(time)).saturating_add(ROUNDED),
        };
        Self {
            owner,
            who,
            since: text(now.day),
            until: text(now.day + time),
            clock,
        }
    }

    /// The same lease, lasting so long from now.
    pub(super) fn renewed(self, now: Now, time: Duration) -> Self {
        let next = Self::new(self.owner, self.who, now, time);
        Self {
            since: self.since,
            clock: Clocked {
                since: self.clock.since,
                ..next.clock
            },
            ..next
        }
    }

    pub(super) fn line(&self) -> String {
        let line = serde_json::to_string(self).expect("texts and numbers are JSON");
        format!("{line}\n")
    }

    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        serde_json::from_slice(line).ok()
    }

    /// How long the lease still has at this time of the machine's clock; nothing if it has run out.
    /// Never more than it was given: a clock that stands before the lease began is another's.
    pub(super) fn left(&self, machine: Duration) -> Option<Duration> {
        let Clocked { renewed, until, .. } = self.clock;
        let left = until.saturating_sub(millis(machine).max(renewed));
        (left > 0).then(|| Duration::from_millis(left.saturating_sub(ROUNDED)))
    }

    /// What others see of it.
    pub(super) fn holder(&self, machine: Duration) -> LeaseHolder {
        let age = millis(machine).saturating_sub(self.clock.since);
        LeaseHolder {
            who: Some(self.who.clone()),
            age: Some(Duration::from_millis(age)),
            left: Some(self.left(machine).unwrap_or_default()),
        }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// As RFC 3339, to the second.
fn text(time: SystemTime) -> String {
    let time = Timestamp::try_from(time).unwrap_or(Timestamp::MAX);
    time.strftime("%FT%TZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn at(seconds: u32) -> Now {
        Now {
            day: SystemTime::UNIX_EPOCH + 1_800_000_000 * SECOND,
            machine: seconds * SECOND,
        }
    }

    fn signature() -> Signature {
        Signature::new(
            "owner".into(),
            "process 1 on here".into(),
            at(1_000),
            30 * SECOND,
        )
    }

    #[test]
    fn what_is_written_is_read_back() {
        let line = signature().line();
        assert_eq!(line.lines().count(), 1);
        let read = Signature::parse(line.as_bytes()).unwrap();
        assert_eq!(read.line(), line);
        assert!(
            line.contains("\"2027-01-15T08:00:00Z\",\"until\":\"2027-01-15T08:00:30Z\""),
            "{line}"
        );
        for end in 0..line.len() - 2 {
            assert!(Signature::parse(&line.as_bytes()[..end]).is_none(), "{end}");
        }
    }

    #[test]
    fn a_lease_runs_out_by_the_clock_of_the_machine() {
        let signature = signature();
        let left = |seconds: u32| signature.left(seconds * SECOND);
        assert_eq!(left(1_000), Some(30 * SECOND));
        assert_eq!(left(1_010), Some(20 * SECOND));
        assert!(left(1_030).is_some_and(|left| left.is_zero()));
        assert_eq!(left(1_031), None);
        assert_eq!(left(u32::MAX), None);
    }

    #[test]
    fn the_time_of_day_decides_nothing() {
        for day in [SystemTime::UNIX_EPOCH, at(0).day + 1_000_000_000 * SECOND] {
            let now = Now { day, ..at(1_000) };
            let signature = Signature::new("owner".into(), "me".into(), now, 30 * SECOND);
            assert_eq!(signature.left(1_010 * SECOND), Some(20 * SECOND));
            assert_eq!(signature.left(1_031 * SECOND), None);
        }
    }

    #[test]
    fn a_clock_that_stands_before_the_lease_gives_it_no_more_time() {
        assert_eq!(signature().left(Duration::ZERO), Some(30 * SECOND));
        assert_eq!(signature().holder(Duration::ZERO).age, Some(Duration::ZERO));
    }

    #[test]
    fn a_renewed_lease_keeps_its_age() {
        let renewed = signature().renewed(at(1_020), 30 * SECOND);
        let holder = renewed.holder(1_025 * SECOND);
        assert_eq!(holder.age, Some(25 * SECOND));
        assert_eq!(holder.left, Some(25 * SECOND));
        assert_eq!(renewed.owner, "owner");
    }
}
