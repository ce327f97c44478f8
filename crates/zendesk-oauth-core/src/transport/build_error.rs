//! `BuildError`: a transport that cannot be made.

use std::error::Error;
use std::fmt;

use crate::{CredentialError, printable_input};

/// Why a [`Transport`](crate::Transport) cannot be built, and what to write instead.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL cannot be one.
    #[non_exhaustive]
    BaseUrl {
        /// The input, as far as it can be shown without a secret in it.
        input: String,
        /// What is wrong and what to write.
        problem: &'static str,
    },
    /// The subdomain is not one label of a host name.
    #[non_exhaustive]
    Subdomain {
        /// The input, as far as it can be shown without a secret in it.
        input: String,
    },
    /// The credentials cannot be sent.
    Credentials(
        /// What is wrong with them.
        CredentialError,
    ),
    /// The user agent cannot be a header.
    UserAgent,
    /// The HTTP client cannot be set up.
    HttpClient,
}

impl BuildError {
    pub(super) fn base_url(input: &str, problem: &'static str) -> Self {
        Self::BaseUrl {
            input: printable_input(input),
            problem,
        }
    }

    pub(super) fn subdomain(input: &str) -> Self {
        Self::Subdomain {
            input: printable_input(input),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl { input, problem } => {
                write!(f, "{input} cannot be the base URL: {problem}")
            }
            Self::Subdomain { input } => write!(
                f,
                "{input} is not a subdomain: give one label of 1 to 63 letters, digits and \
                 hyphens, without a hyphen at either end, as in `acme` for acme.zendesk.com"
            ),
            Self::Credentials(error) => write!(f, "the credentials cannot be sent: {error}"),
            Self::UserAgent => f.write_str(
                "the user agent cannot be a header: use visible ASCII only, as in `my-app/1.0`",
            ),
            Self::HttpClient => f.write_str(
                "the HTTP client cannot be set up: check the system's certificates, the proxy \
                 variables, and that one of the features `rustls` and `native-tls` is on",
            ),
        }
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Credentials(error) => error.source(),
            _ => None,
        }
    }
}
