//! What to do with what a store has: a pure decision.

use std::time::SystemTime;

use super::times::seconds_left;
use crate::token::{LoginEnd, LoginEndReason, Record};

/// What is known when a store was read.
pub(super) struct Situation<'a> {
    /// Whose logins are taken.
    pub(super) client_id: &'a str,
    pub(super) base_url: &'a str,
    /// What this process knows, if it knows a login.
    pub(super) mine: Option<&'a Record>,
    /// Whether the token of this process will do.
    pub(super) mine_will_do: bool,
    /// Whether any good token of the store will do, or only a newer one than there was.
    pub(super) any_will_do: bool,
    /// Whether tokens are minted by client_credentials.
    pub(super) mints: bool,
    pub(super) now: SystemTime,
}

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Take over what the store has.
    Adopt {
        /// It is what was wanted; else look again.
        is_done: bool,
    },
    /// What this process has will do.
    Keep,
    /// Put what this process has over what the store has, or where it has nothing: the store has lost
    /// it.
    PutBack,
    /// Redeem the refresh token of what the store has.
    Redeem,
    /// Mint a token.
    Mint,
    /// There is no login.
    NoLogin,
    /// It is the login of somebody else.
    OtherLogin,
    /// The login is over.
    Ended(LoginEnd),
}

