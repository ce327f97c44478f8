//! `Retry-After`: how long the server asks us to wait.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

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

    /// The header that asks for the longest wait; a proxy may have added one. A date is a delay from
    /// the answer's own `Date` (RFC 9110, 6.6.1), if it has one: our clock may differ from the
    /// server's. If it has none, dates are compared with delays at `now`.
    pub(crate) fn from_headers(headers: &HeaderMap, now: SystemTime) -> Option<Self> {
        let date = headers
            .get(DATE)
            .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
        let values = headers.get_all(RETRY_AFTER).iter();
        values
            .filter_map(|value| Self::parse(value.to_str().ok()?))
            .map(|wait| date.map_or(wait, |date| Self::Delay(wait.delay(date))))
            .max_by_key(|wait| wait.delay(now))
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
    fn the_longest_of_several_headers_counts() {
        let now = SystemTime::UNIX_EPOCH + 784_111_777 * SECOND;
        let mut headers = HeaderMap::new();
        assert_eq!(RetryAfter::from_headers(&headers, now), None);
        for value in ["soon", "3", "7", "5"] {
            headers.append(RETRY_AFTER, value.parse().unwrap());
        }
        let seven = RetryAfter::Delay(7 * SECOND);
        assert_eq!(RetryAfter::from_headers(&headers, now), Some(seven));
        let date = "Sun, 06 Nov 1994 08:49:45 GMT";
        headers.append(RETRY_AFTER, date.parse().unwrap());
        let date = RetryAfter::At(now + 8 * SECOND);
        assert_eq!(RetryAfter::from_headers(&headers, now), Some(date));
        let later = now + 2 * SECOND;
        assert_eq!(RetryAfter::from_headers(&headers, later), Some(seven));
    }

    #[test]
    fn a_date_is_a_delay_from_the_date_of_its_answer() {
        let far_off = SystemTime::UNIX_EPOCH;
        let mut headers = HeaderMap::new();
        headers.insert(DATE, "Sun, 06 Nov 1994 08:49:37 GMT".parse().unwrap());
        let date = "Sun, 06 Nov 1994 08:49:45 GMT";
        headers.insert(RETRY_AFTER, date.parse().unwrap());
        let eight = RetryAfter::Delay(8 * SECOND);
        assert_eq!(RetryAfter::from_headers(&headers, far_off), Some(eight));
        headers.append(RETRY_AFTER, "5".parse().unwrap());
        assert_eq!(RetryAfter::from_headers(&headers, far_off), Some(eight));
        // A date that is none says nothing.
        headers.insert(DATE, "yesterday".parse().unwrap());
        let seen = RetryAfter::from_headers(&headers, far_off).unwrap();
        assert!(matches!(seen, RetryAfter::At(_)), "{seen:?}");
    }

    #[test]
    fn nobody_waits_longer_than_a_year() {
        let year = 31_536_000 * SECOND;
        let delay = |seconds| RetryAfter::Delay(seconds).delay(SystemTime::UNIX_EPOCH);
        assert_eq!(delay(year), year);
        assert_eq!(delay(year + SECOND), year);
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
