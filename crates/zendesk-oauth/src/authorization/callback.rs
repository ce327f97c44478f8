//! `AuthorizationCode`: what a browser comes back with.

use std::fmt;

use sha2::{Digest, Sha256};
use zendesk_oauth_core::Secret;

use super::CallbackError;
use crate::callback_query::{CallbackQuery, Unclear};

/// The code with which a browser came back. It is good once, for 120 seconds
/// (<https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/>).
#[derive(Clone)]
pub struct AuthorizationCode(Secret);

impl AuthorizationCode {
    /// Reads `code` from a callback: the whole URL, its path with the query, or the query alone.
    /// `state` is the one of the request that the callback has to answer
    /// ([`AuthorizationRequest::state`](super::AuthorizationRequest::state)), kept meanwhile such as
    /// in the person's session.
    ///
    /// ```
    /// use zendesk_oauth::Secret;
    /// use zendesk_oauth::authorization::{AuthorizationCode, CallbackError};
    ///
    /// let state = Secret::from("kept-in-the-session");
    /// let code = AuthorizationCode::from_callback("/cb?code=abc&state=kept-in-the-session", &state)?;
    /// assert_eq!(code.secret().expose(), "abc");
    /// # Ok::<(), CallbackError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`CallbackError`]. `state` is looked at first: without it nothing in a callback is believed.
    pub fn from_callback(callback: &str, state: &Secret) -> Result<Self, CallbackError> {
        let query = CallbackQuery::read(callback);
        let one = |parameter: &'static str| {
            let value = query.one(parameter).map_err(|unclear| match unclear {
                Unclear::Repeated => CallbackError::Repeated { parameter },
                Unclear::NotUtf8 => CallbackError::NotUtf8 { parameter },
            });
            Ok(value?.map(Secret::expose))
        };
        if !one("state")?.is_some_and(|given| is_same(given, state.expose())) {
            return Err(CallbackError::StateMismatch);
        }
        match (one("code")?, one("error")?) {
            (Some(code), None) => Ok(Self(Secret::from(code))),
            (None, None) => Err(CallbackError::NoCode),
            (Some(_), Some(_)) => Err(CallbackError::Ambiguous),
            (None, Some(error)) => Err(CallbackError::Refused {
                error: error.to_owned(),
                description: one("error_description")?.map(str::to_owned),
            }),
        }
    }

    /// The code as it is sent.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.0
    }

    /// The code as it is sent.
    #[must_use]
    pub fn into_secret(self) -> Secret {
        self.0
    }
}

impl From<AuthorizationCode> for Secret {
    fn from(code: AuthorizationCode) -> Self {
        code.into_secret()
    }
}

impl From<&AuthorizationCode> for Secret {
    fn from(code: &AuthorizationCode) -> Self {
        code.secret().clone()
    }
}

impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthorizationCode([redacted])")
    }
}

