//! How long an access token is good when its answer does not say so. Nothing here asks anybody but
//! [`ask`].

mod ask;
mod claim;
mod current;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use zendesk_oauth_core::Secret;

pub(super) use ask::asked;

use super::answer::believed_seconds;
use crate::token::{Lifetime, LifetimeSource};

/// When nobody says anything: the shortest that Zendesk documents for an access token.
const ASSUMED: Lifetime = Lifetime::limited(Duration::from_secs(300), LifetimeSource::Assumed);

/// The lifetime of the token of an answer that was sent at `date` and says `expires_in`.
///
/// The answer is believed, else the token's own claim. Else the shortest lifetime that there is is
/// assumed, until Zendesk was [asked].
pub(in crate::token) fn without_asking(
    expires_in: Option<Duration>,
    access_token: &Secret,
    date: SystemTime,
) -> Lifetime {
    let expires_in = expires_in.and_then(|lasts| believed_seconds(lasts.as_secs()));
    known(expires_in, access_token, date).unwrap_or(ASSUMED)
}

/// What the answer and its token say themselves.
fn known(
    expires_in: Option<Duration>,
    access_token: &Secret,
    date: SystemTime,
) -> Option<Lifetime> {
    let said = expires_in.map(|lasts| Lifetime::limited(lasts, LifetimeSource::Answer));
    said.or_else(|| claim::claimed(access_token.expose(), date))
}

/// How long it is from `now` to `end`, in whole seconds since 1970, if that can be believed. A part
/// of a second that has passed counts as passed.
fn until(end: u64, now: SystemTime) -> Option<Duration> {
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let begun = u64::from(now.subsec_nanos() > 0);
    believed_seconds(end.checked_sub(now.as_secs())?.checked_sub(begun)?)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    const NOW: u64 = 1_800_000_000;

    fn date() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW)
    }

    fn known_of(token: &str, expires_in: Option<u64>) -> Option<Lifetime> {
        let expires_in = expires_in.map(Duration::from_secs);
        known(expires_in, &Secret::from(token), date())
    }

    #[test]
    fn the_answer_comes_before_the_claim() {
        let payload = URL_SAFE_NO_PAD.encode(format!("{{\"exp\":{}}}", NOW + 60));
        let jwt = format!("e30.{payload}.c2ln");
        let lasts = |seconds, source| {
            let lasts = Duration::from_secs(seconds);
            Some(Lifetime::limited(lasts, source))
        };
        let both = known_of(&jwt, Some(1_800));
        assert_eq!(both, lasts(1_800, LifetimeSource::Answer));
        let claim = known_of(&jwt, None);
        assert_eq!(claim, lasts(60, LifetimeSource::Claim));
        assert_eq!(known_of("opaque", None), None);
    }

    #[test]
    fn a_second_that_has_begun_has_passed() {
        let half = Duration::from_millis(500);
        assert_eq!(until(NOW + 2, date()), Some(Duration::from_secs(2)));
        assert_eq!(until(NOW + 2, date() + half), Some(Duration::from_secs(1)));
        for passed in [0, NOW - 1, NOW] {
            assert_eq!(until(passed, date()), None);
        }
        assert_eq!(until(NOW + 1, date() + half), None);
        assert_eq!(until(u64::MAX, date()), None);
        assert_eq!(until(1, UNIX_EPOCH - half), Some(Duration::from_secs(1)));
    }
}
