//! `Retry-After` and the headers of the rate limit: lines `name: value`, as an answer has them.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use zendesk_oauth_core::client::Response;
use zendesk_oauth_core::retry::{Decision, FailedAttempt, Failure};
use zendesk_oauth_core::{Operation, RetryAfter, RetryPolicy};

static OPERATION: Operation = Operation::new("list_things", "GET", "/things").idempotent();

/// Short names, so that a change of a byte is no other name.
const NAMES: [(&str, HeaderName); 2] = [("r", RETRY_AFTER), ("d", DATE)];

/// The lines.
pub fn run(data: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in data.split(|byte| *byte == b'\n') {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            continue;
        };
        let (name, value) = (&line[..colon], &line[colon + 1..]);
        let known = NAMES.iter().find(|(short, _)| short.as_bytes() == name);
        let name = match known {
            Some((_, name)) => Ok(name.clone()),
            None => HeaderName::from_bytes(name),
        };
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value)) {
            headers.append(name, value);
        }
    }
    let response = Response::new(
        &OPERATION,
        StatusCode::TOO_MANY_REQUESTS,
        headers,
        Vec::new(),
    );
    let Some(wait) = response.retry_after() else {
        return;
    };
    let nearest = SystemTime::UNIX_EPOCH;
    let farthest = nearest + Duration::from_secs(200 * 365 * 24 * 60 * 60);
    for now in [nearest, SystemTime::now(), farthest] {
        let delay = wait.delay(now);
        assert!(delay <= RetryAfter::MAX_DELAY, "{wait:?}");
        // What callers do with it.
        let _ = now + delay;
        for random in [0.0, 0.5, f64::from_bits(1.0_f64.to_bits() - 1)] {
            for elapsed in [Duration::ZERO, Duration::from_secs(300), Duration::MAX] {
                let failed = FailedAttempt::first(&OPERATION, Failure::Status(response.status()))
                    .retry_after(Some(delay))
                    .elapsed(elapsed);
                let decided = RetryPolicy::standard().decide(&failed, &mut || random);
                if let Decision::Wait(it) = decided {
                    assert!(it >= delay && it <= Duration::from_secs(120), "{it:?}");
                    assert!(elapsed + it <= Duration::from_secs(300), "{it:?}");
                }
            }
        }
    }
}
