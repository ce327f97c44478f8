//! The claim `exp` of a token that is a JWT (RFC 7519, 4.1.4). No signature is checked: the token
//! came from the server itself, and it decides.

use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::until;
use crate::token::endpoint::answer::seconds;
use crate::token::{Lifetime, LifetimeSource};

/// How long a token claims to be good, from `date` on; nothing of one that is no JWT, or whose claim
/// cannot be: it lies in the past, or ten years ahead.
///
/// Observed 2026-07 and 2026-08: the access tokens of newer accounts are JWTs, and `exp` is their
/// only claim.
pub(super) fn claimed(token: &str, date: SystemTime) -> Option<Lifetime> {
    let lasts = until(exp(token)?, date)?;
    Some(Lifetime::limited(lasts, LifetimeSource::Claim))
}

/// The claim, in whole seconds since 1970.
fn exp(token: &str) -> Option<u64> {
    let mut parts = token.split('.');
    let (header, payload, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || signature.is_empty() {
        return None;
    }
    object(header)?;
    URL_SAFE_NO_PAD.decode(signature).ok()?;
    seconds(object(payload)?.get("exp")?)
}

/// A JSON object in base64url without padding (RFC 7515, 2).
fn object(part: &str) -> Option<Map<String, Value>> {
    let json = URL_SAFE_NO_PAD.decode(part).ok()?;
    serde_json::from_slice(&json).ok()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const NOW: u64 = 1_800_000_000;

    fn jwt(payload: &str) -> String {
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"EdDSA","typ":"at+jwt"}"#);
        let signature = URL_SAFE_NO_PAD.encode([7; 64]);
        format!("{header}.{}.{signature}", URL_SAFE_NO_PAD.encode(payload))
    }

    fn lasts(token: &str) -> Option<u64> {
        let date = UNIX_EPOCH + Duration::from_secs(NOW);
        let lifetime = claimed(token, date)?;
        Some(lifetime.lasts().unwrap().as_secs())
    }

    fn of(exp: &Value) -> Option<u64> {
        lasts(&jwt(&json!({ "exp": exp }).to_string()))
    }

    #[test]
    fn the_claim_counts_from_the_date_of_the_answer() {
        assert_eq!(of(&json!(NOW + 1_800)), Some(1_800));
        assert_eq!(of(&json!(NOW + 1)), Some(1));
        // A NumericDate may have a fraction (RFC 7519, 2).
        assert_eq!(of(&json!(1_800_001_800.75)), Some(1_800));
        let more = format!(r#"{{"aud":["x"],"exp":{},"a":{{"exp":1}}}}"#, NOW + 5);
        assert_eq!(lasts(&jwt(&more)), Some(5));
    }

    #[test]
    fn a_claim_that_cannot_be_is_none() {
        for odd in [
            json!(null),
            json!(true),
            json!("1800001800"),
            json!(NOW),
            json!(NOW - 1),
            json!(0),
            json!(-1),
            json!(i64::MIN),
            json!(u64::MAX),
            json!(1e300),
            json!(-1e300),
            json!((NOW + 1_800) * 1_000),
            json!([NOW + 1_800]),
            json!({ "exp": NOW + 1_800 }),
        ] {
            assert_eq!(of(&odd), None, "{odd}");
        }
    }

    #[test]
    fn what_is_no_jwt_has_no_claim() {
        let good = jwt(&json!({ "exp": NOW + 60 }).to_string());
        assert_eq!(lasts(&good), Some(60));
        let parts: Vec<&str> = good.split('.').collect();
        let (header, payload, signature) = (parts[0], parts[1], parts[2]);
        let deep = jwt(&"[".repeat(100_000));
        for none in [
            String::new(),
            "gErypPlm4dOVgGRvA1ZzMH5MQ3nLo8bo".to_owned(),
            "..".to_owned(),
            payload.to_owned(),
            format!("{header}.{payload}"),
            format!("{header}.{payload}."),
            format!(".{payload}.{signature}"),
            format!("{header}..{signature}"),
            format!("{header}.{payload}.{signature}.{signature}"),
            format!("{header}.{payload}=.{signature}"),
            format!("{header}.{payload}.+/+/"),
            format!("{signature}.{payload}.{header}"),
            jwt(""),
            jwt("[1]"),
            jwt("{\"exp\":1e400}"),
            jwt("{\"exp\":"),
            jwt("{}"),
            deep,
        ] {
            assert_eq!(lasts(&none), None, "{none}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_token_panics(token in "([A-Za-z0-9_=-]{0,20}[.]){0,4}\\PC{0,8}") {
            let _ = lasts(&token);
        }

        #[test]
        fn no_payload_panics(payload in "\\{\"exp\": ?(-?[0-9]{1,30}([.][0-9]{1,4})?(e-?[0-9]{1,4})?|\"\\PC*\"|\\[\\]|\\PC)\\}") {
            if let Some(lasts) = lasts(&jwt(&payload)) {
                prop_assert!(lasts > 0 && lasts <= 315_360_000);
            }
        }

        #[test]
        fn every_end_ahead_is_read_as_it_is(ahead in 1..315_360_000_u64) {
            prop_assert_eq!(of(&json!(NOW + ahead)), Some(ahead));
        }
    }
}
