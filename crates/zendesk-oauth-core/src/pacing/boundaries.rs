//! Where one window ends and another begins, and what a place beyond it is worth.

use std::time::{Duration, Instant};

use super::schedule::Schedule;
use super::schedule::tests::{SECOND, after, seen};

/// The waits of the next calls, with a reserve of a fifth.
fn waits<const COUNT: usize>(schedule: &mut Schedule, now: Instant) -> [Duration; COUNT] {
    [(); COUNT].map(|()| schedule.pace(now, 0.2, Duration::MAX).wait)
}

#[test]
fn when_a_window_ends_earlier_than_said_what_waits_goes_to_the_next() {
    let now = Instant::now();
    let mut schedule = after(100, 5, Some(50), now);
    assert_eq!(waits(&mut schedule, now), [Duration::ZERO, 10 * SECOND]);
    // The next call would start when the window ends: in the next one, with its gaps.
    schedule.observe(seen(100, 3, Some(20)), None, now);
    let gap = Duration::from_millis(600);
    assert_eq!(waits(&mut schedule, now), [20 * SECOND, 20 * SECOND + gap]);
}

#[test]
fn an_answer_at_the_end_of_a_window_begins_the_next() {
    let now = Instant::now();
    let mut schedule = after(100, 90, Some(60), now);
    let end = now + 60 * SECOND;
    schedule.observe(seen(100, 10, None), None, end);
    assert_eq!(waits(&mut schedule, end), [Duration::ZERO, 6 * SECOND]);
}

#[test]
fn an_end_within_two_seconds_is_of_the_same_window() {
    let now = Instant::now();
    for (reset, wait) in [(32, 30 * SECOND), (33, Duration::ZERO)] {
        let mut schedule = after(100, 0, Some(30), now);
        schedule.observe(seen(100, 99, Some(reset)), None, now);
        assert_eq!(waits(&mut schedule, now), [wait], "{reset}");
    }
}

#[test]
fn without_an_end_more_than_half_the_limit_above_what_was_left_is_another_window() {
    let now = Instant::now();
    for (remaining, wait) in [(60, 6 * SECOND), (61, Duration::ZERO)] {
        let mut schedule = after(100, 10, None, now);
        schedule.observe(seen(100, remaining, None), None, now);
        assert_eq!(waits(&mut schedule, now), [Duration::ZERO]);
        assert_eq!(waits(&mut schedule, now), [wait], "{remaining}");
    }
}

#[test]
fn a_limit_that_is_raised_within_a_window_counts_at_once() {
    let now = Instant::now();
    let mut schedule = after(100, 30, Some(60), now);
    schedule.observe(seen(1000, 30, Some(60)), None, now);
    // 30 are more than a fifth of 100, and less than one of 1000.
    assert_eq!(waits(&mut schedule, now), [Duration::ZERO, 2 * SECOND]);
}

#[test]
fn a_place_beyond_the_window_that_is_given_back_leaves_none_in_it() {
    let now = Instant::now();
    let mut schedule = after(10, 3, Some(50), now);
    let pace = |schedule: &mut Schedule| schedule.pace(now, 0.0, Duration::MAX);
    for _ in 0..3 {
        assert!(pace(&mut schedule).wait.is_zero());
    }
    let beyond = pace(&mut schedule);
    assert_eq!(beyond.wait, 50 * SECOND);
    schedule.give_back(beyond);
    assert_eq!(pace(&mut schedule).wait, 50 * SECOND);
}
