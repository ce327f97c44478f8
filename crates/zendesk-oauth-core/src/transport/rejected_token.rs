//! Whether a server rejected an access token, and whether the call is made again with another. No IO.

use reqwest::StatusCode;
use reqwest::header::WWW_AUTHENTICATE;

use crate::client::Response;
use crate::retry::{FailedAttempt, StopReason};
use crate::{ApiErrorBody, RetryPolicy};

/// "The access token provided is expired, revoked, malformed, or invalid for other reasons"
/// (RFC 6750, 3.1). Another token may be taken; any other 401 means that none of the same kind is.
const INVALID_TOKEN: &str = "invalid_token";

/// Whether an answer is 401 `invalid_token`: by `WWW-Authenticate`, as RFC 6750 has it, or by its
/// body, as Zendesk does.
pub(super) fn is_said_by(answer: &Response) -> bool {
    if answer.status() != StatusCode::UNAUTHORIZED {
        return false;
    }
    let mut challenges = answer.headers().get_all(WWW_AUTHENTICATE).iter();
    challenges.any(|value| Challenges(value.as_bytes()).have_error(INVALID_TOKEN.as_bytes())) || {
        let body = ApiErrorBody::from_bytes(answer.body());
        body.json().get("error").and_then(|error| error.as_str()) == Some(INVALID_TOKEN)
    }
}

/// Whether a call whose token was rejected may be sent again with another; `renewed` if it has been
/// already. The server did not carry it out, yet only what may be sent twice anyhow is sent twice.
pub(super) fn may_repeat(
    policy: &RetryPolicy,
    rejected: &FailedAttempt,
    renewed: bool,
) -> Result<(), StopReason> {
    if renewed {
        Err(StopReason::NotTransient)
    } else if !policy.may_repeat(rejected.operation) {
        Err(StopReason::NotIdempotent)
    } else if rejected.attempt >= policy.attempts() {
        Err(StopReason::Attempts)
    } else if rejected.elapsed > policy.longest_call() {
        Err(StopReason::Elapsed)
    } else {
        Ok(())
    }
}

/// What is left to read of a list of challenges (RFC 9110, 11.6.1).
struct Challenges<'a>(&'a [u8]);

impl<'a> Challenges<'a> {
    /// Whether one of them has this `error` (RFC 6750, 3). Text in quotes is a value, whatever it
    /// looks like.
    fn have_error(mut self, code: &[u8]) -> bool {
        while let Some(first) = self.0.first() {
            if *first == b'"' {
                self.quoted();
                continue;
            }
            if is_separator(first) {
                self.skip(1);
                continue;
            }
            // The name of a scheme or of a parameter.
            let name = self.until(is_separator);
            self.space();
            if self.0.first() != Some(&b'=') {
                continue;
            }
            self.skip(1);
            self.space();
            let value = match self.0.first() {
                Some(b'"') => self.quoted(),
                _ => self.until(is_separator),
            };
            if name.eq_ignore_ascii_case(b"error") && value == code {
                return true;
            }
        }
        false
    }

    /// What stands between the quotes. Escapes stay in it: no error code has one.
    fn quoted(&mut self) -> &'a [u8] {
        self.skip(1);
        let mut escaped = false;
        let text = self.until(|byte| {
            let ends = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            ends
        });
        self.skip(1);
        text
    }

    fn space(&mut self) {
        self.until(|byte| !byte.is_ascii_whitespace());
    }

    fn until(&mut self, ends: impl FnMut(&u8) -> bool) -> &'a [u8] {
        let end = self.0.iter().position(ends).unwrap_or(self.0.len());
        let (text, rest) = self.0.split_at(end);
        self.0 = rest;
        text
    }

    fn skip(&mut self, count: usize) {
        self.0 = self.0.get(count..).unwrap_or_default();
    }
}