/// Decides. With `PutBack`, `Redeem` and `Mint` something is changed: that needs the lease.
pub(super) fn next(stored: Option<&Record>, situation: &Situation<'_>) -> Next {
    let Some(stored) = stored else {
        return match situation.mine {
            _ if situation.mints && situation.mine_will_do => Next::Keep,
            _ if situation.mints => Next::Mint,
            Some(mine) if mine.end.is_none() => Next::PutBack,
            _ => Next::NoLogin,
        };
    };
    let is_of_a_person = stored.refresh_token.is_some();
    if stored.client_id != situation.client_id
        || stored.base_url != situation.base_url
        || situation.mints && is_of_a_person
    {
        return Next::OtherLogin;
    }
    let is_good = seconds_left(stored, situation.now).is_none_or(|left| !left.is_zero());
    match situation.mine.map(|mine| age(stored, mine)) {
        None | Some(Age::Newer) => {
            return Next::Adopt {
                is_done: is_good && situation.any_will_do,
            };
        }
        Some(Age::Older) if !situation.mints => {
            let is_over = situation.mine.is_some_and(|mine| mine.end.is_some());
            // What is over comes back over nothing: what is stored may be a login anew.
            return if is_over {
                Next::Adopt {
                    is_done: is_good && situation.any_will_do,
                }
            } else {
                Next::PutBack
            };
        }
        Some(Age::Older | Age::Same) => {}
    }
    if situation.mine_will_do {
        return Next::Keep;
    }
    if situation.mints {
        return Next::Mint;
    }
    match (&stored.end, &stored.refresh_token) {
        (Some(end), _) => Next::Ended(end.clone()),
        (None, Some(_)) => Next::Redeem,
        (None, None) => {
            let since = stored.valid_until.unwrap_or(situation.now);
            Next::Ended(LoginEnd::new(LoginEndReason::NoRefreshToken, since))
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Age {
    Same,
    Newer,
    Older,
}

/// How old what a store has is, beside what this process has. The generation says it. A login anew
/// into a store that had lost everything begins at 1 again, so a token that was obtained later is
/// newer too. Of two of one generation the store's counts.
fn age(stored: &Record, mine: &Record) -> Age {
    if stored.access_token.expose() == mine.access_token.expose() {
        Age::Same
    } else if stored.generation >= mine.generation || stored.obtained_at > mine.obtained_at {
        Age::Newer
    } else {
        Age::Older
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::token::testing::{BASE_URL, CLIENT_ID, noon, record};

    fn situation(mine: Option<&Record>) -> Situation<'_> {
        Situation {
            client_id: CLIENT_ID,
            base_url: BASE_URL,
            mine,
            mine_will_do: false,
            any_will_do: true,
            mints: false,
            now: noon() + Duration::from_secs(60),
        }
    }

    fn later(record: &Record) -> Record {
        Record {
            obtained_at: record.obtained_at + Duration::from_secs(1),
            ..record.clone()
        }
    }

    #[test]
    fn what_a_sibling_wrote_is_adopted() {
        let (first, second) = (record(1), record(2));
        let done = Next::Adopt { is_done: true };
        assert_eq!(next(Some(&second), &situation(Some(&first))), done);
        assert_eq!(next(Some(&second), &situation(None)), done);
        let expired = Situation {
            now: noon() + Duration::from_secs(1_800),
            ..situation(Some(&first))
        };
        let not_done = Next::Adopt { is_done: false };
        assert_eq!(next(Some(&second), &expired), not_done);
    }

    #[test]
    fn what_is_older_is_replaced_and_never_replaces() {
        let (first, second) = (record(1), record(2));
        assert_eq!(next(Some(&first), &situation(Some(&second))), Next::PutBack);
        assert_eq!(next(None, &situation(Some(&second))), Next::PutBack);
    }

    #[test]
    fn a_login_anew_into_an_empty_store_is_newer_than_what_was_there() {
        let (old, mut anew) = (record(7), later(&record(1)));
        anew.generation = 1;
        let done = Next::Adopt { is_done: true };
        assert_eq!(next(Some(&anew), &situation(Some(&old))), done);
    }

    #[test]
    fn what_is_over_replaces_nothing() {
        let ended = Record {
            end: Some(LoginEnd::new(LoginEndReason::Refused, noon())),
            ..record(7)
        };
        let done = Next::Adopt { is_done: true };
        assert_eq!(next(Some(&record(1)), &situation(Some(&ended))), done);
    }

    #[test]
    fn the_login_of_another_client_or_account_is_left_alone() {
        let mine = record(1);
        for other in [
            Record {
                client_id: "other".to_owned(),
                ..record(2)
            },
            Record {
                base_url: "https://other.zendesk.com".to_owned(),
                ..record(2)
            },
        ] {
            assert_eq!(
                next(Some(&other), &situation(Some(&mine))),
                Next::OtherLogin
            );
        }
        let minting = Situation {
            mints: true,
            ..situation(None)
        };
        assert_eq!(next(Some(&record(1)), &minting), Next::OtherLogin);
    }

    #[test]
    fn an_end_is_an_end_until_something_newer_is_there() {
        let mine = record(1);
        let end = LoginEnd::new(LoginEndReason::Refused, noon());
        let ended = Record {
            end: Some(end.clone()),
            ..record(1)
        };
        assert_eq!(
            next(Some(&ended), &situation(Some(&mine))),
            Next::Ended(end)
        );
        let anew = next(Some(&record(2)), &situation(Some(&ended)));
        assert_eq!(anew, Next::Adopt { is_done: true });
        assert_eq!(next(None, &situation(Some(&ended))), Next::NoLogin);
    }

    #[test]
    fn without_a_refresh_token_the_end_of_the_access_token_is_the_end() {
        let bare = Record {
            refresh_token: None,
            ..record(1)
        };
        let end = LoginEnd::new(LoginEndReason::NoRefreshToken, bare.valid_until.unwrap());
        assert_eq!(next(Some(&bare), &situation(Some(&bare))), Next::Ended(end));
    }

    #[test]
    fn what_is_minted_is_kept_while_it_is_good_and_minted_anew_after() {
        let bare = |n| Record {
            refresh_token: None,
            ..record(n)
        };
        let mine = bare(2);
        let good = Situation {
            mints: true,
            mine_will_do: true,
            ..situation(Some(&mine))
        };
        let over = Situation {
            mints: true,
            ..situation(Some(&mine))
        };
        let older = bare(1);
        for stored in [None, Some(&older)] {
            assert_eq!(next(stored, &good), Next::Keep);
            assert_eq!(next(stored, &over), Next::Mint);
        }
    }

    #[test]
    fn what_replaces_a_login_that_is_over_is_looked_at_again_unless_it_will_do() {
        let ended = Record {
            end: Some(LoginEnd::new(LoginEndReason::Refused, noon())),
            ..record(7)
        };
        let not_done = Next::Adopt { is_done: false };
        let forced = Situation {
            any_will_do: false,
            ..situation(Some(&ended))
        };
        let expired = Situation {
            now: noon() + Duration::from_secs(1_800),
            ..situation(Some(&ended))
        };
        for situation in [forced, expired] {
            assert_eq!(next(Some(&record(1)), &situation), not_done);
        }
    }
}
