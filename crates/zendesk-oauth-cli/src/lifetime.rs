//! How long a token is to last, as a person writes it.

use std::time::Duration;

use jiff::{Span, SpanRelativeTo};

/// Reads `30m`, `48h`, `30d` or `PT30M`. Whether Zendesk takes it is for the request to say.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let unfit = || "write it as 30m, 48h or 30d".to_owned();
    let span: Span = text.parse().map_err(|_| unfit())?;
    // A month has no length of its own.
    let length = span
        .to_duration(SpanRelativeTo::days_are_24_hours())
        .map_err(|_| unfit())?;
    length.try_into().map_err(|_| unfit())
}

/// As [`parse`], for a time to wait: a plain number is one of seconds.
pub(crate) fn seconds(text: &str) -> Result<u64, String> {
    let wanted = "write it as 90, 90s or 5m; a plain number is one of seconds";
    Ok(number_of(text, 1, wanted)?.as_secs())
}

/// The same, of a time that a request may take.
pub(crate) fn of_request(text: &str) -> Result<u64, String> {
    match seconds(text)? {
        length @ 1..=300 => Ok(length),
        _ => Err("it is from 1s to 5m".to_owned()),
    }
}

/// The same, of days: for an age. What is left of a day is a day.
pub(crate) fn days(text: &str) -> Result<u32, String> {
    const DAY: u64 = 86_400;
    let wanted = "write it as 90, 90d or 12w; a plain number is one of days";
    let seconds = number_of(text, DAY, wanted)?.as_secs();
    u32::try_from(seconds.div_ceil(DAY)).map_err(|_| wanted.to_owned())
}

fn number_of(text: &str, unit: u64, wanted: &str) -> Result<Duration, String> {
    let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let length = if is_number {
        let number = text.parse().ok().and_then(|it: u64| it.checked_mul(unit));
        number.map(Duration::from_secs)
    } else {
        parse(text).ok()
    };
    length.ok_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_number_has_the_unit_of_its_argument() {
        for (text, length) in [("5", 5), ("5s", 5), ("1m", 60), ("0", 0), ("1h 30m", 5_400)] {
            assert_eq!(seconds(text), Ok(length), "{text}");
        }
        assert_eq!(of_request("5m"), Ok(300));
        assert!(of_request("0").is_err() && of_request("301").is_err());
        for (text, length) in [("90", 90), ("90d", 90), ("12w", 84), ("25h", 2)] {
            assert_eq!(days(text), Ok(length), "{text}");
        }
        for text in ["", "-5", "soon", "99999999999999999999"] {
            assert!(seconds(text).is_err() && days(text).is_err(), "{text}");
        }
    }

    #[test]
    fn lifetimes_are_read_as_people_write_them() {
        for (text, seconds) in [
            ("30m", 1_800),
            ("48h", 172_800),
            ("30d", 2_592_000),
            ("2 weeks", 1_209_600),
            ("1h 30m", 5_400),
            ("PT30M", 1_800),
            ("0s", 0),
        ] {
            assert_eq!(parse(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
    }

    #[test]
    fn what_is_no_length_of_time_is_refused() {
        for text in ["", "30", "-30m", "1 month", "soon", "999999999999999y"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
