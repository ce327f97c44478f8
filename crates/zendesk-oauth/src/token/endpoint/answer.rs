//! `Answer`: what the token endpoint answered (RFC 6749, 5.1), read so that nothing beside a token
//! costs the token.

use std::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use zendesk_oauth_core::Secret;

/// Ten years. Zendesk documents 48 hours for an access token and 90 days for a refresh token; what
/// is longer than this is a mistake, such as milliseconds or a point in time.
pub(super) const LONGEST_BELIEVED: Duration = Duration::from_secs(10 * 365 * 86_400);

/// An answer with a token that can be sent.
///
/// `token_type` is not looked at: Support documents `bearer` alone, and a pair that was rotated for
/// this answer must not be lost over its spelling.
#[derive(Clone, Deserialize)]
pub(in crate::token) struct Answer {
    /// Text that a header can carry.
    #[serde(deserialize_with = "sendable")]
    pub(in crate::token) access_token: Secret,
    /// How long it says that the access token is good, if that can be believed.
    #[serde(default, deserialize_with = "believed")]
    pub(in crate::token) expires_in: Option<Duration>,
    /// Inferred: null is the same as none.
    #[serde(default, deserialize_with = "filled")]
    pub(in crate::token) refresh_token: Option<Secret>,
    #[serde(default, deserialize_with = "believed")]
    pub(in crate::token) refresh_token_expires_in: Option<Duration>,
    #[serde(default, deserialize_with = "text")]
    pub(in crate::token) scope: Option<String>,
}

/// So many seconds from now, if that can be: more than none, and no more than ten years.
pub(in crate::token) fn believed_seconds(seconds: u64) -> Option<Duration> {
    let lasts = Duration::from_secs(seconds);
    (!lasts.is_zero() && lasts <= LONGEST_BELIEVED).then_some(lasts)
}

/// A whole number of seconds from JSON. A fraction is cut off: a token is not good for longer than
/// was said.
pub(super) fn seconds(value: &Value) -> Option<u64> {
    /// 2^53: beyond it an f64 skips whole numbers.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    value.as_u64().or_else(|| {
        let number = value.as_f64()?;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "its bounds are looked at"
        )]
        (0.0..=EXACT)
            .contains(&number)
            .then(|| number.trunc() as u64)
    })
}

fn believed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(seconds(&value).and_then(believed_seconds))
}

fn sendable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
    let token = Secret::deserialize(deserializer)?;
    match token.to_bearer_value() {
        Ok(_) => Ok(token),
        Err(_) => Err(D::Error::custom(
            "invalid value: a token that cannot be sent",
        )),
    }
}

fn filled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
    let token = Option::<Secret>::deserialize(deserializer)?;
    Ok(token.filter(|token| !token.expose().is_empty()))
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) if !text.trim().is_empty() => Some(text),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(value: Value) -> Option<Answer> {
        serde_json::from_value(value).ok()
    }

    #[test]
    fn nothing_beside_the_tokens_costs_them() {
        for odd in [
            json!(null),
            json!("1800"),
            json!(-1),
            json!(0),
            json!(0.4),
            json!(1e300),
            json!(u64::MAX),
            json!(i64::MIN),
            json!(315_360_001),
            json!([1800]),
            json!({"in": {"seconds": 1800}}),
            json!(true),
        ] {
            let answer = read(json!({
                "access_token": "a", "refresh_token": "r", "scope": odd, "token_type": odd,
                "expires_in": odd, "refresh_token_expires_in": odd, "tomorrow": odd,
            }));
            let answer = answer.unwrap();
            assert_eq!(answer.access_token.expose(), "a");
            assert_eq!(answer.refresh_token.unwrap().expose(), "r");
            assert_eq!(
                (answer.expires_in, answer.refresh_token_expires_in),
                (None, None)
            );
        }
    }

    #[test]
    fn what_is_said_is_believed_and_fractions_are_cut_off() {
        for (said, lasts) in [
            (json!(1), 1),
            (json!(1_800), 1_800),
            (json!(1_800.9), 1_800),
        ] {
            let answer = read(json!({"access_token": "a", "expires_in": said, "scope": "read"}));
            let answer = answer.unwrap();
            assert_eq!(answer.expires_in, Some(Duration::from_secs(lasts)));
            assert_eq!(answer.scope.as_deref(), Some("read"));
            assert!(answer.refresh_token.is_none());
        }
    }

    #[test]
    fn no_token_is_no_answer_and_an_empty_refresh_token_none() {
        for none in [
            json!({}),
            json!([]),
            json!({"access_token": null}),
            json!({"access_token": ""}),
            json!({"access_token": "a b"}),
            json!({"access_token": "a\n"}),
            json!({"access_token": 17}),
            json!({"access_token": "a", "refresh_token": 17}),
        ] {
            assert!(read(none.clone()).is_none(), "{none}");
        }
        for none in [json!(null), json!("")] {
            let answer = read(json!({"access_token": "a", "refresh_token": none})).unwrap();
            assert!(answer.refresh_token.is_none());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_lifetime_is_never_longer_than_was_said(number in any::<f64>()) {
            let value = json!(number);
            if let Some(lasts) = seconds(&value).and_then(believed_seconds) {
                prop_assert!(lasts.as_secs_f64() <= number);
                prop_assert!(!lasts.is_zero() && lasts <= LONGEST_BELIEVED);
            }
        }
    }
}
