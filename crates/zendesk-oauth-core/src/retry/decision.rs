//! `Decision`: whether a failed call is made again, a pure function of what is known.

use std::time::Duration;

use reqwest::StatusCode;

use super::{FailedAttempt, Failure, RetryPolicy};

/// What happens after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decision {
    /// The call ends with this failure.
    Stop(
        /// Why.
        StopReason,
    ),
    /// The next attempt begins after this wait.
    Wait(
        /// How long.
        Duration,
    ),
}

/// Why a failed call is not made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StopReason {
    /// It would fail the same way.
    NotTransient,
    /// Repeating the operation may do harm, and the caller did not say otherwise.
    NotIdempotent,
    /// All attempts are used.
    Attempts,
    /// The server asks for a longer wait than the policy allows. Coming back earlier is no use.
    RetryAfterTooLong,
    /// The next attempt would begin too late.
    Elapsed,
    /// The [`RetryBudget`](super::RetryBudget) is empty.
    Budget,
    /// The request cannot be sent twice, because its body is a stream.
    NotRepeatable,
    /// The [`CredentialSource`](crate::CredentialSource) has none for the next attempt, or only
    /// those that the server rejected, or they may not be sent.
    Credentials,
}

impl StopReason {
    /// One word of a fixed list, for tracing.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::NotTransient => "not_transient",
            Self::NotIdempotent => "not_idempotent",
            Self::Attempts => "attempts",
            Self::RetryAfterTooLong => "retry_after_too_long",
            Self::Elapsed => "elapsed",
            Self::Budget => "budget",
            Self::NotRepeatable => "not_repeatable",
            Self::Credentials => "credentials",
        }
    }
}

/// How much longer the wait is after 429 without `Retry-After`. Zendesk counts by the minute, and
/// its own Ruby client then waits 10 seconds: twenty times the standard base delay.
const RATE_LIMITED_FACTOR: u32 = 20;

impl RetryPolicy {
    /// Whether a failed call is made again, and after which wait. `random` gives a number of
    /// `0.0..1.0` each time; it is asked at most once.
    ///
    /// The wait is `Retry-After`, if the server sent it, plus a jitter between zero and
    /// `base_delay * 2^(attempt - 1)`, and at most `max_delay`. After 429 without `Retry-After`
    /// the base is twenty times as long.
    ///
    /// ```
    /// use std::time::Duration;
    /// use zendesk_oauth_core::retry::{Decision, FailedAttempt, Failure, StopReason};
    /// use zendesk_oauth_core::{Operation, RetryPolicy};
    ///
    /// static LIST: Operation = Operation::new("list", "GET", "/tokens").idempotent();
    /// static CREATE: Operation = Operation::new("create", "POST", "/tokens");
    ///
    /// let policy = RetryPolicy::standard();
    /// let half = &mut || 0.5;
    /// let failed = FailedAttempt::first(&LIST, Failure::Connect).attempt(2);
    /// assert_eq!(policy.decide(&failed, half), Decision::Wait(Duration::from_millis(500)));
    ///
    /// let failed = failed.retry_after(Some(Duration::from_secs(9)));
    /// assert_eq!(policy.decide(&failed, half), Decision::Wait(Duration::from_millis(9_500)));
    ///
    /// let failed = FailedAttempt::first(&CREATE, Failure::Connect);
    /// assert_eq!(policy.decide(&failed, half), Decision::Stop(StopReason::NotIdempotent));
    /// ```
    pub fn decide(&self, failed: &FailedAttempt, random: &mut dyn FnMut() -> f64) -> Decision {
        if !failed.failure.is_transient() {
            return Decision::Stop(StopReason::NotTransient);
        }
        if !self.may_repeat(failed.operation) {
            return Decision::Stop(StopReason::NotIdempotent);
        }
        if failed.attempt >= self.attempts() {
            return Decision::Stop(StopReason::Attempts);
        }
        let floor = failed.retry_after.unwrap_or_default();
        if floor > self.longest_wait() {
            return Decision::Stop(StopReason::RetryAfterTooLong);
        }
        let jitter = part(self.ceiling(failed), random());
        let wait = floor.saturating_add(jitter).min(self.longest_wait());
        if failed.elapsed.saturating_add(wait) > self.longest_call() {
            return Decision::Stop(StopReason::Elapsed);
        }
        Decision::Wait(wait)
    }

