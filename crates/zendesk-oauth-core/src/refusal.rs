//! `Refusal`: a call that was not made.

use std::error::Error;
use std::fmt;

use crate::{CredentialError, Operation};

/// Why a call was refused before anything was sent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// Credentials or secrets would have travelled over plain http to another machine.
    #[non_exhaustive]
    InsecureTransport {
        /// The operation.
        operation: &'static Operation,
        /// The host of the base URL.
        host: String,
    },
    /// The URL's path is not the operation's: a path parameter is empty, `.` or `..`.
    #[non_exhaustive]
    PathMismatch {
        /// The operation.
        operation: &'static Operation,
    },
    /// The URL is not below the base URL of the transport.
    #[non_exhaustive]
    OtherServer {
        /// The operation.
        operation: &'static Operation,
    },
    /// The credentials could not be had, or cannot be sent.
    #[non_exhaustive]
    Credentials {
        /// The operation.
        operation: &'static Operation,
        /// What is wrong with them.
        error: CredentialError,
    },
    /// The operation is not in the table that the client passed.
    #[non_exhaustive]
    UnknownOperation {
        /// The operationId of the call.
        id: &'static str,
    },
}

impl Refusal {
    /// The operation that was refused.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        match self {
            Self::InsecureTransport { operation, .. }
            | Self::PathMismatch { operation }
            | Self::OtherServer { operation }
            | Self::Credentials { operation, .. } => Some(operation),
            Self::UnknownOperation { .. } => None,
        }
    }
}

impl Refusal {
    pub(crate) fn write_summary(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InsecureTransport { operation, host } => write!(
                f,
                "{operation} was not sent: it would carry secrets over unencrypted http to {host}"
            ),
            Self::PathMismatch { operation } => write!(
                f,
                "{operation} was not sent: a path parameter is empty, `.` or `..`, and would have \
                 addressed another resource"
            ),
            Self::OtherServer { operation } => write!(
                f,
                "{operation} was not sent: its URL is not below the base URL that the credentials \
                 are for"
            ),
            Self::Credentials { operation, error } => {
                write!(f, "{operation} was not sent: {error}")
            }
            Self::UnknownOperation { id } => write!(
                f,
                "{id} was not sent: it is not in the client's table of operations"
            ),
        }
    }

    /// `None` where the summary says it.
    pub(crate) fn advice(&self) -> Option<&'static str> {
        Some(match self {
            Self::InsecureTransport { .. } => {
                "Use an https base URL; plain http is for loopback (localhost, 127.0.0.0/8, \
                 [::1]) only."
            }
            Self::PathMismatch { .. } => "Check the identifier that was passed.",
            Self::OtherServer { .. } => "Make the client with the base URL of its transport.",
            Self::Credentials { .. } => return None,
            Self::UnknownOperation { .. } => {
                "This is a defect of the client's crate: please report it."
            }
        })
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_summary(f)?;
        match self.advice() {
            Some(advice) => write!(f, ". {advice}"),
            None => Ok(()),
        }
    }
}

impl Error for Refusal {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Credentials { error, .. } => error.source(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SHOW: Operation = Operation::new("show", "GET", "/a");

    #[test]
    fn each_refusal_says_what_was_not_sent_why_and_what_to_do() {
        let operation = &SHOW;
        let host = "acme.example".to_owned();
        let error = CredentialError::Empty;
        for (refusal, why, advice) in [
            (
                Refusal::InsecureTransport { operation, host },
                "unencrypted http to acme.example",
                "Use an https base URL",
            ),
            (
                Refusal::PathMismatch { operation },
                "a path parameter is empty",
                "Check the identifier",
            ),
            (
                Refusal::OtherServer { operation },
                "not below the base URL",
                "with the base URL of its transport",
            ),
            (
                Refusal::Credentials { operation, error },
                "the token or password is empty",
                "Is its environment variable or file set?",
            ),
        ] {
            let text = refusal.to_string();
            assert!(text.starts_with("show (GET /a) was not sent: "), "{text}");
            assert!(text.contains(why) && text.contains(advice), "{text}");
            assert_eq!(refusal.operation(), Some(&SHOW));
            assert!(refusal.source().is_none());
        }
        let unknown = Refusal::UnknownOperation { id: "no_such" };
        let text = unknown.to_string();
        assert!(text.starts_with("no_such was not sent: "), "{text}");
        assert!(text.ends_with("please report it."), "{text}");
        assert_eq!(unknown.operation(), None);
    }
}
