//! The `oauth2` crate's answer as an issued token.

use std::time::SystemTime;

use ::oauth2::TokenResponse;
use zendesk_oauth_core::{CredentialError, Secret};

use crate::token::IssuedToken;
use crate::token::endpoint::lifetime_without_asking;

impl IssuedToken {
    /// The token of an answer that the `oauth2` crate received at `received_at`, by this machine's
    /// clock: what a source takes after a login with that crate.
    ///
    /// How long it is good is what the answer says; else what a JWT claims, by this machine's clock,
    /// since the answer's `Date` is not in it; else 5 minutes. Nobody is asked.
    ///
    /// How long the refresh token is good is in `refresh_token_expires_in` of the answer, which that
    /// crate keeps only in extra fields of one's own: set
    /// [`refresh_token_lasts`](Self::refresh_token_lasts) to it.
    ///
    /// # Errors
    ///
    /// If the access token is empty or cannot be sent in a header. It is not in the error.
    pub fn from_oauth2(
        answer: &impl TokenResponse,
        received_at: SystemTime,
    ) -> Result<Self, CredentialError> {
        let access_token = Secret::from(answer.access_token().secret().as_str());
        access_token.to_bearer_value()?;
        let lifetime = lifetime_without_asking(answer.expires_in(), &access_token, received_at);
        let mut issued = Self::new(access_token, lifetime, received_at);
        let refresh_token = answer.refresh_token().map(|token| token.secret().as_str());
        let refresh_token = refresh_token.filter(|token| !token.is_empty());
        issued.refresh_token = refresh_token.map(Secret::from);
        let scopes = answer.scopes().into_iter().flatten();
        issued.scope = crate::scope::joined(scopes.map(|scope| scope.as_str()));
        Ok(issued)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use ::oauth2::basic::BasicTokenResponse;
    use serde_json::{Value, json};

    use super::*;
    use crate::token::{Lifetime, LifetimeSource};

    /// Its claim ends at 1,793,611,800 seconds since 1970.
    const JWT: &str = "e30.eyJleHAiOjE3OTM2MTE4MDB9.c2ln";

    fn issued(answer: Value) -> Result<IssuedToken, CredentialError> {
        let answer: BasicTokenResponse = serde_json::from_value(answer).unwrap();
        IssuedToken::from_oauth2(&answer, UNIX_EPOCH + Duration::from_secs(1_793_610_000))
    }

    #[test]
    fn everything_that_it_has_is_taken() {
        let issued = issued(json!({
            "access_token": "CANARY-a", "token_type": "bearer", "expires_in": 600,
            "refresh_token": "CANARY-r", "scope": "read write",
        }));
        let issued = issued.unwrap();
        assert_eq!(issued.access_token.expose(), "CANARY-a");
        assert_eq!(issued.refresh_token.as_ref().unwrap().expose(), "CANARY-r");
        assert_eq!(issued.scope.as_deref(), Some("read write"));
        let ten = Lifetime::limited(Duration::from_secs(600), LifetimeSource::Answer);
        assert_eq!(issued.lifetime, ten);
        assert!(!format!("{issued:?}").contains("CANARY"));
    }

    #[test]
    fn what_it_does_not_say_is_read_from_the_token_or_assumed() {
        for (token, expires_in, seconds, source) in [
            (JWT, json!(null), 1_800, LifetimeSource::Claim),
            (JWT, json!(0), 1_800, LifetimeSource::Claim),
            (JWT, json!(u64::MAX), 1_800, LifetimeSource::Claim),
            ("opaque", json!(null), 300, LifetimeSource::Assumed),
        ] {
            let issued = issued(json!({
                "access_token": token, "token_type": "Bearer", "expires_in": expires_in,
            }));
            let issued = issued.unwrap();
            let expected = Lifetime::limited(Duration::from_secs(seconds), source);
            assert_eq!(issued.lifetime, expected);
            assert!(issued.refresh_token.is_none() && issued.scope.is_none());
        }
    }

    #[test]
    fn a_token_that_cannot_be_sent_is_none() {
        for bad in ["", "CANARY a", "CANARY\n"] {
            let error = issued(json!({ "access_token": bad, "token_type": "bearer" }));
            let error = error.unwrap_err();
            assert!(!format!("{error} {error:?}").contains("CANARY"));
        }
    }
}
