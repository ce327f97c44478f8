//! Virtual time: it stands still or runs, and moves when it is told to.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The time of the sandbox. Nothing in it asks the machine's clock for the date but a running clock,
/// for what has passed since it was set.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub(crate) struct VirtualClock {
    set_to: Timestamp,
    /// When it was set, if it runs.
    running_since: Option<Instant>,
}

/// What is stored of a clock: what it showed, and, of one that runs, when that was by the machine's clock.
/// It goes on while nobody looks, so that it shows no time twice after a restart.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Stored {
    now: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    running_at: Option<Timestamp>,
}

impl From<VirtualClock> for Stored {
    fn from(clock: VirtualClock) -> Self {
        Self {
            now: clock.now(),
            running_at: clock.is_running().then(Timestamp::now),
        }
    }
}

impl From<Stored> for VirtualClock {
    fn from(stored: Stored) -> Self {
        let Some(running_at) = stored.running_at else {
            return Self::frozen(stored.now);
        };
        let passed = Timestamp::now().duration_since(running_at);
        let mut clock = Self::running(stored.now);
        // A machine's clock that was set back moves nothing.
        clock.advance(passed.max(SignedDuration::ZERO));
        clock
    }
}

/// What a person sees of the clock.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Reading {
    pub(crate) now: Timestamp,
    pub(crate) running: bool,
}

impl VirtualClock {
    /// A clock that stands at an instant.
    pub(crate) fn frozen(at: Timestamp) -> Self {
        Self {
            set_to: at,
            running_since: None,
        }
    }

    /// A clock that runs from an instant on.
    pub(crate) fn running(from: Timestamp) -> Self {
        Self {
            set_to: from,
            running_since: Some(Instant::now()),
        }
    }

    /// The virtual time. Past the last instant that a timestamp can hold it stands still.
    pub(crate) fn now(&self) -> Timestamp {
        let Some(since) = self.running_since else {
            return self.set_to;
        };
        let passed = SignedDuration::try_from(since.elapsed()).unwrap_or(SignedDuration::MAX);
        self.set_to.saturating_add(passed).unwrap_or(Timestamp::MAX)
    }

    /// The virtual time in whole seconds, as everything of Zendesk is.
    pub(crate) fn second(&self) -> Timestamp {
        let seconds = self.now().as_second();
        Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
    }

    pub(crate) fn is_running(&self) -> bool {
        self.running_since.is_some()
    }

    /// Moves the time, and leaves running or standing as it is.
    pub(crate) fn advance(&mut self, by: SignedDuration) {
        let moved = self.now().saturating_add(by).unwrap_or(Timestamp::MAX);
        self.set(moved);
    }

    /// Sets the time, and leaves running or standing as it is.
    pub(crate) fn set(&mut self, to: Timestamp) {
        *self = match self.running_since {
            Some(_) => Self::running(to),
            None => Self::frozen(to),
        };
    }

    pub(crate) fn freeze(&mut self) {
        *self = Self::frozen(self.now());
    }

    pub(crate) fn resume(&mut self) {
        *self = Self::running(self.now());
    }
}

impl From<Reading> for VirtualClock {
    fn from(reading: Reading) -> Self {
        if reading.running {
            Self::running(reading.now)
        } else {
            Self::frozen(reading.now)
        }
    }
}

impl From<VirtualClock> for Reading {
    fn from(clock: VirtualClock) -> Self {
        Self {
            now: clock.now(),
            running: clock.is_running(),
        }
    }
}

/// A timestamp as Zendesk writes it: `2009-05-13T00:07:08Z`.
pub(crate) fn zulu(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_frozen_clock_moves_only_when_told() {
        let mut clock = VirtualClock::frozen(at("2026-11-02T09:00:00Z"));
        assert_eq!(clock.now(), clock.now());
        clock.advance(SignedDuration::from_mins(31));
        assert_eq!(zulu(clock.now()), "2026-11-02T09:31:00Z");
        clock.set(at("2027-04-30T00:00:00Z"));
        assert_eq!(zulu(clock.second()), "2027-04-30T00:00:00Z");
        assert!(!clock.is_running());
    }

    #[test]
    fn a_running_clock_goes_on_from_where_it_was_set() {
        let mut clock = VirtualClock::running(at("2026-11-02T09:00:00Z"));
        clock.advance(SignedDuration::from_hours(1));
        assert!(clock.is_running());
        assert!(clock.now() >= at("2026-11-02T10:00:00Z"));
        clock.freeze();
        assert_eq!(clock.now(), clock.now());
    }

    #[test]
    fn a_running_clock_goes_on_while_it_is_stored() {
        let stored = Stored {
            now: at("2027-01-01T00:00:00Z"),
            running_at: Some(Timestamp::now() - SignedDuration::from_secs(60)),
        };
        let clock = VirtualClock::from(stored);
        assert!(clock.is_running() && clock.now() >= at("2027-01-01T00:01:00Z"));
        let json =
            serde_json::to_string(&VirtualClock::frozen(at("2027-01-01T00:00:00Z"))).unwrap();
        let read: VirtualClock = serde_json::from_str(&json).unwrap();
        assert_eq!(read.now(), at("2027-01-01T00:00:00Z"));
    }

    #[test]
    fn the_end_of_time_is_not_passed() {
        let mut clock = VirtualClock::frozen(at("2026-11-02T09:00:00Z"));
        clock.advance(SignedDuration::MAX);
        assert_eq!(clock.now(), Timestamp::MAX);
    }
}
