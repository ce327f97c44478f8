//! `Pacing`: what a transport asks before each attempt, and tells each answer.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use reqwest::header::HeaderMap;

use super::rate_limit::RateLimit;
use super::schedule::{Schedule, Turn};

/// Slows calls down before the server's rate limit is reached; off unless
/// [`TransportBuilder::pacing`](crate::TransportBuilder::pacing) sets it.
///
/// It reads the headers in which Zendesk says how much of the limit is left (`ratelimit-limit`,
/// `-remaining`, `-reset`, and the older `x-rate-limit`, `x-rate-limit-remaining`). Once less than
/// the reserve is left, calls are spread evenly over the rest of the window, which is a minute
/// unless the server says otherwise. Calls that run at the same time are counted, and one that is
/// dropped while it waits gives its place back. A 429 closes the window until its `Retry-After`.
/// Before the first answer, and after a window has passed without one, nothing waits.
///
/// A clone shares what was learned. Areas have limits of their own, so each wants its own pacing.
///
/// ```
/// use std::time::Duration;
/// use zendesk_oauth_core::Pacing;
///
/// let pacing = Pacing::new().reserve(0.5).max_wait(Duration::from_secs(10));
/// ```
#[derive(Clone)]
#[must_use = "pacing does nothing until a transport has it"]
pub struct Pacing {
    reserve: f64,
    max_wait: Duration,
    schedule: Arc<Mutex<Schedule>>,
}

impl Pacing {
    /// Pacing that begins when a fifth of the limit is left, and waits at most a minute.
    pub fn new() -> Self {
        Self {
            reserve: 0.2,
            max_wait: Duration::from_secs(60),
            schedule: Arc::default(),
        }
    }

    /// The share of the limit, from 0.0 to 1.0, at which calls begin to slow down. With 0.0 they
    /// wait only when nothing is left; with 1.0 they are always spread. What is no number changes
    /// nothing.
    pub fn reserve(mut self, share: f64) -> Self {
        if !share.is_nan() {
            self.reserve = share.clamp(0.0, 1.0);
        }
        self
    }

    /// The longest wait before one attempt. A call that would have to wait longer goes out then,
    /// and may meet a 429.
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// Pacing with the same settings that has learned nothing, for another area.
    pub fn apart(&self) -> Self {
        Self {
            schedule: Arc::default(),
            ..self.clone()
        }
    }

    /// Takes a place for one attempt that has `waited` for others before.
    pub(crate) fn place(&self, now: Instant, waited: Duration) -> Place<'_> {
        let longest = self.max_wait.saturating_sub(waited);
        let turn = self.schedule().pace(now, self.reserve, longest);
        Place {
            pacing: self,
            turn,
            is_used: false,
        }
    }

    /// Learns from an answer. `retry_after` is that of a 429.
    pub(crate) fn observe(&self, headers: &HeaderMap, retry_after: Option<Duration>, now: Instant) {
        let seen = RateLimit::from_headers(headers);
        if seen.is_none() && retry_after.is_none() {
            return;
        }
        let mut schedule = self.schedule();
        let seen = seen.unwrap_or_else(|| schedule.used_up());
        schedule.observe(seen, retry_after, now);
    }

    fn schedule(&self) -> MutexGuard<'_, Schedule> {
        self.schedule.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place for one attempt. It goes back if it is dropped unused, as when the call is cancelled.
pub(crate) struct Place<'a> {
    pacing: &'a Pacing,
    turn: Turn,
    is_used: bool,
}

impl Place<'_> {
    /// How long the attempt has to wait.
    pub(crate) fn wait(&self) -> Duration {
        self.turn.wait
    }

    /// Whether it still counts: no other window has begun since it was taken.
    pub(crate) fn stands(&self) -> bool {
        self.pacing.schedule().stands(self.turn)
    }

    /// The attempt is sent.
    pub(crate) fn take(mut self) {
        self.is_used = true;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if !self.is_used {
            self.pacing.schedule().give_back(self.turn);
        }
    }
}

impl Default for Pacing {
    /// [`Pacing::new`].
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Pacing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pacing")
            .field("reserve", &self.reserve)
            .field("max_wait", &self.max_wait)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(remaining: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-rate-limit", "100".parse().unwrap());
        headers.insert("x-rate-limit-remaining", remaining.parse().unwrap());
        headers
    }

    #[test]
    fn a_clone_shares_what_was_learned_and_no_wait_is_over_the_longest() {
        let now = Instant::now();
        let pacing = Pacing::new().max_wait(Duration::from_secs(5));
        pacing.clone().observe(&headers("0"), None, now);
        assert_eq!(
            pacing.place(now, Duration::ZERO).wait(),
            Duration::from_secs(5)
        );
        // What was waited before counts.
        let waited = Duration::from_secs(4);
        assert_eq!(pacing.place(now, waited).wait(), Duration::from_secs(1));
    }

    #[test]
    fn pacing_apart_has_the_settings_and_has_learned_nothing() {
        let now = Instant::now();
        let pacing = Pacing::new().reserve(1.0).max_wait(Duration::from_secs(5));
        pacing.observe(&headers("0"), None, now);
        let apart = pacing.apart();
        assert!(apart.place(now, Duration::ZERO).wait().is_zero());
        assert_eq!(
            format!("{apart:?}"),
            "Pacing { reserve: 1.0, max_wait: 5s, .. }"
        );
        // What it learns stays with it.
        apart.observe(&headers("100"), None, now);
        assert!(!pacing.place(now, Duration::ZERO).wait().is_zero());
    }

    #[test]
    fn a_place_is_taken_or_goes_back_and_stands_while_its_window_does() {
        let now = Instant::now();
        let wait = |pacing: &Pacing| pacing.place(now, Duration::ZERO).wait();
        let pacing = Pacing::new();
        pacing.observe(&headers("10"), None, now);
        drop(pacing.place(now, Duration::ZERO));
        assert!(wait(&pacing).is_zero());
        let place = pacing.place(now, Duration::ZERO);
        assert!(place.stands());
        place.take();
        assert_eq!(wait(&pacing), Duration::from_secs(6));
        let place = pacing.place(now, Duration::ZERO);
        pacing.observe(&headers("99"), None, now);
        assert!(!place.stands());
    }

    #[test]
    fn the_reserve_is_a_share_whatever_number_is_given() {
        let now = Instant::now();
        let waits = |reserve: f64| {
            let pacing = Pacing::new().reserve(reserve);
            pacing.observe(&headers("50"), None, now);
            pacing.place(now, Duration::ZERO).take();
            !pacing.place(now, Duration::ZERO).wait().is_zero()
        };
        for (reserve, expected) in [
            (0.2, false),
            (0.6, true),
            (f64::NAN, false),
            (f64::INFINITY, true),
            (-1.0, false),
        ] {
            assert_eq!(waits(reserve), expected, "{reserve}");
        }
    }
}
