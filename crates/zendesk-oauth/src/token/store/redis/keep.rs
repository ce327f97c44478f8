//! How long Redis keeps a record.

use std::time::{Duration, SystemTime};

use crate::token::Record;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The longest that Zendesk documents for a refresh token: kept when its answer did not say.
pub(super) const UNKNOWN: Duration = DAY.saturating_mul(90);

/// What is kept beyond the end, so that it can still be said why a login is over.
const MARGIN: Duration = DAY.saturating_mul(7);

/// No time of a command is longer: 100 years, which Redis can add to its own.
const LONGEST: Duration = DAY.saturating_mul(36_500);

/// How long from now a record is kept: until the last of its tokens has ended, and a margin; without
/// end if the access token has none. Counted from when the tokens were received, whatever clock said
/// so, so that it is never too short.
pub(super) fn keep(record: &Record, when_unknown: Duration) -> Option<Duration> {
    let lasts = |until: SystemTime| {
        let lasts = until.duration_since(record.obtained_at());
        lasts.unwrap_or(Duration::ZERO)
    };
    let access = lasts(record.valid_until()?);
    let refresh = match record.refresh_token() {
        Some(_) => record.refresh_valid_until().map_or(when_unknown, lasts),
        None => Duration::ZERO,
    };
    Some(access.max(refresh).saturating_add(MARGIN))
}

/// As Redis takes it: at least 1.
pub(super) fn milliseconds(time: Duration) -> u64 {
    let time = time.clamp(Duration::from_millis(1), LONGEST);
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use zendesk_oauth_core::Secret;

    use super::*;
    use crate::token::{IssuedToken, Lifetime, LifetimeSource};

    fn issued(lifetime: Lifetime) -> IssuedToken {
        let token = Secret::from("CANARY-access".to_owned());
        IssuedToken::new(token, lifetime, SystemTime::UNIX_EPOCH + DAY)
    }

    fn kept(issued: &IssuedToken) -> Option<Duration> {
        keep(
            &Record::new("app", "https://acme.zendesk.com", issued),
            UNKNOWN,
        )
    }

    #[test]
    fn a_record_is_kept_beyond_the_end_of_its_refresh_token() {
        let hour = Lifetime::limited(Duration::from_secs(3_600), LifetimeSource::Answer);
        let token = || Secret::from("CANARY-refresh".to_owned());
        assert_eq!(
            kept(&issued(hour).refresh_token(token(), Some(DAY * 30))),
            Some(DAY * 37)
        );
        assert_eq!(
            kept(&issued(hour).refresh_token(token(), None)),
            Some(DAY * 97)
        );
        assert_eq!(
            kept(&issued(hour)),
            Some(Duration::from_secs(3_600) + DAY * 7)
        );
        assert_eq!(kept(&issued(Lifetime::Unlimited)), None);
        let long = Lifetime::limited(DAY * 100, LifetimeSource::Answer);
        assert_eq!(
            kept(&issued(long).refresh_token(token(), None)),
            Some(DAY * 107)
        );
    }

    #[test]
    fn a_time_fits_into_a_command() {
        assert_eq!(milliseconds(Duration::ZERO), 1);
        assert_eq!(milliseconds(Duration::from_micros(10)), 1);
        assert_eq!(milliseconds(Duration::from_secs(2)), 2_000);
        assert_eq!(milliseconds(Duration::MAX), 36_500 * 24 * 3_600 * 1_000);
    }
}
