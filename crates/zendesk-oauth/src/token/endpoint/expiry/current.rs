//! What `GET /api/v2/oauth/tokens/current` says of a token's end.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;
use zendesk_oauth_core::Timestamp;

use super::until;
use crate::token::{Lifetime, LifetimeSource};

/// The lifetime of the token of this answer, which was sent at `date`.
///
/// `expires_at` is null for a token without an end (observed 2026). Of an answer that does not name
/// it at all, or says what cannot be, nothing is known.
pub(super) fn lifetime(body: &[u8], date: SystemTime) -> Option<Lifetime> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let token = body.get("token")?.as_object()?;
    match token.get("expires_at")? {
        Value::Null => Some(Lifetime::Unlimited),
        Value::String(text) => {
            let end = Timestamp::from(text.as_str()).to_system_time()?;
            let end = end.duration_since(UNIX_EPOCH).ok()?.as_secs();
            let lasts = until(end, date)?;
            Some(Lifetime::limited(lasts, LifetimeSource::CurrentToken))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// 2026-11-02T09:00:00Z.
    fn date() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_793_610_000)
    }

    fn of(token: &Value) -> Option<Lifetime> {
        lifetime(json!({ "token": token }).to_string().as_bytes(), date())
    }

    #[test]
    fn the_end_counts_from_the_date_of_the_answer_and_null_is_no_end() {
        let lasts = Duration::from_secs(1_800);
        let limited = Lifetime::limited(lasts, LifetimeSource::CurrentToken);
        assert_eq!(
            of(&json!({"expires_at": "2026-11-02T09:30:00Z"})),
            Some(limited)
        );
        assert_eq!(of(&json!({"expires_at": null})), Some(Lifetime::Unlimited));
    }

    #[test]
    fn what_does_not_say_it_says_nothing() {
        for nothing in [
            json!({}),
            json!(null),
            json!([]),
            json!({"expires_at": ""}),
            json!({"expires_at": "never"}),
            json!({"expires_at": 1_793_611_800}),
            json!({"expires_at": false}),
            json!({"expires_at": {}}),
            json!({"expires_at": "2026-11-02T09:00:00Z"}),
            json!({"expires_at": "1960-01-01T00:00:00Z"}),
            json!({"expires_at": "9999-01-01T00:00:00Z"}),
        ] {
            assert_eq!(of(&nothing), None, "{nothing}");
        }
        for body in [
            "",
            "null",
            "{}",
            "<html>",
            "{\"token\":{\"expires_at\":null",
        ] {
            assert_eq!(lifetime(body.as_bytes(), date()), None, "{body}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_body_panics(end in "\\PC{0,24}", body in prop::collection::vec(any::<u8>(), 0..64)) {
            let _ = of(&json!({ "expires_at": end }));
            let _ = lifetime(&body, date());
        }
    }
}
