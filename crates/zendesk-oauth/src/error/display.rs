//! What an error says: what happened, and what to do next.

use std::error::Error as StdError;
use std::fmt;

use zendesk_oauth_core::ApiErrorBody;
use zendesk_oauth_core::client::Error as CallError;

use super::advice::advice;
use super::{Error, Kind};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Kind::Call(error) => self.write_call(error, f),
            Kind::Build(error) => fmt::Display::fmt(error, f),
            Kind::InsecureBaseUrl { shown } => write!(
                f,
                "{shown} cannot be the base URL: secrets would travel over unencrypted http to \
                 another machine. Nothing was sent. Use https; plain http is for loopback \
                 (localhost, 127.0.0.0/8, [::1]) only."
            ),
            Kind::Name(error) => {
                self.write_operation(f)?;
                fmt::Display::fmt(error, f)
            }
            #[cfg(feature = "zis")]
            Kind::Flow(error) => {
                self.write_operation(f)?;
                fmt::Display::fmt(error, f)
            }
            Kind::MissingCredentials { area } => {
                self.write_operation(f)?;
                write!(
                    f,
                    "there are no credentials for {area}. Nothing was sent. {}.",
                    area.needs()
                )
            }
            #[cfg(feature = "support")]
            Kind::Paging(error) => {
                self.write_operation(f)?;
                fmt::Display::fmt(error, f)
            }
            #[cfg(any(feature = "support", feature = "zis"))]
            Kind::Request(error) => {
                self.write_operation(f)?;
                fmt::Display::fmt(error, f)
            }
            #[cfg(feature = "support")]
            Kind::SecretNotReceived(error) => fmt::Display::fmt(error, f),
            #[cfg(feature = "support")]
            Kind::Callback(error) => fmt::Display::fmt(error, f),
            #[cfg(feature = "support")]
            Kind::NoRandomness(error) => write!(
                f,
                "the system gives no random bytes ({error}), and a guessable `state` or \
                 `code_verifier` would be of no use: mend the system's random source."
            ),
        }
    }
}

impl Error {
    /// What every message about an operation begins with, as core's do.
    fn write_operation(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.operation() {
            Some(operation) => write!(f, "{operation}: "),
            None => Ok(()),
        }
    }

    fn write_call(
        &self,
        error: &CallError<ApiErrorBody>,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        match self.area_advice() {
            Some(advice) => write!(f, "{}. {advice}", error.summary()),
            None => fmt::Display::fmt(error, f),
        }
    }

    /// What the area has to say about refused credentials.
    fn area_advice(&self) -> Option<String> {
        let status = self.own_status()?.as_u16();
        advice(self.area()?, status, self.api_error()?)
    }
}

/// `Debug` is what `unwrap` prints: it has to be of use, and as clean.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // `Display` repeats the inner error's text, so the chain continues below it.
        match self.kind() {
            Kind::Call(error) => error.source(),
            Kind::Build(error) => error.source(),
            #[cfg(feature = "zis")]
            Kind::Flow(error) => error.source(),
            Kind::InsecureBaseUrl { .. } | Kind::Name(_) | Kind::MissingCredentials { .. } => None,
            #[cfg(feature = "support")]
            Kind::Paging(error) => error.source(),
            #[cfg(feature = "support")]
            Kind::SecretNotReceived(error) => error.cause.as_ref()?.source(),
            #[cfg(any(feature = "support", feature = "zis"))]
            Kind::Request(_) => None,
            #[cfg(feature = "support")]
            Kind::Callback(_) | Kind::NoRandomness(_) => None,
        }
    }
}
