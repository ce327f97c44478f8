//! `Schedule`: when the next calls may start. Pure: the time comes in as an argument.

use std::time::{Duration, Instant};

use super::rate_limit::RateLimit;

/// Zendesk's limits are per minute (its rate-limit page).
pub(super) const WINDOW: Duration = Duration::from_secs(60);

/// Two answers of one window may differ by this much, since a reset is in whole seconds.
const TOLERANCE: Duration = Duration::from_secs(2);

/// What a window is taken to hold that was closed by an answer without numbers: a guess on the slow
/// side, for as long as no other answer tells.
const UNTOLD_LIMIT: u32 = 60;

/// What is known of the rate limit, and what was promised of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Schedule {
    window: Option<Window>,
    /// How many windows there were.
    windows: u64,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    number: u64,
    limit: u32,
    /// What is left, after the calls that were let go since.
    remaining: u32,
    /// The least that an answer said is left.
    told: u32,
    ends: Instant,
    /// The earliest start of the next call that has to wait.
    next_start: Instant,
}

/// A place in a window, or beyond all that are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Turn {
    /// How long to wait for it.
    pub(super) wait: Duration,
    window: Option<u64>,
    /// Whether it is one of those that were left.
    is_counted: bool,
    /// How much later the next one starts.
    gap: Duration,
}

impl Schedule {
    /// Takes one place in the window, without a wait while more than `reserve` of the limit is left;
    /// then so that the rest is spread evenly to the window's end. No place is further off than
    /// `longest`, and none is known once the window is over.
    pub(super) fn pace(&mut self, now: Instant, reserve: f64, longest: Duration) -> Turn {
        self.window = self.window.filter(|window| now < window.ends);
        let Some(window) = &mut self.window else {
            return Turn::default();
        };
        let at_once = Turn {
            window: Some(window.number),
            is_counted: true,
            ..Turn::default()
        };
        if f64::from(window.remaining) > reserve * f64::from(window.limit) {
            window.remaining -= 1;
            return at_once;
        }
        let free = window.next_start.max(now);
        let is_counted = window.remaining > 0 && free < window.ends;
        let (start, gap) = if is_counted {
            let gap = window.ends.saturating_duration_since(free) / window.remaining;
            window.remaining -= 1;
            (free, gap)
        } else {
            // Those who wait for the next window shall not all start with it.
            (free.max(window.ends), WINDOW / window.limit.max(1))
        };
        let latest = now.checked_add(longest);
        let no_later = |start: Instant| latest.map_or(start, |latest| start.min(latest));
        let start = no_later(start);
        let next = start.checked_add(gap).map_or(start, no_later);
        let gap = next.saturating_duration_since(start.max(window.next_start));
        window.next_start = next.max(window.next_start);
        Turn {
            wait: start.saturating_duration_since(now),
            is_counted,
            gap,
            ..at_once
        }
    }

    /// Takes back the place of a call that is not sent.
    pub(super) fn give_back(&mut self, turn: Turn) {
        let Some(window) = &mut self.window else {
            return;
        };
        if turn.window != Some(window.number) {
            return;
        }
        if turn.is_counted {
            window.remaining = window.remaining.saturating_add(1).min(window.told);
        }
        let earlier = window.next_start.checked_sub(turn.gap);
        window.next_start = earlier.unwrap_or(window.next_start);
    }

    /// Whether no other window has begun since this turn was taken.
    pub(super) fn stands(&self, turn: Turn) -> bool {
        self.window
            .is_none_or(|window| turn.window == Some(window.number))
    }

    /// What is to be seen in a 429 without numbers: nothing is left.
    pub(super) fn used_up(&self) -> RateLimit {
        RateLimit {
            limit: self.window.map_or(UNTOLD_LIMIT, |window| window.limit),
            remaining: 0,
            reset: None,
        }
    }

