//! The `Date` header, by the virtual clock.

use std::time::{Duration, SystemTime};

use axum::http::HeaderValue;
use jiff::Timestamp;

/// The latest date that was written: most answers of a second, or of a clock that stands, share it.
#[derive(Default)]
pub(crate) struct Date {
    latest: Option<(i64, HeaderValue)>,
}

impl Date {
    /// The instant as RFC 9110, section 5.6.7, writes it. Instants before 1970 are shown as its beginning.
    pub(crate) fn at(&mut self, now: Timestamp) -> HeaderValue {
        let second = now.as_second().max(0);
        if let Some((latest, text)) = &self.latest
            && *latest == second
        {
            return text.clone();
        }
        let since = Duration::from_secs(second.unsigned_abs());
        let text = httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + since);
        let text = HeaderValue::try_from(text).expect("letters, digits and colons are a header");
        self.latest = Some((second, text.clone()));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instant_has_a_date() {
        let mut date = Date::default();
        let mut written = |text: &str| date.at(text.parse().unwrap());
        assert_eq!(
            written("2026-11-02T09:00:00Z"),
            "Mon, 02 Nov 2026 09:00:00 GMT"
        );
        assert_eq!(
            written("2026-11-02T09:00:01Z"),
            "Mon, 02 Nov 2026 09:00:01 GMT"
        );
        assert_eq!(
            written("-004000-01-01T00:00:00Z"),
            "Thu, 01 Jan 1970 00:00:00 GMT"
        );
        assert_eq!(date.at(Timestamp::MAX), "Thu, 30 Dec 9999 22:00:00 GMT");
        assert_eq!(date.at(Timestamp::MIN), "Thu, 01 Jan 1970 00:00:00 GMT");
    }
}
