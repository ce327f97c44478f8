//! Times and scopes, as `login` and `status` say them.

use std::time::SystemTime;

use jiff::Timestamp;

/// The time in UTC, to the second.
pub(super) fn time(time: SystemTime) -> Option<String> {
    let time = Timestamp::try_from(time).ok()?;
    let time = Timestamp::from_second(time.as_second()).ok()?;
    Some(time.to_string())
}

/// Scopes that are written with blanks between.
pub(super) fn scopes(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(crate::text::printable)
        .collect()
}
