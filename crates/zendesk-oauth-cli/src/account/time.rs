//! Times as an account gives them: its clock in each answer, and the times that its records have.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap};

/// The time of an answer, where the account is: its `Date` (RFC 9110, 6.6.1).
pub(crate) fn server_time(headers: &HeaderMap) -> Option<Timestamp> {
    let text = headers.get(DATE)?.to_str().ok()?;
    DateTimeParser::new().parse_timestamp(text).ok()
}

/// As [`server_time`], since this machine's clock may be wrong; this machine's if the answer has none.
pub(crate) fn account_time(headers: &HeaderMap) -> Timestamp {
    server_time(headers).unwrap_or_else(Timestamp::now)
}

/// A time that a record has, has not, or has in a form that cannot be read. The last is neither of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    At(Timestamp),
    Never,
    Unreadable,
}

impl Moment {
    pub(crate) fn of(written: Option<&zendesk_oauth::Timestamp>) -> Self {
        let Some(written) = written else {
            return Self::Never;
        };
        let read = written.to_system_time();
        let read = read.and_then(|it| Timestamp::try_from(it).ok());
        read.map_or(Self::Unreadable, Self::At)
    }

    /// The time, if there is one and it can be read.
    pub(crate) fn at(self) -> Option<Timestamp> {
        match self {
            Self::At(at) => Some(at),
            Self::Never | Self::Unreadable => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(date: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(DATE, date.parse().expect("a value"));
        headers
    }

    #[test]
    fn the_date_of_an_answer_is_read_as_http_writes_it() {
        let headers = dated("Mon, 02 Nov 2026 09:00:00 GMT");
        let date = server_time(&headers).expect("a date");
        assert_eq!(date.to_string(), "2026-11-02T09:00:00Z");
        assert_eq!(account_time(&headers), date);
    }

    #[test]
    fn without_a_date_it_is_this_machine_s_time() {
        let before = Timestamp::now();
        for headers in [HeaderMap::new(), dated("soon")] {
            assert_eq!(server_time(&headers), None);
            assert!(account_time(&headers) >= before);
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_missing() {
        let moment = |text: &str| Moment::of(Some(&zendesk_oauth::Timestamp::from(text)));
        let at = "2026-11-02T09:00:00Z".parse().expect("an instant");
        assert_eq!(moment("2026-11-02T09:00:00Z"), Moment::At(at));
        assert_eq!(moment("soon"), Moment::Unreadable);
        assert_eq!(moment(""), Moment::Unreadable);
        assert_eq!(Moment::of(None), Moment::Never);
        assert_eq!(Moment::Unreadable.at(), None);
    }
}
