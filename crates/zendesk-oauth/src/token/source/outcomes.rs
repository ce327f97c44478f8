//! What flights came to, and how long to wait after those that failed.

use std::time::{Duration, Instant};

use reqwest::header::HeaderValue;

use super::Shared;
use crate::token::refresh::{self, LOOK_AGAIN};
use crate::token::{TokenError, TokenState};

impl Shared {
    pub(in crate::token) fn asked_to_wait(&self, wait: Option<Duration>) {
        self.known().asked_to_wait = wait;
    }

    /// The last failure, while it is too early for another look at the store.
    pub(in crate::token) fn failure_of_late(&self) -> Option<TokenError> {
        let known = self.known();
        let is_early = known
            .look_after
            .is_some_and(|time| self.clock.instant() < time);
        known.last_failure.clone().filter(|_| is_early)
    }

    /// The last failure, while it is too early for another request. It is what the flight under way
    /// comes to then.
    pub(in crate::token) fn hold_back(&self) -> Option<TokenError> {
        let mut known = self.known();
        let now = self.clock.instant();
        let failure = known.last_failure.clone()?;
        known.is_held_back = known.not_before.is_some_and(|time| now < time);
        known.is_held_back.then_some(failure)
    }

    /// Whether the flight under way was held back.
    pub(super) fn is_held_back(&self) -> bool {
        self.known().is_held_back
    }

    /// Before when nothing is sent.
    pub(in crate::token) fn not_before(&self) -> Option<Instant> {
        self.known().not_before
    }

    pub(in crate::token) fn flight_began(&self) {
        let mut known = self.known();
        (known.asked_to_wait, known.is_held_back) = (None, false);
        drop(known);
        self.publish(|state| state.is_refreshing = true);
    }

    /// A flight was cut off: another may begin at once.
    pub(in crate::token) fn flight_was_cut_off(&self) {
        self.flight_is_over(|_| {});
    }

    pub(in crate::token) fn flight_ended(&self, outcome: &Result<HeaderValue, TokenError>) {
        let now = self.clock.instant();
        let mut known = self.known();
        let error = match outcome {
            Ok(_) => {
                (known.failures, known.last_failure) = (0, None);
                (known.not_before, known.look_after) = (None, None);
                drop(known);
                return self.flight_is_over(|state| {
                    (state.failures, state.last_failure) = (0, None);
                });
            }
            Err(error) => error,
        };
        let wait = |wait: Duration| now.checked_add(wait).unwrap_or(now);
        known.look_after = Some(wait(LOOK_AGAIN));
        if known.is_held_back {
            drop(known);
            return self.flight_is_over(|_| {});
        }
        known.failures = known.failures.saturating_add(1);
        let pause = if error.has_no_login() {
            LOOK_AGAIN
        } else if error.is_lasting() {
            refresh::LONGEST_BACK_OFF
        } else {
            refresh::back_off(known.failures, known.asked_to_wait, self.random())
        };
        // A look at the store that fails does not shorten what the server asked for.
        known.not_before = known.not_before.max(Some(wait(pause)));
        known.look_after = known.look_after.min(known.not_before);
        known.last_failure = Some(error.clone());
        // It stays due until a flight succeeds: the next one has to look at the store, however good
        // the token looks.
        if let Some(times) = &mut known.times {
            times.refresh_at = Some(times.refresh_at.map_or(now, |time| time.min(now)));
        }
        let failures = known.failures;
        drop(known);
        self.flight_is_over(|state| state.failed(error, failures));
    }

    /// A claim has to end, whatever the flight came to: also one that was made while it landed. So this
    /// follows the landing.
    pub(in crate::token) fn end_claims(&self) {
        let known = self.known();
        let refresh_at = known.times.and_then(|times| times.refresh_at);
        if let Some(refresh_at) = refresh_at {
            let time = known
                .not_before
                .map_or(refresh_at, |time| time.max(refresh_at));
            self.refresh_again_at(time);
        }
    }

    fn flight_is_over(&self, change: impl FnOnce(&mut TokenState)) {
        self.publish(|state| {
            state.is_refreshing = false;
            state.waiting_for = None;
            change(state);
        });
    }
}
