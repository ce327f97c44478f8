//! The read path of a source: what is served, until when, and who begins the refresh.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

#[path = "../src/token/current.rs"]
mod current;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use current::{Current, Reading, Times};
use reqwest::header::HeaderValue;

const SECOND: Duration = Duration::from_secs(1);

fn value(number: u64) -> HeaderValue {
    HeaderValue::from_str(&format!("Bearer CANARY-{number}")).unwrap()
}

/// Its refresh is due after 60 seconds, and its end comes after 90.
fn limited(now: Instant) -> Times {
    Times {
        now,
        refresh_at: Some(now + 60 * SECOND),
        valid_until: Some(now + 90 * SECOND),
    }
}

fn unlimited(now: Instant) -> Times {
    Times {
        now,
        refresh_at: None,
        valid_until: None,
    }
}

/// What both ways to read say, in short.
fn read(current: &Current, now: Instant) -> (Reading, Option<HeaderValue>) {
    let (header, due) = current.header(now);
    let reading = current.read(now);
    assert_eq!(header.is_some(), reading != Reading::Gone);
    assert_eq!(due, reading == Reading::Due);
    (reading, header)
}

#[test]
fn a_token_is_good_then_due_then_gone() {
    let (current, now) = (Current::new(), Instant::now());
    assert_eq!(read(&current, now), (Reading::Gone, None));
    assert_eq!(current.generation(), None);
    current.put(value(1), limited(now), 7);
    let nanosecond = Duration::from_nanos(1);
    for (after, expected) in [
        (Duration::ZERO, Reading::Good),
        (60 * SECOND - nanosecond, Reading::Good),
        (60 * SECOND, Reading::Due),
        (90 * SECOND - nanosecond, Reading::Due),
        (90 * SECOND, Reading::Gone),
        (9000 * SECOND, Reading::Gone),
    ] {
        let (reading, header) = read(&current, now + after);
        assert_eq!(reading, expected, "after {after:?}");
        assert_eq!(header, (reading != Reading::Gone).then(|| value(1)));
    }
    assert_eq!(current.generation(), Some(7));
    assert_eq!(current.served(), Some(value(1)));
    current.clear();
    assert_eq!(read(&current, now), (Reading::Gone, None));
}

#[test]
fn a_token_without_an_end_is_always_good() {
    let (current, now) = (Current::new(), Instant::now());
    current.put(value(1), unlimited(now), 1);
    let late = now + 1_000_000_000 * SECOND;
    assert_eq!(read(&current, late).0, Reading::Good);
    assert!(!current.claim_refresh(late));
}

#[test]
fn times_that_are_past_count_at_once() {
    let (current, now) = (Current::new(), Instant::now());
    let later = now + 60 * SECOND;
    let late = Times {
        now: later,
        ..limited(now)
    };
    current.put(value(1), late, 1);
    assert_eq!(read(&current, later).0, Reading::Due);
    current.put(
        value(1),
        Times {
            now: later,
            refresh_at: None,
            valid_until: Some(now),
        },
        1,
    );
    assert_eq!(read(&current, later).0, Reading::Gone);
}

#[test]
fn one_reader_claims_the_refresh_and_the_others_read_on() {
    let (current, now) = (Current::new(), Instant::now());
    current.put(value(1), limited(now), 1);
    assert!(!current.claim_refresh(now + 59 * SECOND));
    let due = now + 61 * SECOND;
    let claimed = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                if current.claim_refresh(due) {
                    claimed.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(claimed.into_inner(), 1);
    assert_eq!(read(&current, due).0, Reading::Good);
    assert_eq!(read(&current, now + 90 * SECOND).0, Reading::Gone);

    // It failed; another try is due later.
    let again = now + 70 * SECOND;
    current.refresh_again_at(1, again);
    assert_eq!(read(&current, again - SECOND).0, Reading::Good);
    assert_eq!(read(&current, again).0, Reading::Due);
    assert!(current.claim_refresh(again));
    // What failed was the refresh of this one, not of the next.
    current.put(value(2), limited(now), 2);
    current.refresh_again_at(1, now);
    assert_eq!(read(&current, now).0, Reading::Good);
}

#[test]
fn only_what_is_served_can_be_rejected() {
    let (current, now) = (Current::new(), Instant::now());
    assert!(!current.reject(&value(1)) && !current.is_served(&value(1)));
    current.put(value(1), limited(now), 1);
    for other in ["Bearer CANARY-", "Bearer CANARY-2", "Bearer CANARY-11", ""] {
        assert!(!current.reject(&HeaderValue::from_static(other)), "{other}");
    }
    assert_eq!(read(&current, now).0, Reading::Good);
    for _ in 0..2 {
        assert!(current.reject(&value(1)) && current.is_served(&value(1)));
        assert_eq!(read(&current, now), (Reading::Gone, None));
    }
    // It stays so when its refresh fails, and the next one is not touched.
    current.refresh_again_at(1, now);
    assert_eq!(read(&current, now).0, Reading::Gone);
    current.put(value(2), limited(now), 2);
    assert!(!current.reject(&value(1)));
    assert_eq!(read(&current, now), (Reading::Good, Some(value(2))));
}

#[test]
fn the_value_is_marked_sensitive() {
    let (current, now) = (Current::new(), Instant::now());
    let mut plain = value(1);
    plain.set_sensitive(false);
    current.put(plain, limited(now), 1);
    let served = current.header(now).0.unwrap();
    assert!(served.is_sensitive() && !format!("{served:?}").contains("CANARY"));
}

#[test]
fn readers_never_see_an_older_token_after_a_newer_one() {
    let (current, now) = (Current::new(), Instant::now());
    current.put(value(0), unlimited(now), 0);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut newest = 0;
                while !done.load(Ordering::Relaxed) {
                    let header = current.header(now).0.unwrap();
                    let number = header.to_str().unwrap().rsplit('-').next().unwrap();
                    let number: u64 = number.parse().unwrap();
                    assert!(number >= newest, "{number} after {newest}");
                    newest = number;
                }
            });
        }
        for number in 1..5_000 {
            current.put(value(number), unlimited(now), number);
        }
        done.store(true, Ordering::Relaxed);
    });
}
