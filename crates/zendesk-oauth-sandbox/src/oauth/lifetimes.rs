//! How long tokens live.
//!
//! Facts: <https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/> and the articles
//! that `registered.rs` names. The page says "more than 300" in one place and "5 minutes to 48 hours" in
//! another; that 172,800 is accepted was observed, so the ends count as allowed.

use std::ops::RangeInclusive;

use crate::switches::RequestedTtl;

const ACCESS: RangeInclusive<i64> = 300..=172_800;
const REFRESH: RangeInclusive<i64> = 604_800..=7_776_000;
const USUAL_ACCESS: i64 = 1_800;
const USUAL_REFRESH: i64 = 2_592_000;

// Also documented: an access token lives shorter than its refresh token. The bounds see to it.
const _: () = assert!(*ACCESS.end() < *REFRESH.start());

/// What a request asks for, in seconds.
#[derive(Clone, Copy, Default)]
pub(crate) struct Asked {
    pub(crate) access: Option<i64>,
    pub(crate) refresh: Option<i64>,
}

/// A member whose value is out of its bounds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct OutOfBounds {
    pub(crate) member: &'static str,
    pub(crate) from: i64,
    pub(crate) to: i64,
}

/// Seconds that a pair lives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Lifetimes {
    /// None: it does not expire.
    pub(crate) access: Option<i64>,
    /// None: there is no refresh token.
    pub(crate) refresh: Option<i64>,
}

impl Lifetimes {
    /// `enforced`: the client's tokens expire although nobody asks for it.
    ///
    /// Where it is not enforced, a token expires if `expires_in` asks for it. A refresh token comes with
    /// whichever of the two members is sent: the page gives 2,592,000 as the default of
    /// `refresh_token_expires_in` without regard to the client's age, and an expiring token without a
    /// refresh token would be no use to who asked. With neither member the answer is that of the page's
    /// older example: a token that does not expire, alone. So every token that expires has a refresh token,
    /// unless its grant gives none.
    pub(crate) fn of(
        asked: Asked,
        enforced: bool,
        requested: RequestedTtl,
    ) -> Result<Self, OutOfBounds> {
        if requested == RequestedTtl::Honoured {
            within(asked.access, "expires_in", ACCESS)?;
        }
        within(asked.refresh, "refresh_token_expires_in", REFRESH)?;
        let access = match requested {
            RequestedTtl::Honoured => asked.access.or(enforced.then_some(USUAL_ACCESS)),
            // Observed: 1,800 came back whatever was asked, even 604,800.
            RequestedTtl::Fixed => Some(USUAL_ACCESS),
        };
        let refreshes = access.is_some() || asked.refresh.is_some();
        let refresh = refreshes.then(|| asked.refresh.unwrap_or(USUAL_REFRESH));
        Ok(Self { access, refresh })
    }

    /// A pair that takes the place of another always has a refresh token.
    pub(super) fn rotated(self) -> Self {
        Self {
            refresh: self.refresh.or(Some(USUAL_REFRESH)),
            ..self
        }
    }

    /// An access token alone.
    pub(super) fn without_refresh(self) -> Self {
        Self {
            refresh: None,
            ..self
        }
    }
}

fn within(
    value: Option<i64>,
    member: &'static str,
    bounds: RangeInclusive<i64>,
) -> Result<(), OutOfBounds> {
    if value.is_none_or(|value| bounds.contains(&value)) {
        return Ok(());
    }
    let (from, to) = bounds.into_inner();
    Err(OutOfBounds { member, from, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lifetimes(
        access: Option<i64>,
        refresh: Option<i64>,
        enforced: bool,
    ) -> Option<(Option<i64>, Option<i64>)> {
        let asked = Asked { access, refresh };
        let found = Lifetimes::of(asked, enforced, RequestedTtl::Honoured).ok()?;
        Some((found.access, found.refresh))
    }

    #[test]
    fn newer_clients_get_the_defaults_and_older_ones_what_they_ask_for() {
        let (day, week) = (Some(86_400), Some(604_800));
        assert_eq!(
            lifetimes(None, None, true),
            Some((Some(1_800), Some(2_592_000)))
        );
        assert_eq!(lifetimes(day, week, true), Some((day, week)));
        assert_eq!(lifetimes(None, None, false), Some((None, None)));
        assert_eq!(lifetimes(day, None, false), Some((day, Some(2_592_000))));
        assert_eq!(lifetimes(None, week, false), Some((None, week)));
    }

    #[test]
    fn the_ends_are_allowed_and_what_is_beyond_is_not() {
        for access in [300, 172_800] {
            assert!(lifetimes(Some(access), None, true).is_some(), "{access}");
        }
        for access in [i64::MIN, -1, 0, 299, 172_801, i64::MAX] {
            assert!(lifetimes(Some(access), None, true).is_none(), "{access}");
        }
        for refresh in [604_800, 7_776_000] {
            assert!(lifetimes(None, Some(refresh), true).is_some(), "{refresh}");
        }
        for refresh in [i64::MIN, 0, 604_799, 7_776_001, i64::MAX] {
            assert!(lifetimes(None, Some(refresh), true).is_none(), "{refresh}");
        }
    }

    #[test]
    fn an_account_can_give_half_an_hour_whatever_is_asked() {
        for access in [None, Some(86_400), Some(604_800)] {
            let asked = Asked {
                access,
                refresh: None,
            };
            for enforced in [false, true] {
                let found = Lifetimes::of(asked, enforced, RequestedTtl::Fixed).unwrap();
                assert_eq!(found.access, Some(1_800));
                assert_eq!(found.refresh, Some(2_592_000));
            }
        }
    }
}