/// What ends a name or a value without quotes.
fn is_separator(byte: &u8) -> bool {
    byte.is_ascii_whitespace() || b",=\"".contains(byte)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;
    use reqwest::header::{HeaderMap, HeaderValue};

    use super::*;
    use crate::Operation;
    use crate::retry::Failure;

    static SHOW: Operation = Operation::new("show", "GET", "/a").idempotent();
    static CREATE: Operation = Operation::new("create", "POST", "/a");

    fn answer(status: u16, challenges: &[&str], body: &str) -> Response {
        let mut headers = HeaderMap::new();
        for challenge in challenges {
            headers.append(WWW_AUTHENTICATE, HeaderValue::from_str(challenge).unwrap());
        }
        let status = StatusCode::from_u16(status).unwrap();
        Response::new(&SHOW, status, headers, body.to_owned())
    }

    #[test]
    fn a_body_or_a_challenge_says_it() {
        let zendesk = r#"{"error": "invalid_token", "error_description": "The access token …"}"#;
        assert!(is_said_by(&answer(
            401,
            &["Bearer realm=Zendesk::OAuth"],
            zendesk
        )));
        for challenges in [
            &[r#"Bearer realm="example", error="invalid_token", error_description="expired""#][..],
            &["Bearer error=invalid_token"],
            &[r#"bearer Error = "invalid_token""#],
            &["Basic realm=x", r#"Bearer error="invalid_token""#],
            &[r#"Basic realm="a \" b", Bearer scope="x y",error="invalid_token""#],
            &[r#"Negotiate abc==, Bearer error="invalid_token""#],
        ] {
            assert!(is_said_by(&answer(401, challenges, "")), "{challenges:?}");
        }
    }

    #[test]
    fn other_answers_do_not_say_it() {
        let said = r#"{"error": "invalid_token"}"#;
        for status in [200, 400, 403, 500] {
            let challenge = r#"Bearer error="invalid_token""#;
            assert!(!is_said_by(&answer(status, &[challenge], said)), "{status}");
        }
        for body in [
            "",
            "{}",
            r#"{"error": "Couldn't authenticate you"}"#,
            r#"{"error": "Unauthorized", "description": "invalid_token"}"#,
            r#"{"errors": [{"code": "invalid_token"}]}"#,
            r#"{"error": {"title": "invalid_token"}}"#,
            r#"{"error": ["invalid_token"]}"#,
            "invalid_token",
            r#""invalid_token""#,
            "Authentication failed",
        ] {
            assert!(!is_said_by(&answer(401, &[], body)), "{body}");
        }
        for challenge in [
            "",
            "Bearer",
            "Bearer realm=Zendesk::OAuth",
            r#"Bearer error="invalid_request""#,
            r#"Bearer error="invalid_token2""#,
            r#"Bearer error="INVALID_TOKEN""#,
            r#"Bearer error_description="invalid_token""#,
            r#"Bearer realm="error=\"invalid_token\"""#,
            r#"Bearer realm=", error=invalid_token""#,
            r#""error=invalid_token""#,
            r#"Bearer error = , invalid_token"#,
        ] {
            assert!(!is_said_by(&answer(401, &[challenge], "")), "{challenge}");
        }
    }

    #[test]
    fn a_call_is_repeated_once_and_within_its_policy() {
        let first =
            |operation| FailedAttempt::first(operation, Failure::Status(StatusCode::UNAUTHORIZED));
        let standard = RetryPolicy::standard();
        let late = first(&SHOW).elapsed(Duration::from_secs(301));
        for (policy, failed, renewed, expected) in [
            (standard, first(&SHOW), false, Ok(())),
            (standard, first(&SHOW).attempt(3), false, Ok(())),
            (standard, first(&SHOW), true, Err(StopReason::NotTransient)),
            (
                standard,
                first(&CREATE),
                false,
                Err(StopReason::NotIdempotent),
            ),
            (
                standard.even_if_not_idempotent(),
                first(&CREATE),
                false,
                Ok(()),
            ),
            (
                standard,
                first(&SHOW).attempt(4),
                false,
                Err(StopReason::Attempts),
            ),
            (
                RetryPolicy::never(),
                first(&SHOW),
                false,
                Err(StopReason::Attempts),
            ),
            (standard, late, false, Err(StopReason::Elapsed)),
        ] {
            assert_eq!(
                may_repeat(&policy, &failed, renewed),
                expected,
                "{failed:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_challenge_is_read_to_its_end(bytes: Vec<u8>) {
            let _ = Challenges(&bytes).have_error(INVALID_TOKEN.as_bytes());
        }

        #[test]
        fn what_is_in_quotes_is_never_an_error(realm in "[ -!#-\\[\\]-~]*") {
            let challenge = format!("Bearer realm=\"{realm}\"");
            prop_assert!(!Challenges(challenge.as_bytes()).have_error(INVALID_TOKEN.as_bytes()));
        }
    }
}
