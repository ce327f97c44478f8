//! How long the tokens of a request are to last.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::RequestError;

/// The bounds in seconds. Zendesk's page says "more than 300" and "less than 172,800", and another of
/// its pages "5 minutes to 48 hours", so the ends are let through: Zendesk decides. That it takes
/// 172,800 was observed.
const ACCESS: RangeInclusive<u64> = 300..=172_800;
const REFRESH: RangeInclusive<u64> = 604_800..=7_776_000;

// Also documented: an access token lasts shorter than its refresh token. The bounds see to it.
const _: () = assert!(*ACCESS.end() < *REFRESH.start());

/// What a request asks for, in whole seconds; nothing leaves it to Zendesk.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TokenLifetimes {
    access: Option<u64>,
    refresh: Option<u64>,
}

impl TokenLifetimes {
    pub(super) fn set_access(&mut self, lifetime: Duration) {
        self.access = Some(lifetime.as_secs());
    }

    pub(super) fn set_refresh(&mut self, lifetime: Duration) {
        self.refresh = Some(lifetime.as_secs());
    }

    /// Whether they are within Zendesk's bounds.
    pub(super) fn check(&self) -> Result<(), RequestError> {
        check("expires_in", self.access, ACCESS)?;
        check("refresh_token_expires_in", self.refresh, REFRESH)
    }

    /// `expires_in`, as it is sent.
    pub(super) fn access(&self) -> Option<i64> {
        sent(self.access)
    }

    /// `refresh_token_expires_in`, as it is sent.
    pub(super) fn refresh(&self) -> Option<i64> {
        sent(self.refresh)
    }
}

fn check(
    member: &'static str,
    seconds: Option<u64>,
    bounds: RangeInclusive<u64>,
) -> Result<(), RequestError> {
    let Some(seconds) = seconds.filter(|seconds| !bounds.contains(seconds)) else {
        return Ok(());
    };
    let (from, to) = bounds.into_inner();
    let text = format!(
        "`{member}` is {seconds} seconds, and Zendesk takes {from} to {to}: give a time within them"
    );
    Err(RequestError::new(member, text))
}

/// What was checked fits; what was not is too much either way.
fn sent(seconds: Option<u64>) -> Option<i64> {
    seconds.map(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(access: Option<u64>, refresh: Option<u64>) -> TokenLifetimes {
        let mut lifetimes = TokenLifetimes::default();
        if let Some(seconds) = access {
            lifetimes.set_access(Duration::from_secs(seconds));
        }
        if let Some(seconds) = refresh {
            lifetimes.set_refresh(Duration::from_secs(seconds));
        }
        lifetimes
    }

    #[test]
    fn the_ends_are_let_through_as_zendesk_states_them_inconsistently() {
        for access in [300, 301, 1_800, 172_799, 172_800] {
            assert_eq!(of(Some(access), None).check(), Ok(()), "{access}");
        }
        for refresh in [604_800, 604_801, 2_592_000, 7_776_000] {
            assert_eq!(of(None, Some(refresh)).check(), Ok(()), "{refresh}");
        }
        assert_eq!(of(None, None).check(), Ok(()));
    }

    #[test]
    fn what_is_beyond_is_refused_with_the_bounds() {
        for access in [0, 299, 172_801, u64::MAX] {
            let error = of(Some(access), Some(604_800)).check().unwrap_err();
            assert_eq!(error.member(), "expires_in");
            let text = error.to_string();
            assert!(text.contains("300 to 172800"), "{text}");
            assert!(text.contains(&access.to_string()), "{text}");
        }
        for refresh in [0, 604_799, 7_776_001, u64::MAX] {
            let error = of(Some(300), Some(refresh)).check().unwrap_err();
            assert_eq!(error.member(), "refresh_token_expires_in");
        }
    }

    #[test]
    fn a_fraction_of_a_second_is_left_out() {
        let mut lifetimes = TokenLifetimes::default();
        lifetimes.set_access(Duration::from_millis(1_800_999));
        assert_eq!(
            (lifetimes.access(), lifetimes.refresh()),
            (Some(1_800), None)
        );
        assert_eq!(of(None, Some(u64::MAX)).refresh(), Some(i64::MAX));
    }
}
