//! `RateLimit`: what the headers of an answer say of the rate limit.

use std::time::Duration;

use reqwest::header::HeaderMap;

/// The headers' names, newest first. Zendesk's rate-limit page names `ratelimit-*` and
/// `x-rate-limit*`; `rate-limit*` was observed.
const LIMIT: [&str; 4] = [
    "ratelimit-limit",
    "rate-limit",
    "rate-limit-limit",
    "x-rate-limit",
];
const REMAINING: [&str; 3] = [
    "ratelimit-remaining",
    "rate-limit-remaining",
    "x-rate-limit-remaining",
];
const RESET: [&str; 2] = ["ratelimit-reset", "rate-limit-reset"];

/// Zendesk's limits are per minute; anything longer than an hour is not one of them.
const LONGEST_RESET: u32 = 3600;

/// How many requests are left, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RateLimit {
    /// Requests per window; never 0.
    pub(super) limit: u32,
    /// What is left of them; at most `limit`.
    pub(super) remaining: u32,
    /// When the window ends, if the server says so.
    pub(super) reset: Option<Duration>,
}

impl RateLimit {
    /// What the headers say, if they say limit and rest in whole numbers.
    pub(super) fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let limit = first_number(headers, &LIMIT).filter(|limit| *limit > 0)?;
        let remaining = first_number(headers, &REMAINING)?.min(limit);
        let reset = first_number(headers, &RESET)
            .filter(|seconds| *seconds <= LONGEST_RESET)
            .map(|seconds| Duration::from_secs(seconds.into()));
        Some(Self {
            limit,
            remaining,
            reset,
        })
    }
}

fn first_number(headers: &HeaderMap, names: &[&str]) -> Option<u32> {
    names
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok()?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    fn read(headers: &[(&str, &str)]) -> Option<RateLimit> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(
                HeaderName::from_bytes(name.as_bytes()).unwrap(),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        RateLimit::from_headers(&map)
    }

    #[test]
    fn each_spelling_is_read() {
        for (limit, remaining, reset) in [
            ("ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"),
            ("rate-limit", "rate-limit-remaining", "rate-limit-reset"),
            ("X-Rate-Limit", "X-Rate-Limit-Remaining", "ratelimit-reset"),
        ] {
            let expected = RateLimit {
                limit: 700,
                remaining: 12,
                reset: Some(Duration::from_secs(41)),
            };
            let headers = [(limit, "700"), (remaining, " 12"), (reset, "41")];
            assert_eq!(read(&headers), Some(expected));
            let without = RateLimit {
                reset: None,
                ..expected
            };
            assert_eq!(read(&headers[..2]), Some(without));
        }
    }

    #[test]
    fn what_is_no_sensible_number_is_ignored() {
        for bad in [
            "",
            "-1",
            "NaN",
            "1e3",
            "1.5",
            "many",
            "99999999999999999999",
        ] {
            let limit = ("ratelimit-limit", "10");
            let remaining = ("ratelimit-remaining", "5");
            assert_eq!(read(&[("ratelimit-limit", bad), remaining]), None, "{bad}");
            assert_eq!(read(&[limit, ("ratelimit-remaining", bad)]), None, "{bad}");
            let all = read(&[limit, remaining, ("ratelimit-reset", bad)]);
            assert_eq!(all.unwrap().reset, None, "{bad}");
        }
        assert_eq!(
            read(&[("ratelimit-limit", "0"), ("ratelimit-remaining", "0")]),
            None
        );
        let more = read(&[("ratelimit-limit", "5"), ("ratelimit-remaining", "9")]);
        assert_eq!(more.unwrap().remaining, 5);
        let late = read(&[
            ("ratelimit-limit", "5"),
            ("ratelimit-remaining", "5"),
            ("ratelimit-reset", "4294967295"),
        ]);
        assert_eq!(late.unwrap().reset, None);
    }
}
