//! Times in a table: to the minute, in UTC.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// `2026-01-01 00:00` of a time as Zendesk writes them; of all else, what it is.
pub(super) fn short(cell: String) -> String {
    let mut bytes = cell.bytes();
    let begins_as_one = bytes.nth(4) == Some(b'-') && bytes.nth(5) == Some(b'T');
    if !begins_as_one {
        return cell;
    }
    match cell.parse::<Timestamp>() {
        Ok(time) => time
            .to_zoned(TimeZone::UTC)
            .strftime("%Y-%m-%d %H:%M")
            .to_string(),
        Err(_) => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_lose_their_seconds() {
        for (sent, shown) in [
            ("2026-01-01T00:00:00Z", "2026-01-01 00:00"),
            ("2026-01-01T00:59:59.999Z", "2026-01-01 00:59"),
            ("2026-01-01T00:30:00+02:00", "2025-12-31 22:30"),
            ("2026-01-01", "2026-01-01"),
            ("2026-01-01Tea", "2026-01-01Tea"),
            ("日本-日本T", "日本-日本T"),
            ("-", "-"),
        ] {
            assert_eq!(short(sent.to_owned()), shown);
        }
    }
}
