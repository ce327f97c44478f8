//! `Answer`: what a failed call of the token endpoint says about the refresh token that was sent.

use std::time::{Duration, SystemTime};

use zendesk_oauth_core::client::{CommunicationKind, Error as CallError};

use crate::Error;

/// What became of the refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::token) enum Answer {
    /// It was certainly not redeemed: it may be sent again as if nothing had been.
    NotRedeemed,
    /// Nobody knows whether it was redeemed.
    Lost,
    /// It is good no more (`invalid_grant`; RFC 6749, 5.2).
    InvalidGrant,
}

impl Answer {
    /// What this failure says. What is not certain is lost.
    pub(in crate::token) fn of(error: &Error) -> Self {
        if error.is_not_sent() || failed_at_tls(error) {
            return Self::NotRedeemed;
        }
        // An error body counts only if it arrived in full: `invalid_grant` may be in what did not.
        let is_complete = error.api_error().is_some();
        match error.own_status().map(|status| status.as_u16()) {
            Some(429) => Self::NotRedeemed,
            Some(408) => Self::Lost,
            Some(400..=499) if error.is_invalid_grant() => Self::InvalidGrant,
            Some(400..=499) if is_complete => Self::NotRedeemed,
            // Who says when to come back has looked at nothing yet.
            Some(503) if error.retry_after().is_some() => Self::NotRedeemed,
            _ => Self::Lost,
        }
    }
}

fn failed_at_tls(error: &Error) -> bool {
    matches!(
        error.call(),
        Some(CallError::Communication(error)) if error.kind() == CommunicationKind::Tls
    )
}

/// How long the server asks to wait, if it does.
pub(in crate::token) fn asked_to_wait(error: &Error, now: SystemTime) -> Option<Duration> {
    error.retry_after().map(|wait| wait.delay(now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::testing::answered;

    const INVALID_GRANT: &str = r#"{"error":"invalid_grant"}"#;

    #[test]
    fn only_invalid_grant_ends_a_login_and_only_what_is_certain_is_taken_back() {
        let retry_after = Some(("retry-after", "5"));
        for (status, body, header, expected) in [
            (400, INVALID_GRANT, None, Answer::InvalidGrant),
            (401, INVALID_GRANT, None, Answer::InvalidGrant),
            (
                401,
                r#"{"error":"invalid_client"}"#,
                None,
                Answer::NotRedeemed,
            ),
            (
                400,
                r#"{"error":"invalid_request"}"#,
                None,
                Answer::NotRedeemed,
            ),
            (403, "<html>", None, Answer::NotRedeemed),
            (404, "", None, Answer::NotRedeemed),
            (408, "", None, Answer::Lost),
            (408, INVALID_GRANT, None, Answer::Lost),
            (429, INVALID_GRANT, None, Answer::NotRedeemed),
            (503, "", retry_after, Answer::NotRedeemed),
            (503, "", None, Answer::Lost),
            (500, INVALID_GRANT, None, Answer::Lost),
            (502, "", retry_after, Answer::Lost),
            (504, "", None, Answer::Lost),
            (200, "", None, Answer::Lost),
            (204, "", None, Answer::Lost),
            (302, "", None, Answer::Lost),
        ] {
            let error = answered(status, body, header);
            assert_eq!(Answer::of(&error), expected, "{status} {body}");
        }
    }

    #[test]
    fn the_wait_that_the_server_asks_for_is_heard() {
        let now = SystemTime::UNIX_EPOCH;
        let error = answered(429, "", Some(("retry-after", "93")));
        assert_eq!(asked_to_wait(&error, now), Some(Duration::from_secs(93)));
        assert_eq!(asked_to_wait(&answered(429, "", None), now), None);
    }
}