    /// The longest jitter after this attempt.
    fn ceiling(&self, failed: &FailedAttempt) -> Duration {
        let is_rate_limit = failed.failure == Failure::Status(StatusCode::TOO_MANY_REQUESTS);
        let factor = match failed.retry_after {
            None if is_rate_limit => RATE_LIMITED_FACTOR,
            _ => 1,
        };
        let doublings = failed.attempt.saturating_sub(1);
        let power = 1_u32.checked_shl(doublings).unwrap_or(u32::MAX);
        self.base()
            .saturating_mul(factor)
            .saturating_mul(power)
            .min(self.longest_wait())
    }
}

/// `share` of `whole`, and never more than it, whatever number `share` is.
fn part(whole: Duration, share: f64) -> Duration {
    Duration::try_from_secs_f64(whole.as_secs_f64() * share.clamp(0.0, 1.0))
        // Not a number, or the rounding of the longest duration.
        .unwrap_or(if share > 0.0 { whole } else { Duration::ZERO })
        .min(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Operation;

    static SHOW: Operation = Operation::new("show", "GET", "/a").idempotent();

    const SECOND: Duration = Duration::from_secs(1);

    fn status(status: u16) -> Failure {
        Failure::Status(StatusCode::from_u16(status).unwrap())
    }

    fn decide(failed: FailedAttempt) -> Decision {
        RetryPolicy::standard().decide(&failed, &mut || 0.5)
    }

    #[test]
    fn each_stop_has_its_reason() {
        let failed = FailedAttempt::first(&SHOW, status(503));
        for (failed, reason) in [
            (
                FailedAttempt::first(&SHOW, status(500)),
                StopReason::NotTransient,
            ),
            (failed.attempt(4), StopReason::Attempts),
            (
                failed.retry_after(Some(121 * SECOND)),
                StopReason::RetryAfterTooLong,
            ),
            (failed.elapsed(300 * SECOND), StopReason::Elapsed),
        ] {
            assert_eq!(decide(failed), Decision::Stop(reason));
        }
        let never = RetryPolicy::never().decide(&failed, &mut || 0.5);
        assert_eq!(never, Decision::Stop(StopReason::Attempts));
    }

    #[test]
    fn the_longest_wait_that_is_allowed_is_waited() {
        let failed = FailedAttempt::first(&SHOW, status(429)).retry_after(Some(120 * SECOND));
        assert_eq!(decide(failed), Decision::Wait(120 * SECOND));
        assert_eq!(
            decide(failed.elapsed(180 * SECOND)),
            Decision::Wait(120 * SECOND)
        );
        let late = failed.elapsed(180 * SECOND + Duration::from_nanos(1));
        assert_eq!(decide(late), Decision::Stop(StopReason::Elapsed));
    }

    #[test]
    fn a_rate_limit_without_retry_after_is_waited_out_longer() {
        let wait = |code, retry_after| {
            decide(FailedAttempt::first(&SHOW, status(code)).retry_after(retry_after))
        };
        let quarter = Duration::from_millis(250);
        assert_eq!(wait(429, None), Decision::Wait(5 * SECOND));
        assert_eq!(wait(429, Some(SECOND)), Decision::Wait(SECOND + quarter));
        assert_eq!(wait(503, None), Decision::Wait(quarter));
    }

    #[test]
    fn a_share_is_never_more_than_the_whole() {
        for share in [f64::NAN, -1.0, 0.0] {
            assert_eq!(part(Duration::MAX, share), Duration::ZERO, "{share}");
        }
        for share in [1.0, 7.0, f64::INFINITY] {
            assert_eq!(part(Duration::MAX, share), Duration::MAX, "{share}");
            assert_eq!(part(SECOND, share), SECOND, "{share}");
        }
    }
}
