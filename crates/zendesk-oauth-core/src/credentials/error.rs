//! `CredentialError`: credentials that cannot be had or cannot be sent.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Why there is no usable `Authorization` header. It never holds the credentials.
#[derive(Clone)]
#[non_exhaustive]
pub enum CredentialError {
    /// The token or password is empty.
    Empty,
    /// A character that must not be in it: a line end from a file, a space, or not ASCII.
    #[non_exhaustive]
    IllegalCharacter {
        /// Which part it is in.
        what: &'static str,
    },
    /// The user name has a colon, which ends it (RFC 7617, 2).
    ColonInUser,
    /// A [`CredentialSource`](crate::CredentialSource) has none. Made by
    /// [`CredentialError::unavailable`].
    Unavailable(
        /// What the source says about it.
        Arc<dyn Error + Send + Sync>,
    ),
}

impl CredentialError {
    /// The error of a [`CredentialSource`](crate::CredentialSource) that cannot give credentials.
    /// `cause` becomes the [source](Error::source) of every error made of this one, so its text
    /// must be fit to print.
    pub fn unavailable(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Unavailable(Arc::from(cause.into()))
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str(
                "the token or password is empty. Is its environment variable or file set?",
            ),
            Self::IllegalCharacter { what } => write!(
                f,
                "{what} has a character that cannot be sent. Trim line ends and spaces, and give \
                 a token without the word `Bearer`."
            ),
            Self::ColonInUser => f.write_str(
                "the user name has a colon, which basic authentication cannot carry. Pass email \
                 and token separately.",
            ),
            Self::Unavailable(_) => f.write_str(
                "the credential source gave no credentials. Its own error is the \
                 source of this one.",
            ),
        }
    }
}

impl fmt::Debug for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::IllegalCharacter { what } => f
                .debug_struct("IllegalCharacter")
                .field("what", what)
                .finish(),
            Self::ColonInUser => f.write_str("ColonInUser"),
            // Its Display is promised to be clean; its Debug is not.
            Self::Unavailable(cause) => write!(f, "Unavailable({cause})"),
        }
    }
}

impl Error for CredentialError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unavailable(cause) => Some(cause.as_ref()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_names_the_kind_and_the_clean_text_of_a_cause() {
        #[derive(Debug)]
        struct Cause(#[allow(dead_code, reason = "only printed")] &'static str);
        impl fmt::Display for Cause {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the store is locked")
            }
        }
        impl Error for Cause {}
        let what = "the secret";
        for (error, expected) in [
            (CredentialError::Empty, "Empty"),
            (CredentialError::ColonInUser, "ColonInUser"),
            (
                CredentialError::IllegalCharacter { what },
                r#"IllegalCharacter { what: "the secret" }"#,
            ),
            (
                CredentialError::unavailable(Cause("CANARY")),
                "Unavailable(the store is locked)",
            ),
        ] {
            assert_eq!(format!("{error:?}"), expected);
            let is_caused = error.source().map(ToString::to_string);
            let expected = expected.contains("locked").then_some("the store is locked");
            assert_eq!(is_caused.as_deref(), expected);
        }
    }
}