/// Compares digests: how long that takes says nothing about where the texts differ.
fn is_same(one: &str, other: &str) -> bool {
    Sha256::digest(one) == Sha256::digest(other)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use reqwest::Url;

    use super::*;

    const STATE: &str = "CANARY-state";

    fn read(callback: &str) -> Result<String, CallbackError> {
        let code = AuthorizationCode::from_callback(callback, &Secret::from(STATE))?;
        assert_eq!(format!("{code:?}"), "AuthorizationCode([redacted])");
        Ok(code.into_secret().expose().to_owned())
    }

    #[test]
    fn a_code_is_read_from_a_url_a_path_and_a_query() {
        for callback in [
            "https://app.example.com/callback?code=a%2Bb+c&state=CANARY-state",
            "https://app.example.com/callback?kept=1&state=CANARY%2Dstate&code=a%2Bb%20c#end",
            "com.example.app:/callback?code=a%2Bb+c&state=CANARY-state",
            "com.example.app:callback?code=a%2Bb+c&state=CANARY-state",
            "a:b=1&code=a%2Bb+c&state=CANARY-state",
            "/callback?code=a%2Bb+c&state=CANARY-state",
            "?code=a%2Bb+c&state=CANARY-state",
            "code=a%2Bb+c&state=CANARY-state",
            "code=a%2Bb+c&state=CANARY-state&from=/x?y",
        ] {
            assert_eq!(read(callback).as_deref(), Ok("a+b c"), "{callback}");
        }
    }

    #[test]
    fn without_the_state_of_the_request_nothing_is_believed() {
        for callback in [
            "",
            "/callback",
            "code=a",
            "code=a&state=",
            "code=a&state=CANARY-stat",
            "code=a&state=CANARY-statee",
            "code=a&state=canary-state",
            "error=access_denied",
            "error=access_denied&state=CANARY-other",
            "https://app.example.com/callback#code=a&state=CANARY-state",
        ] {
            assert_eq!(
                read(callback),
                Err(CallbackError::StateMismatch),
                "{callback}"
            );
        }
    }

    #[test]
    fn refusals_are_typed_and_print_nothing_from_outside() {
        let denied =
            read("error=access_denied&error_description=The+user+CANARY-x&state=CANARY-state")
                .unwrap_err();
        assert!(denied.is_denied());
        assert_eq!(denied.oauth_error(), Some("access_denied"));
        assert_eq!(denied.description(), Some("The user CANARY-x"));
        let scope = read("error=invalid_scope&state=CANARY-state").unwrap_err();
        assert!(scope.to_string().contains("invalid_scope"), "{scope}");
        let odd = read("error=CANARY-%1b%5b31m&state=CANARY-state").unwrap_err();
        let none = read("state=CANARY-state&code=").unwrap_err();
        assert_eq!(none, CallbackError::NoCode);
        assert_eq!(odd.oauth_error(), None);
        let both = read("error=access_denied&state=CANARY-state&code=CANARY").unwrap_err();
        assert_eq!(both, CallbackError::Ambiguous);
        assert!(!both.is_denied());
        let parameter = "code";
        let bytes = read("code=CANARY%FF&state=CANARY-state").unwrap_err();
        assert_eq!(bytes, CallbackError::NotUtf8 { parameter });
        for error in [denied, scope, odd, none, both, bytes] {
            let text = format!("{error} {error:?}");
            assert!(!text.contains("CANARY") && !text.contains('\n'), "{text}");
        }
    }

    #[test]
    fn what_occurs_twice_is_refused() {
        for (callback, parameter) in [
            ("code=a&state=CANARY-state&state=CANARY-state", "state"),
            ("code=a&code=b&state=CANARY-state", "code"),
            ("error=a&error=b&state=CANARY-state", "error"),
        ] {
            assert_eq!(read(callback), Err(CallbackError::Repeated { parameter }));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_callback_panics_or_is_believed_without_its_state(
            callback in "(code=a|state=|error=|https?:|/cb|[a-z]|[&?#%/:+=.]|\\PC){0,12}"
        ) {
            prop_assert!(read(&callback).is_err());
        }

        #[test]
        fn no_state_but_the_same_is_taken(state in "(CANARY-state|[A-Za-z-]|\\PC){0,3}") {
            let url = Url::parse_with_params("http://l/", [("code", "a"), ("state", &state)]);
            let outcome = read(url.unwrap().as_str());
            prop_assert_eq!(outcome.is_ok(), state == STATE);
        }

        #[test]
        fn any_code_comes_back_as_it_was_sent(code in ".{1,80}", kept in ".{0,20}") {
            let parameters = [("kept", kept.as_str()), ("code", &code), ("state", STATE)];
            let url = Url::parse_with_params("https://app.example.com/cb", parameters).unwrap();
            prop_assert_eq!(read(url.as_str()), Ok(code.clone()));
            prop_assert_eq!(read(url.query().unwrap()), Ok(code));
        }
    }
}
