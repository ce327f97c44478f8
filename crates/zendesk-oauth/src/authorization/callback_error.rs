//! `CallbackError`: a callback that brings no code.

use std::fmt;

use crate::oauth_errors;

/// Why a callback brings no authorization code.
///
/// `Display` prints nothing that stood in the callback but the error codes of RFC 6749, for anybody
/// can call a callback with any text.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackError {
    /// `state` is missing or is not the one of this request: the callback answers another request,
    /// or somebody forged it. Whatever else it says counts for nothing.
    StateMismatch,
    /// The person, or the server, refused (RFC 6749, 4.1.2.1).
    #[non_exhaustive]
    Refused {
        /// `error`, such as `access_denied` or `invalid_scope`: text from outside.
        error: String,
        /// `error_description`, if there was one: text from outside, for people.
        description: Option<String>,
    },
    /// There is neither `code` nor `error`.
    NoCode,
    /// There are both `code` and `error`, of which neither can be trusted.
    Ambiguous,
    /// A parameter occurs twice, which RFC 6749, 3.1 forbids.
    #[non_exhaustive]
    Repeated {
        /// Which.
        parameter: &'static str,
    },
    /// A parameter is no UTF-8, which RFC 6749, appendix B demands.
    #[non_exhaustive]
    NotUtf8 {
        /// Which.
        parameter: &'static str,
    },
}

impl CallbackError {
    /// Whether the person did not allow it (`access_denied`).
    #[must_use]
    pub fn is_denied(&self) -> bool {
        self.oauth_error() == Some(oauth_errors::ACCESS_DENIED)
    }

    /// The error code, if it is one of RFC 6749.
    #[must_use]
    pub fn oauth_error(&self) -> Option<&'static str> {
        match self {
            Self::Refused { error, .. } => oauth_errors::known(error),
            _ => None,
        }
    }

    /// `error_description`, if there was one: text from outside, for people. Escape it before it
    /// gets into a page.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        match self {
            Self::Refused { description, .. } => description.as_deref(),
            _ => None,
        }
    }
}

/// What to do about a code of RFC 6749, 4.1.2.1.
const ADVICE: &[(&str, &str)] = &[
    (
        "invalid_request",
        "compare the request with the client's settings: its redirect URIs, and PKCE if it is public",
    ),
    (
        "unauthorized_client",
        "allow the client to ask for codes, in its settings",
    ),
    (
        "unsupported_response_type",
        "the server gives no codes: check the base URL",
    ),
    (
        "invalid_scope",
        "ask for scopes that exist and that the client may have",
    ),
    ("server_error", "start again later"),
    ("temporarily_unavailable", "start again later"),
];

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StateMismatch => f.write_str(
                "the callback's `state` is not the one of this request: it answers another request \
                 or is forged. Start again with a new authorization URL.",
            ),
            Self::Refused { error, .. } => match oauth_errors::known(error) {
                Some(oauth_errors::ACCESS_DENIED) => f.write_str(
                    "access was denied (access_denied): the person did not allow it. Ask again \
                     only if the person wants to.",
                ),
                Some(known) => {
                    let advice = ADVICE.iter().find(|(code, _)| *code == known);
                    let advice = advice.map_or("look at the error's fields", |(_, advice)| *advice);
                    write!(
                        f,
                        "the server refused the authorization request ({known}): {advice}."
                    )
                }
                None => f.write_str(
                    "the server refused the authorization request with a code that RFC 6749 does \
                     not know: look at the error's fields.",
                ),
            },
            Self::NoCode => f.write_str(
                "the callback has neither `code` nor `error`: pass the URL with which the browser \
                 came back, with its query.",
            ),
            Self::Ambiguous => f.write_str(
                "the callback has both `code` and `error`. Trust neither, and start again with a \
                 new authorization URL.",
            ),
            Self::NotUtf8 { parameter } => write!(
                f,
                "the callback's `{parameter}` is no UTF-8 (RFC 6749, appendix B). Pass the URL as \
                 the browser sent it, or start again with a new authorization URL."
            ),
            Self::Repeated { parameter } => write!(
                f,
                "the callback has `{parameter}` twice, which RFC 6749, 3.1 forbids. Start again with \
                 a new authorization URL."
            ),
        }
    }
}

impl fmt::Debug for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for CallbackError {}
