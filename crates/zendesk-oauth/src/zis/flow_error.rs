//! `FlowError`: why a flow came to no connection, beside the calls that it makes.

use std::error::Error;
use std::fmt;
use std::io;
use std::time::Duration;

use crate::oauth_errors;

/// Why a flow came to no connection, where no single call is to blame. `Display`, which `Debug`
/// repeats, prints no code, token or URL, and of what the third party said its error code only if
/// OAuth knows it.
#[non_exhaustive]
pub enum FlowError {
    /// The third party, or the person in front of it, refused.
    #[non_exhaustive]
    Refused {
        /// The error code, if it is one of RFC 6749 (sections 4.1.2.1 and 5.2).
        code: Option<&'static str>,
    },
    /// The callback has neither a code nor an error.
    NoCode,
    /// The callback has several codes, or a code and an error.
    Ambiguous,
    /// A parameter of the callback is no UTF-8, which RFC 6749, appendix B demands.
    #[non_exhaustive]
    NotUtf8 {
        /// Which.
        parameter: &'static str,
    },
    /// Zendesk's answer to the start is no URL that may be opened in a browser: neither https nor
    /// http to this machine.
    NoBrowserUrl,
    /// Zendesk's answer to the start of a flow is the URL of an exchange, but without a code that can
    /// be taken from it, or, with the grant `client_credentials`, none of the exchange.
    NoExchangeUrl,
    /// The loopback listener could not be had.
    #[non_exhaustive]
    Listener {
        /// The port that was asked for; 0 for any.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The system gives no random numbers.
    NoRandomness,
    /// Nobody came back from the browser in time.
    #[non_exhaustive]
    NobodyCameBack {
        /// The time there was.
        deadline: Duration,
    },
    /// The connection was not ready in time.
    #[non_exhaustive]
    NotReady {
        /// The time there was.
        deadline: Duration,
        /// The error of the last look that came to an end: a 404, or one that passes, such as 503 or
        /// a lost connection. Nothing if that look found the connection, but without a token that is
        /// good, or if there is no such look.
        last: Option<Box<crate::Error>>,
    },
}

impl FlowError {
    /// Whether the third party answered that access was denied, mostly because a person said no.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        self.oauth_error() == Some(oauth_errors::ACCESS_DENIED)
    }

    /// Whether the deadline passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::NobodyCameBack { .. } | Self::NotReady { .. })
    }

    /// Whether nothing was sent at all.
    pub(crate) fn is_not_sent(&self) -> bool {
        matches!(self, Self::Listener { .. } | Self::NoRandomness)
    }

    /// The third party's error code, if it is one of RFC 6749.
    #[must_use]
    pub fn oauth_error(&self) -> Option<&'static str> {
        match self {
            Self::Refused { code } => *code,
            _ => None,
        }
    }
}

impl fmt::Display for FlowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused {
                code: Some(oauth_errors::ACCESS_DENIED),
            } => f.write_str(
                "the third party answered access_denied: the user, or a policy there, said no. \
                 Start the flow again once access is granted.",
            ),
            Self::Refused { code: Some(code) } => write!(
                f,
                "the third party answered {code}. Check the ZIS OAuth client and the scopes that \
                 were asked for, then start the flow again."
            ),
            Self::Refused { code: None } => f.write_str(
                "the third party answered with an error that RFC 6749 does not know. Look for it \
                 in the address bar of the browser, or ask the third party.",
            ),
            Self::NoCode => f.write_str(
                "the callback has neither verification_code nor verification_token. Pass the URL, \
                 or its query, as the browser sent it.",
            ),
            Self::Ambiguous => f.write_str(
                "the callback has several codes, or a code and an error. Trust none of them, and \
                 start the flow again.",
            ),
            Self::NotUtf8 { parameter } => write!(
                f,
                "the callback's {parameter} is no UTF-8. Pass the URL, or its query, as the browser \
                 sent it, or start the flow again."
            ),
            Self::NoBrowserUrl => f.write_str(
                "Zendesk answered to the start of the flow with something that is no https URL, nor \
                 http to this machine. Nothing was opened.",
            ),
            Self::NoExchangeUrl => f.write_str(
                "Zendesk answered to the start of the flow with a URL from which no code for this \
                 integration's exchange can be taken. Nothing was opened, and no code was sent. \
                 Check the base URL and the grant of the ZIS OAuth client, then start the flow \
                 again.",
            ),
            Self::Listener { port: 0, .. } => {
                f.write_str("no port of 127.0.0.1 can be listened on for the callback.")
            }
            Self::Listener { port, .. } => write!(
                f,
                "port {port} of 127.0.0.1 cannot be listened on for the callback. Give `port` \
                 another one, or leave it out."
            ),
            Self::NoRandomness => f.write_str(
                "the system gives no random numbers, so that the callback could be guessed. \
                 Nothing was sent.",
            ),
            Self::NobodyCameBack { deadline } => write!(
                f,
                "nobody came back from the browser within {deadline:?}. Start the flow again, with \
                 a longer `deadline` if the user needs more time."
            ),
            Self::NotReady {
                deadline,
                last: Some(last),
            } if last.is_transient() => write!(
                f,
                "Zendesk did not answer as it should within {deadline:?}, at least the last time. \
                 See the source, and wait with a longer `deadline`."
            ),
            Self::NotReady {
                deadline,
                last: Some(_),
            } => write!(
                f,
                "there was no such connection within {deadline:?}. Complete its flow, or wait with \
                 a longer `deadline`."
            ),
            Self::NotReady {
                deadline,
                last: None,
            } => write!(
                f,
                "there was no connection with an unexpired access token within {deadline:?}. \
                 Complete or refresh it, or wait with a longer `deadline`."
            ),
        }
    }
}

impl fmt::Debug for FlowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for FlowError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Listener { source, .. } => Some(source),
            Self::NotReady {
                last: Some(last), ..
            } => Some(last.as_ref()),
            _ => None,
        }
    }
}
