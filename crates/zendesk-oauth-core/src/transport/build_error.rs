//! `BuildError`: a transport that cannot be made.

use std::error::Error;
use std::fmt;

use crate::CredentialError;

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
            input: showable(input),
            problem,
        }
    }

    pub(super) fn subdomain(input: &str) -> Self {
        Self::Subdomain {
            input: showable(input),
        }
    }
}

/// The part of an input that is surely scheme, host and path; somebody may have passed a token by
/// mistake.
fn showable(input: &str) -> String {
    let hidden = || "[not shown]".to_owned();
    let (scheme, rest) = input.trim().split_once("://").unwrap_or(("", input.trim()));
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    if rest.contains('@') || rest.len() > 100 {
        return hidden();
    }
    let host_like = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_/:{}[]".contains(&byte)
    };
    if !rest.bytes().all(host_like)
        || !scheme.bytes().all(|byte| byte.is_ascii_lowercase())
        || scheme.len() > 8
    {
        return hidden();
    }
    // Without scheme and dots it might be a token in hexadecimal.
    if scheme.is_empty() && !rest.contains('.') && rest.len() > 24 {
        return hidden();
    }
    if scheme.is_empty() {
        format!("`{rest}`")
    } else {
        format!("`{scheme}://{rest}`")
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