    /// Takes note of an answer. `retry_after` is that of a 429, the end of the window if the
    /// headers do not tell it.
    pub(super) fn observe(&mut self, seen: RateLimit, retry_after: Option<Duration>, now: Instant) {
        let told = seen.reset.or(retry_after.map(|wait| wait.min(WINDOW)));
        let Some(ends) = now.checked_add(told.unwrap_or(WINDOW)) else {
            return;
        };
        let known = self.window.filter(|window| now < window.ends);
        self.window = Some(match known {
            // The same window. Answers may come in another order than they were made, and do not
            // count the calls under way: the smaller rest is the truer one.
            Some(window) if !starts_anew(&window, &seen, told.map(|_| ends)) => Window {
                limit: seen.limit,
                remaining: window.remaining.min(seen.remaining),
                told: window.told.min(seen.remaining),
                ends: window.ends.min(ends),
                ..window
            },
            _ => {
                self.windows += 1;
                Window {
                    number: self.windows,
                    limit: seen.limit,
                    remaining: seen.remaining,
                    told: seen.remaining,
                    ends,
                    next_start: now,
                }
            }
        });
    }
}

/// Whether an answer is of a later window than the known one: it ends later, or, where the end is
/// not told, clearly more is left than before.
fn starts_anew(known: &Window, seen: &RateLimit, ends: Option<Instant>) -> bool {
    match ends {
        Some(ends) => ends.saturating_duration_since(known.ends) > TOLERANCE,
        None => seen.remaining > known.remaining.saturating_add(seen.limit / 2),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::pacing) const SECOND: Duration = Duration::from_secs(1);

    pub(in crate::pacing) fn seen(limit: u32, remaining: u32, reset: Option<u64>) -> RateLimit {
        RateLimit {
            limit,
            remaining,
            reset: reset.map(Duration::from_secs),
        }
    }

    pub(in crate::pacing) fn after(
        limit: u32,
        remaining: u32,
        reset: Option<u64>,
        now: Instant,
    ) -> Schedule {
        let mut schedule = Schedule::default();
        schedule.observe(seen(limit, remaining, reset), None, now);
        schedule
    }

    fn pace(schedule: &mut Schedule, now: Instant) -> Duration {
        schedule.pace(now, 0.2, Duration::MAX).wait
    }

    fn paces(schedule: &mut Schedule, now: Instant, count: usize) -> Vec<Duration> {
        (0..count).map(|_| pace(schedule, now)).collect()
    }

    #[test]
    fn nothing_waits_before_the_first_answer_or_above_the_reserve() {
        let now = Instant::now();
        assert!(pace(&mut Schedule::default(), now).is_zero());
        let mut schedule = after(100, 30, Some(60), now);
        assert_eq!(paces(&mut schedule, now, 10), vec![Duration::ZERO; 10]);
    }

    #[test]
    fn below_the_reserve_the_rest_is_spread_evenly_to_the_end() {
        let now = Instant::now();
        let mut schedule = after(100, 5, Some(50), now);
        let expected: Vec<_> = (0..5).map(|turn| turn * 10 * SECOND).collect();
        assert_eq!(paces(&mut schedule, now, 5), expected);
        // The window is used up: the next ones start after it, and not all at once.
        let gap = WINDOW / 100;
        assert_eq!(
            paces(&mut schedule, now, 3),
            [50 * SECOND, 50 * SECOND + gap, 50 * SECOND + 2 * gap]
        );
    }

    #[test]
    fn callers_at_the_same_time_are_counted() {
        let now = Instant::now();
        let mut schedule = after(10, 4, Some(60), now);
        // Two are above the reserve of two, then each has to wait for its turn.
        let waits = paces(&mut schedule, now, 4);
        assert!(waits[0].is_zero() && waits[1].is_zero());
        assert!(waits[3] > waits[2], "{waits:?}");
    }

    #[test]
    fn what_is_older_than_its_window_is_forgotten() {
        let now = Instant::now();
        for reset in [Some(60), None] {
            let mut schedule = after(100, 0, reset, now);
            assert_eq!(pace(&mut schedule.clone(), now), 60 * SECOND);
            assert!(pace(&mut schedule, now + 60 * SECOND).is_zero());
            assert!(schedule.window.is_none());
        }
    }

    #[test]
    fn an_answer_that_comes_late_gives_nothing_back() {
        let now = Instant::now();
        for reset in [Some(30), None] {
            let mut schedule = after(100, 3, reset, now);
            schedule.observe(seen(100, 40, reset), None, now + SECOND);
            assert_eq!(schedule.window.unwrap().remaining, 3);
        }
    }

    #[test]
    fn a_new_window_starts_afresh() {
        let now = Instant::now();
        for (reset, later) in [(Some(30), Some(60)), (None, None)] {
            let mut schedule = after(100, 0, reset, now);
            schedule.observe(seen(100, 99, later), None, now + 20 * SECOND);
            assert!(pace(&mut schedule, now + 20 * SECOND).is_zero());
        }
    }

    #[test]
    fn a_429_ends_its_window_with_its_retry_after() {
        let now = Instant::now();
        let mut schedule = after(700, 9, None, now);
        schedule.observe(seen(700, 0, None), Some(SECOND), now);
        assert_eq!(pace(&mut schedule, now), SECOND);
        // A hostile one is a minute at most.
        let mut schedule = Schedule::default();
        schedule.observe(seen(700, 0, None), Some(Duration::MAX), now);
        assert_eq!(pace(&mut schedule, now), WINDOW);
    }

    #[test]
    fn no_place_is_further_off_than_the_longest_wait() {
        let now = Instant::now();
        let mut schedule = after(10, 0, Some(30), now);
        let longest = 40 * SECOND;
        for _ in 0..100 {
            assert!(schedule.pace(now, 0.2, longest).wait <= longest);
        }
        let next_start = schedule.window.unwrap().next_start;
        assert_eq!(next_start, now + longest);
        // Whoever can wait longer is not behind those who could not.
        assert_eq!(pace(&mut schedule, now), longest);
    }

    #[test]
    fn places_that_are_given_back_are_given_again_in_any_order() {
        let now = Instant::now();
        for (remaining, reverse) in [(0, false), (0, true), (5, false), (5, true), (9, true)] {
            let mut schedule = after(10, remaining, Some(50), now);
            let before = paces(&mut schedule.clone(), now, 12);
            let mut turns: Vec<_> = (0..12)
                .map(|_| schedule.pace(now, 0.2, Duration::MAX))
                .collect();
            if reverse {
                turns.reverse();
            }
            turns.into_iter().for_each(|turn| schedule.give_back(turn));
            assert_eq!(schedule.window.unwrap().remaining, remaining);
            assert_eq!(paces(&mut schedule, now, 12), before);
        }
    }

    #[test]
    fn what_is_given_back_is_never_more_than_the_server_said() {
        let now = Instant::now();
        let mut schedule = after(10, 8, Some(50), now);
        let turn = schedule.pace(now, 0.2, Duration::MAX);
        schedule.observe(seen(10, 3, Some(50)), None, now);
        schedule.give_back(turn);
        assert_eq!(schedule.window.unwrap().remaining, 3);
        // Nor is it another window's.
        schedule.observe(seen(10, 7, Some(60)), None, now);
        assert!(!schedule.stands(turn));
        schedule.give_back(turn);
        assert_eq!(schedule.window.unwrap().remaining, 7);
    }

    #[test]
    fn a_429_without_numbers_closes_the_window() {
        let now = Instant::now();
        let mut schedule = Schedule::default();
        schedule.observe(schedule.used_up(), Some(20 * SECOND), now);
        assert_eq!(paces(&mut schedule, now, 2), [20 * SECOND, 21 * SECOND]);
        let mut schedule = after(700, 650, Some(50), now);
        schedule.observe(schedule.used_up(), Some(20 * SECOND), now);
        assert_eq!(pace(&mut schedule, now), 20 * SECOND);
        assert_eq!(schedule.window.unwrap().limit, 700);
    }
}
