//! When to refresh, and how long to wait. Randomness comes in as numbers from 0 to 1.

use std::time::{Duration, Instant, SystemTime};

use crate::token::Record;
use crate::token::current::Times;

/// The longest that a token is refreshed ahead of its end, unless somebody says otherwise.
const AHEAD: Duration = Duration::from_secs(5 * 60);
/// The first wait after a failure; it doubles.
const BACK_OFF: Duration = Duration::from_secs(1);
pub(in crate::token) const LONGEST_BACK_OFF: Duration = Duration::from_secs(60);
/// The longest that a server's `Retry-After` is heeded.
const LONGEST_ASKED: Duration = Duration::from_secs(60 * 60);
/// How often a store is looked at while it has no login, or one that ended.
pub(in crate::token) const LOOK_AGAIN: Duration = Duration::from_secs(3);

/// How long the access token of this record is still good; `None`: without end.
///
/// A clock that went back gives it no longer life than it was issued with. One that went forward
/// makes it look old: it is refreshed early then.
pub(in crate::token) fn seconds_left(record: &Record, now: SystemTime) -> Option<Duration> {
    let until = record.valid_until?;
    let left = until.duration_since(now).unwrap_or_default();
    Some(left.min(lifetime(record)?))
}

fn lifetime(record: &Record) -> Option<Duration> {
    let until = record.valid_until?;
    Some(until.duration_since(record.obtained_at).unwrap_or_default())
}

/// The times of a token by the monotonic clock. It is refreshed `ahead` of its end, by default 5
/// minutes or a third of its lifetime, never more than half of it; up to a quarter of that later, by
/// `random`, so that many do not come at once.
pub(in crate::token) fn times(
    record: &Record,
    ahead: Option<Duration>,
    now: (Instant, SystemTime),
    random: f64,
) -> Times {
    let (Some(left), Some(lifetime)) = (seconds_left(record, now.1), lifetime(record)) else {
        return Times {
            now: now.0,
            refresh_at: None,
            valid_until: None,
        };
    };
    let ahead = ahead.unwrap_or(AHEAD.min(lifetime / 3)).min(lifetime / 2);
    let ahead = ahead.mul_f64(1.0 - 0.25 * part(random));
    Times {
        now: now.0,
        refresh_at: now.0.checked_add(left.saturating_sub(ahead)),
        valid_until: now.0.checked_add(left),
    }
}

/// How long to wait after so many failures in a row: between half and all of a time that doubles
/// from 1 s to a minute, and no shorter than the server asked.
pub(in crate::token) fn back_off(failures: u32, asked: Option<Duration>, random: f64) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    let ceiling = (BACK_OFF * 2_u32.pow(doublings)).min(LONGEST_BACK_OFF);
    let wait = ceiling.mul_f64(0.5 + 0.5 * part(random));
    asked.map_or(wait, |asked| asked.min(LONGEST_ASKED) + wait)
}

/// How long to wait before the lease is asked for again: 50 to 150 ms.
pub(in crate::token) fn before_lease(random: f64) -> Duration {
    Duration::from_millis(50) + Duration::from_millis(100).mul_f64(part(random))
}

/// A number from 0 to 1, whatever came.
fn part(random: f64) -> f64 {
    if random.is_finite() {
        random.clamp(0.0, 1.0)
    } else {
        0.5
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::testing::{issued, noon};

    const MINUTE: Duration = Duration::from_secs(60);

    fn record(lasts: Duration) -> Record {
        let mut issued = issued(1, noon());
        issued.lifetime =
            crate::token::Lifetime::limited(lasts, crate::token::LifetimeSource::Answer);
        Record::new("my_app", "https://acme.zendesk.com", &issued)
    }

    #[test]
    fn a_token_is_refreshed_before_its_end() {
        let now = Instant::now();
        for (lifetime, asked, ahead) in [
            (30, None, 5),
            (9, None, 3),
            (30, Some(10), 10),
            (30, Some(60), 15),
        ] {
            let record = record(lifetime * MINUTE);
            let times = times(
                &record,
                asked.map(|ahead| ahead * MINUTE),
                (now, noon()),
                0.0,
            );
            let end = now + lifetime * MINUTE;
            assert_eq!(times.valid_until, Some(end));
            assert_eq!(times.refresh_at, Some(end - ahead * MINUTE), "{lifetime}");
            let late = super::times(
                &record,
                asked.map(|ahead| ahead * MINUTE),
                (now, noon()),
                1.0,
            );
            assert_eq!(late.refresh_at, Some(end - ahead * MINUTE * 3 / 4));
        }
    }

    #[test]
    fn a_clock_that_goes_back_gives_no_longer_life() {
        let record = record(30 * MINUTE);
        let left = |now| seconds_left(&record, now).unwrap();
        assert_eq!(left(noon() - 1000 * MINUTE), 30 * MINUTE);
        assert_eq!(left(noon() + 10 * MINUTE), 20 * MINUTE);
        assert_eq!(left(noon() + 1000 * MINUTE), Duration::ZERO);
    }

    #[test]
    fn a_missing_expiry_is_neither_yesterday_nor_an_error() {
        let mut record = record(MINUTE);
        record.valid_until = None;
        assert_eq!(seconds_left(&record, noon() + 1_000_000 * MINUTE), None);
        let times = times(&record, None, (Instant::now(), noon()), 0.5);
        assert_eq!((times.refresh_at, times.valid_until), (None, None));
    }

    #[test]
    fn waits_double_up_to_a_minute_and_heed_the_server() {
        let seconds = |failures, random| back_off(failures, None, random).as_secs_f64();
        assert_eq!((seconds(1, 0.0), seconds(1, 1.0)), (0.5, 1.0));
        assert_eq!((seconds(4, 0.0), seconds(4, 1.0)), (4.0, 8.0));
        assert_eq!((seconds(u32::MAX, 1.0), seconds(7, f64::NAN)), (60.0, 45.0));
        let asked = back_off(1, Some(93 * Duration::from_secs(1)), 0.0);
        assert_eq!(asked.as_secs_f64(), 93.5);
        assert!(back_off(1, Some(Duration::MAX), 1.0) < 2 * LONGEST_ASKED);
    }
}
