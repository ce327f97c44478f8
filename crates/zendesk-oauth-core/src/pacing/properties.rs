//! What holds for every schedule, whatever answers and calls come.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::rate_limit::RateLimit;
use super::schedule::{Schedule, WINDOW};

fn after(limit: u32, remaining: u32, reset: u32, now: Instant) -> Schedule {
    let seen = RateLimit {
        limit,
        remaining: remaining.min(limit),
        reset: Some(Duration::from_secs(reset.into())),
    };
    let mut schedule = Schedule::default();
    schedule.observe(seen, None, now);
    schedule
}

proptest! {
    #[test]
    fn starts_never_go_back_and_nothing_panics(
        limit in 1_u32..,
        remaining: u32,
        reset in 0_u32..=3600,
        reserve in 0.0..=1.0,
        steps in proptest::collection::vec(0_u64..5_000, 1..50),
    ) {
        let mut now = Instant::now();
        let mut schedule = after(limit, remaining, reset, now);
        let mut last = now;
        for step in steps {
            now += Duration::from_millis(step);
            let wait = schedule.pace(now, reserve, Duration::MAX).wait;
            if !wait.is_zero() {
                prop_assert!(now + wait >= last);
                last = now + wait;
            }
        }
    }

    #[test]
    fn after_the_end_of_a_window_a_call_that_is_alone_waits_no_longer_than_one_gap(
        limit in 1_u32..1_000,
        remaining in 0_u32..1_000,
        reset in 1_u32..=120,
        longest in 0_u64..1_000,
        steps in proptest::collection::vec((0_u64..5_000, proptest::bool::ANY), 1..200),
    ) {
        let mut now = Instant::now();
        let ends = now + Duration::from_secs(reset.into());
        let longest = Duration::from_secs(longest);
        let mut schedule = after(limit, remaining, reset, now);
        for (step, is_dropped) in steps {
            let turn = schedule.pace(now, 0.2, longest);
            prop_assert!(turn.wait <= longest);
            if is_dropped {
                schedule.give_back(turn);
            }
            now += Duration::from_millis(step);
        }
        let wait = schedule.pace(now.max(ends), 0.2, longest).wait;
        prop_assert!(wait <= WINDOW / limit);
    }
}
