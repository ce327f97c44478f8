//! `VerificationCode`: what a flow ends with, to be exchanged for the connection.

use zendesk_oauth_core::Secret;

use super::FlowError;
use crate::callback_query::{CallbackQuery, Unclear};
use crate::oauth_errors;

/// What a flow ends with, to be exchanged for the connection, once (inferred). It is never printed.
///
/// ```
/// use zendesk_oauth::zis::VerificationCode;
///
/// let code = VerificationCode::from_callback("/callback?verification_code=s8fO%2BrC4oP")?;
/// assert_eq!(code.as_secret().expose(), "s8fO+rC4oP");
/// let error = VerificationCode::from_callback("error=access_denied").unwrap_err();
/// assert!(error.is_denied());
/// # Ok::<(), zendesk_oauth::zis::FlowError>(())
/// ```
#[derive(Clone, Debug)]
pub struct VerificationCode(Secret);

impl VerificationCode {
    /// The code as text. An empty one, or one with a control character, is refused by
    /// [`exchange`](super::Zis::exchange) before anything is sent.
    #[must_use]
    pub fn new(code: impl Into<Secret>) -> Self {
        Self(code.into())
    }

    /// Reads the request with which the browser came to `origin_oauth_redirect_url`: its URL, whole
    /// or from the path on, or the query alone, percent-encoded as it came. The code is called
    /// `verification_code` there, or `verification_token` (observed in Zendesk's demo app).
    ///
    /// Look first whether the request belongs to the user's session: Zendesk's callback has no
    /// `state`, and without one a stranger can make a user's browser bring the code of the
    /// stranger's account (RFC 6749, section 10.12). So give
    /// [`origin_oauth_redirect_url`](super::StartOAuthFlow::origin_oauth_redirect_url) a value that
    /// nobody can guess, new in each session, and compare it here before the code is exchanged.
    /// [`Zis::connect`](super::Zis::connect) does the like by itself.
    ///
    /// # Errors
    ///
    /// [`FlowError`]: when the third party refused, when there is no code, or when there are
    /// several answers, of which none can be trusted (RFC 6749, section 3.1: no parameter comes
    /// twice), or one that is no UTF-8.
    pub fn from_callback(url_or_query: &str) -> Result<Self, FlowError> {
        let query = CallbackQuery::read(url_or_query);
        let one = |parameter: &'static str| {
            query.one(parameter).map_err(|unclear| match unclear {
                Unclear::Repeated => FlowError::Ambiguous,
                Unclear::NotUtf8 => FlowError::NotUtf8 { parameter },
            })
        };
        let (code, token) = (one("verification_code")?, one("verification_token")?);
        match (code, token, one("error")?) {
            (None, None, None) => Err(FlowError::NoCode),
            (None, None, Some(error)) => Err(FlowError::Refused {
                code: oauth_errors::known(error.expose()),
            }),
            (Some(code), None, None) | (None, Some(code), None) => Ok(Self(code.clone())),
            (Some(code), Some(token), None) if code.expose() == token.expose() => {
                Ok(Self(code.clone()))
            }
            _ => Err(FlowError::Ambiguous),
        }
    }

    /// The code itself.
    #[must_use]
    pub fn as_secret(&self) -> &Secret {
        &self.0
    }

    pub(super) fn into_secret(self) -> Secret {
        self.0
    }
}

impl From<Secret> for VerificationCode {
    fn from(code: Secret) -> Self {
        Self(code)
    }
}

impl From<String> for VerificationCode {
    fn from(code: String) -> Self {
        Self::new(code)
    }
}

impl From<&str> for VerificationCode {
    fn from(code: &str) -> Self {
        Self::new(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        let code = VerificationCode::from_callback(text).unwrap();
        code.as_secret().expose().to_owned()
    }

    #[test]
    fn urls_paths_and_queries_are_read_and_decoded() {
        for text in [
            "https://client.int/callback?verification_code=a%2Bb%20c",
            "https://client.int/a=b?x=1&verification_code=a%2Bb+c#verification_code=no",
            "/callback?verification_code=a%2Bb%20c",
            "?verification_code=a%2Bb%20c",
            "verification_code=a%2Bb%20c",
            "com.example.app:/callback?verification_code=a%2Bb%20c",
            "com.example.app:callback?verification_code=a%2Bb%20c",
            "a:b=1&verification_code=a%2Bb%20c",
            "verification_token=a%2Bb%20c&y=http://other/?verification_code",
            "verification_token=a%2Bb%20c&verification_code=a%2Bb%20c",
            "verification_token=a%2Bb%20c&verification_code=&error=",
        ] {
            assert_eq!(code(text), "a+b c", "{text}");
        }
        assert_eq!(code("verification_code=a?b"), "a?b");
    }

    #[test]
    fn no_code_and_several_are_refused() {
        for none in [
            "",
            "?",
            "/callback",
            "https://client.int/verification_code=x",
            "https://client.int/?verification_code=",
            "verification_code",
            "#verification_code=x",
            "state=x&Verification_Code=y",
        ] {
            let error = VerificationCode::from_callback(none).unwrap_err();
            assert!(matches!(error, FlowError::NoCode), "{none}: {error}");
        }
        for several in [
            "verification_code=CANARY&verification_code=CANARY",
            "verification_code=CANARY&verification_token=CANARY-2",
            "verification_code=CANARY&error=access_denied",
            "error=access_denied&error=server_error",
        ] {
            let error = VerificationCode::from_callback(several).unwrap_err();
            assert!(matches!(error, FlowError::Ambiguous), "{several}: {error}");
            assert!(!format!("{error} {error:?}").contains("CANARY"));
        }
    }

    #[test]
    fn what_is_no_text_is_refused_and_not_replaced() {
        for parameter in ["verification_code", "verification_token", "error"] {
            let callback = format!("/callback?{parameter}=CANARY%FF");
            let error = VerificationCode::from_callback(&callback).unwrap_err();
            assert!(
                matches!(error, FlowError::NotUtf8 { parameter: named } if named == parameter),
                "{error}"
            );
            assert!(!error.to_string().contains("CANARY"), "{error}");
        }
    }

    #[test]
    fn of_a_refusal_only_codes_of_oauth_are_kept() {
        let error = |text| VerificationCode::from_callback(text).unwrap_err();
        let denied = error("/?error=access%5Fdenied&error_description=CANARY");
        assert!(denied.is_denied());
        assert_eq!(denied.oauth_error(), Some("access_denied"));
        let other = error("/?error=CANARY");
        assert!(!other.is_denied());
        assert_eq!(other.oauth_error(), None);
        assert!(!format!("{denied} {denied:?} {other} {other:?}").contains("CANARY"));
    }
}
