//! `LoginError`: why nobody is logged in, beside the calls and the callback.

use std::error::Error;
use std::fmt;
use std::io;
use std::time::Duration;

/// Why a login came to no code, where no call and no callback is to blame. `Display`, which `Debug`
/// repeats, is one line and prints no URL but scheme and host.
#[non_exhaustive]
pub enum LoginError {
    /// The port of the redirect URI cannot be listened on.
    #[non_exhaustive]
    Listener {
        /// The port; 0 for any.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The redirect URI is not one to listen on, and nobody is asked to paste.
    #[non_exhaustive]
    NoWayBack {
        /// Scheme and host of the redirect URI.
        redirect_uri: String,
    },
    /// Nobody came back in time, by browser or by pasting.
    #[non_exhaustive]
    NobodyCameBack {
        /// The time there was.
        deadline: Duration,
    },
    /// The texts that are pasted came to their end, and nothing is listened on.
    NothingPasted,
}

impl LoginError {
    /// Whether the deadline passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::NobodyCameBack { .. })
    }

    /// Whether no URL was handed out yet.
    pub(crate) fn is_not_sent(&self) -> bool {
        matches!(self, Self::Listener { .. } | Self::NoWayBack { .. })
    }
}

impl fmt::Display for LoginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listener { port: 0, .. } => f.write_str(
                "no port of 127.0.0.1 can be listened on for the redirect URI. Let the address be \
                 pasted (`paste_lines`).",
            ),
            Self::Listener { port, .. } => write!(
                f,
                "port {port} of 127.0.0.1, which the redirect URI names, cannot be listened on. End \
                 what has it, such as another login, let the address be pasted (`paste_lines`), or \
                 register a redirect URI with another port."
            ),
            Self::NoWayBack { redirect_uri } => write!(
                f,
                "the redirect URI at {redirect_uri} is none to listen on, so nobody would come back. \
                 Give one of http to 127.0.0.1 that the OAuth client has, let the address be pasted \
                 (`paste_lines`), or take the login in steps (`begin`)."
            ),
            Self::NobodyCameBack { deadline } => write!(
                f,
                "nobody came back from the browser within {deadline:?}. Log in again, with a longer \
                 `deadline` if the person needs more time. If the browser shows an error of Zendesk, \
                 compare the redirect URI with those of the OAuth client; if it cannot reach this \
                 machine, let the address be pasted (`paste_lines`)."
            ),
            Self::NothingPasted => f.write_str(
                "nothing more is pasted, and the redirect URI is not listened on. Log in again, and \
                 paste the address to which the browser is sent.",
            ),
        }
    }
}

impl fmt::Debug for LoginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for LoginError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Listener { source, .. } => Some(source),
            _ => None,
        }
    }
}
