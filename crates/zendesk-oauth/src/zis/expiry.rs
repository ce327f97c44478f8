//! When an access token expires, as far as it is known.

use std::time::{Duration, SystemTime};

use zendesk_oauth_core::Timestamp;

use super::OAuthConnection;

/// What `token_expiry` says at a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expiry {
    /// It is missing, null, or no time that can be read.
    Unknown,
    /// It is now or was before.
    Past,
    /// It is this far away.
    In(Duration),
}

impl Expiry {
    pub(super) fn of(connection: &OAuthConnection, now: SystemTime) -> Self {
        Self::at(connection.token_expiry.as_ref(), now)
    }

    fn at(token_expiry: Option<&Timestamp>, now: SystemTime) -> Self {
        match token_expiry.and_then(Timestamp::to_system_time) {
            None => Self::Unknown,
            Some(end) => match end.duration_since(now) {
                Ok(left) if !left.is_zero() => Self::In(left),
                _ => Self::Past,
            },
        }
    }

    /// Whether it is within `margin`; `None` when nobody knows.
    pub(super) fn is_near(self, margin: Duration) -> Option<bool> {
        match self {
            Self::Unknown => None,
            Self::Past => Some(true),
            Self::In(left) => Some(left <= margin),
        }
    }
}

/// Whether the connection can be used: it has an access token that is not known to have expired.
pub(super) fn is_ready(connection: &OAuthConnection, now: SystemTime) -> bool {
    let token = connection.access_token.as_ref();
    let has_token = token.is_some_and(|token| !token.expose().is_empty());
    has_token && Expiry::of(connection, now) != Expiry::Past
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_margin_is_the_last_moment_that_is_near() {
        let end = Timestamp::from("1970-01-01T01:00:00Z");
        let minutes = |count: u64| Duration::from_secs(60 * count);
        let margin = minutes(5);
        for (now, near) in [(0, false), (54, false), (55, true), (60, true), (90, true)] {
            let now = SystemTime::UNIX_EPOCH + minutes(now);
            assert_eq!(Expiry::at(Some(&end), now).is_near(margin), Some(near));
        }
        let now = SystemTime::UNIX_EPOCH + minutes(60);
        assert_eq!(Expiry::at(Some(&end), now), Expiry::Past);
        assert_eq!(
            Expiry::at(Some(&end), now).is_near(Duration::ZERO),
            Some(true)
        );
    }

    #[test]
    fn what_cannot_be_read_is_unknown_and_not_expired() {
        let now = SystemTime::UNIX_EPOCH;
        for text in [
            None,
            Some(""),
            Some("never"),
            Some("1970-01-01"),
            Some("3600"),
        ] {
            let end = text.map(Timestamp::from);
            assert_eq!(Expiry::at(end.as_ref(), now), Expiry::Unknown);
            assert_eq!(Expiry::at(end.as_ref(), now).is_near(Duration::MAX), None);
        }
    }
}
