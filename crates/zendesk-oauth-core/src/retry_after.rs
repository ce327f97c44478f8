//! `Retry-After`: how long the server asks us to wait.

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};

/// The value of a `Retry-After` header (RFC 9110, 10.2.3). Zendesk sends seconds with each 429 (its
/// rate-limit page); a proxy in between may send a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryAfter {
    /// Wait this long, in whole seconds.
    Delay(Duration),
    /// Wait until then.
    At(SystemTime),
}

impl RetryAfter {
    /// The longest wait that [`RetryAfter::delay`] returns: a year, so that adding it to a clock
    /// cannot overflow.
    pub const MAX_DELAY: Duration = Duration::from_secs(365 * 24 * 60 * 60);

    /// Reads a header value: digits, or a date in one of the three forms of RFC 9110, 5.6.7.
    /// Anything else is `None`.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let value = value.trim();
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            // More digits than fit can only mean "very long".
            let seconds = value.parse().unwrap_or(u64::MAX);
            return Some(Self::Delay(Duration::from_secs(seconds)));
        }
        httpdate::parse_http_date(value).ok().map(Self::At)
    }

    /// How long to wait from `now`: zero for a date in the past, at most [`RetryAfter::MAX_DELAY`].
    #[must_use]
    pub fn delay(self, now: SystemTime) -> Duration {
        match self {
            Self::Delay(delay) => delay,
            Self::At(then) => then.duration_since(now).unwrap_or(Duration::ZERO),
        }
        .min(Self::MAX_DELAY)
    }

    pub(crate) fn from_headers(headers: &HeaderMap) -> Option<Self> {
        Self::parse(headers.get(RETRY_AFTER)?.to_str().ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn seconds_are_a_delay_whatever_the_clock_says() {
        let wait = RetryAfter::parse(" 93 ").unwrap();
        assert_eq!(wait, RetryAfter::Delay(93 * SECOND));
        assert_eq!(wait.delay(SystemTime::UNIX_EPOCH), 93 * SECOND);
        assert_eq!(
            RetryAfter::parse("0").unwrap().delay(SystemTime::now()),
            Duration::ZERO
        );
    }

    #[test]
    fn a_date_is_a_delay_from_now_and_never_negative() {
        let noon = SystemTime::UNIX_EPOCH + 784_111_777 * SECOND;
        for date in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            let wait = RetryAfter::parse(date).unwrap();
            assert_eq!(wait, RetryAfter::At(noon));
            assert_eq!(wait.delay(noon - 5 * SECOND), 5 * SECOND);
            assert_eq!(wait.delay(noon + SECOND), Duration::ZERO);
        }
    }

    #[test]
    fn absurd_values_neither_overflow_nor_panic() {
        let forever = "9".repeat(400);
        for value in [
            forever.as_str(),
            "18446744073709551615",
            "Fri, 31 Dec 9999 23:59:59 GMT",
        ] {
            let delay = RetryAfter::parse(value)
                .unwrap()
                .delay(SystemTime::UNIX_EPOCH);
            assert_eq!(delay, RetryAfter::MAX_DELAY);
        }
        for value in ["", "-1", "1.5", "soon", "+5", "0x10", "١"] {
            assert_eq!(RetryAfter::parse(value), None, "{value}");
        }
    }
}
