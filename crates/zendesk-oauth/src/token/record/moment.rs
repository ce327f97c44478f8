//! Points in time as text.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

/// As RFC 3339, in UTC.
pub(super) fn text(time: SystemTime) -> String {
    let outside = if time < UNIX_EPOCH {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    // Before the year -9999 or after 9999 there is nothing to tell.
    Timestamp::try_from(time).unwrap_or(outside).to_string()
}

/// From RFC 3339.
pub(super) fn parse(text: &str) -> Option<SystemTime> {
    let time: Timestamp = text.parse().ok()?;
    let since = time.as_duration();
    // Not every system has times as old.
    if since.is_negative() {
        UNIX_EPOCH.checked_sub(since.unsigned_abs())
    } else {
        UNIX_EPOCH.checked_add(since.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_is_too_long_ago_stays_long_ago_and_what_is_too_far_stays_far() {
        let beyond = Duration::from_secs(900_000_000_000);
        for (time, is_past) in [(UNIX_EPOCH - beyond, true), (UNIX_EPOCH + beyond, false)] {
            let read = parse(&text(time)).unwrap();
            assert_eq!(read < UNIX_EPOCH, is_past, "{}", text(time));
            assert_eq!(text(read), text(time));
        }
        for time in [
            UNIX_EPOCH - Duration::from_nanos(1),
            UNIX_EPOCH + Duration::from_nanos(1),
        ] {
            assert_eq!(parse(&text(time)), Some(time));
        }
    }
}
