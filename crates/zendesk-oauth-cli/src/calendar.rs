//! What Zendesk ends when, and how far away that is by the account's own date.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

/// A day that changes what works.
pub(crate) struct Deadline {
    pub(crate) day: Date,
    /// What happens then.
    pub(crate) what: &'static str,
    /// Where Zendesk says so.
    pub(crate) source: &'static str,
    pub(crate) concerns: Concern,
}

/// Which setups a deadline is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Concern {
    /// Those that have an API token and do not use it.
    IdleApiTokens,
    /// Those that use an API token, as they can get no other.
    ReplacingApiToken,
    /// Those whose access tokens do not expire.
    EndlessTokens,
    /// Those that use an API token.
    ApiTokens,
}

/// All API tokens stop.
pub(crate) static API_TOKENS_STOP: Deadline = Deadline {
    day: date(2027, 4, 30),
    what: "all API tokens stop",
    source: "https://support.zendesk.com/hc/en-us/articles/10840968198042",
    concerns: Concern::ApiTokens,
};

/// The days that are still of use, in their order.
pub(crate) static DEADLINES: [&Deadline; 4] = [
    &Deadline {
        day: date(2026, 7, 28),
        what: "from then on API tokens that nobody uses for 30 days are deactivated",
        source: "https://support.zendesk.com/hc/en-us/articles/10840968198042",
        concerns: Concern::IdleApiTokens,
    },
    &Deadline {
        day: date(2026, 10, 27),
        what: "nobody can make API tokens any more",
        source: "https://developer.zendesk.com/documentation/api-basics/authentication/oauth-migration/",
        concerns: Concern::ReplacingApiToken,
    },
    &Deadline {
        day: date(2027, 4, 1),
        what: "tokens of OAuth clients that are older than 2026-04-30 expire, too, and have to be refreshed",
        source: "https://support.zendesk.com/hc/en-us/articles/9182123625370",
        concerns: Concern::EndlessTokens,
    },
    &API_TOKENS_STOP,
];

impl Deadline {
    /// How many days are left; 0 on the day itself, less than that afterwards.
    pub(crate) fn days_left(&self, now: Timestamp) -> i32 {
        let today = now.to_zoned(TimeZone::UTC).date();
        today.until(self.day).map_or(0, |span| span.get_days())
    }
}

/// `in 179 days`, `today`, `3 days ago`.
pub(crate) fn distance(days: i32) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "in 1 day".to_owned(),
        -1 => "1 day ago".to_owned(),
        2.. => format!("in {days} days"),
        _ => format!("{} days ago", days.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn days_are_counted_by_the_date_not_by_the_hour() {
        for (now, days) in [
            ("2026-11-02T09:00:00Z", 179),
            ("2027-04-29T23:59:59Z", 1),
            ("2027-04-30T00:00:00Z", 0),
            ("2027-04-30T23:59:59Z", 0),
            ("2027-05-02T00:00:00Z", -2),
        ] {
            assert_eq!(API_TOKENS_STOP.days_left(at(now)), days, "{now}");
        }
    }

    #[test]
    fn the_deadlines_are_in_their_order() {
        assert!(DEADLINES.is_sorted_by_key(|it| it.day));
    }

    #[test]
    fn a_distance_is_said_as_a_person_would() {
        assert_eq!(distance(179), "in 179 days");
        assert_eq!(distance(0), "today");
        assert_eq!(distance(-2), "2 days ago");
    }
}
