//! `LoginEnd`: why a login is over.

use std::fmt;
use std::time::SystemTime;

use super::moment;
use crate::token::shown::one_line;

/// Why a login is over, and since when. `Display` says it with the way back.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoginEnd {
    /// Why.
    pub reason: LoginEndReason,
    /// Since when that is known, by this machine's clock.
    pub since: SystemTime,
}

/// Why a login is over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoginEndReason {
    /// Zendesk answered `invalid_grant`, and no refresh of which the answer was lost explains it: the
    /// refresh token has expired, was revoked, or was redeemed by another program.
    Refused,
    /// Zendesk answered `invalid_grant`, and there was a refresh of which no answer arrived, or none was
    /// kept: Zendesk had probably rotated the pair, and the new one is with nobody. It is not certain
    /// that it had been sent.
    #[non_exhaustive]
    AnswerLost {
        /// Who had begun that refresh.
        who: String,
        /// When it was begun: from then on it may have been sent.
        sent_at: SystemTime,
        /// Whether the time of the refresh token, as Zendesk had said it, had run out as well by the end.
        is_expired: bool,
    },
    /// The refresh token's time ran out.
    RefreshTokenExpired,
    /// The access token's time ran out, and there is no refresh token.
    NoRefreshToken,
    /// Somebody logged out ([`TokenSource::log_out`](crate::token::TokenSource::log_out)).
    LoggedOut,
}

impl LoginEnd {
    /// An end for this reason.
    #[must_use]
    pub fn new(reason: LoginEndReason, since: SystemTime) -> Self {
        Self { reason, since }
    }
}

impl fmt::Display for LoginEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = moment::text(self.since);
        match &self.reason {
            LoginEndReason::Refused => write!(
                f,
                "the login ended at {since}: Zendesk answered invalid_grant, as the refresh token has \
                 expired, was revoked, or was redeemed by another program."
            ),
            LoginEndReason::AnswerLost {
                who,
                sent_at,
                is_expired,
            } => {
                let expired = if *is_expired {
                    " The time of the refresh token had run out by then as well."
                } else {
                    ""
                };
                write!(
                    f,
                    "the login ended at {since} with invalid_grant: {} began a refresh at {}, of which \
                     no answer arrived or was kept. Zendesk had probably carried it out: then the old \
                     tokens are dead, and the new ones with nobody.{expired}",
                    one_line(who),
                    moment::text(*sent_at)
                )
            }
            LoginEndReason::RefreshTokenExpired => write!(
                f,
                "the login ended at {since}: the time of its refresh token had run out unused."
            ),
            LoginEndReason::NoRefreshToken => write!(
                f,
                "the login ended at {since}: the access token expired, and there is no refresh token."
            ),
            LoginEndReason::LoggedOut => {
                write!(f, "the login ended at {since}: somebody logged out.")
            }
        }?;
        f.write_str(" Log in again; nothing else brings it back.")
    }
}

impl fmt::Debug for LoginEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::testing::noon;

    fn said(reason: LoginEndReason) -> String {
        let end = LoginEnd::new(reason, noon());
        let text = end.to_string();
        assert_eq!(format!("{end:?}"), text);
        text
    }

    #[test]
    fn an_end_says_since_when_why_and_the_way_back() {
        for (reason, why) in [
            (LoginEndReason::Refused, "Zendesk answered invalid_grant"),
            (LoginEndReason::RefreshTokenExpired, "had run out unused"),
            (LoginEndReason::NoRefreshToken, "there is no refresh token"),
            (LoginEndReason::LoggedOut, "somebody logged out"),
        ] {
            let text = said(reason);
            assert!(text.contains("ended at 2027-01-15T08:00:00Z"), "{text}");
            assert!(text.contains(why), "{text}");
            assert!(text.ends_with("Log in again; nothing else brings it back."));
        }
    }

    #[test]
    fn an_end_after_a_lost_answer_says_whose_refresh_it_was_in_one_line() {
        let lost = |is_expired| {
            said(LoginEndReason::AnswerLost {
                who: "process 1\non here".to_owned(),
                sent_at: noon(),
                is_expired,
            })
        };
        let text = lost(false);
        assert!(
            text.contains("process 1\\non here began a refresh at 2027-01-15T08:00:00Z"),
            "{text}"
        );
        assert!(!text.contains("run out"), "{text}");
        assert!(lost(true).contains("had run out by then as well"));
    }
}
