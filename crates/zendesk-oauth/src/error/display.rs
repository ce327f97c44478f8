//! What an error says: what happened, and what to do next.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use zendesk_oauth_core::ApiErrorBody;
use zendesk_oauth_core::client::Error as CallError;

use super::advice;
use super::{Error, Kind};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_summary(f)?;
        match self.advice() {
            Some(advice) => write!(f, ". {advice}"),
            None => Ok(()),
        }
    }
}

struct Summary<'a>(&'a Error);

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write_summary(f)
    }
}

impl Error {
    /// What happened, as `Display` says it, without the [`advice`](Self::advice) behind it: for
    /// programs whose users have other means than a caller of this crate.
    pub fn summary(&self) -> impl fmt::Display + '_ {
        Summary(self)
    }

    /// What `Display` says to do next, to who writes a program with this crate; `None` where the
    /// [`summary`](Self::summary) says it.
    #[must_use]
    pub fn advice(&self) -> Option<Cow<'static, str>> {
        match self.kind() {
            Kind::Call(error) => self.advice_of_call(error),
            #[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
            Kind::MissingCredentials { area } => {
                Some(advice::needs(*area, self.operation()).into())
            }
            #[cfg(feature = "oauth-tokens")]
            Kind::TokenNotReceived { id } => {
                Some(format!("Call `revoke({id})` before creating another.").into())
            }
            #[cfg(feature = "support")]
            Kind::SecretNotReceived(error) => Some(error.advice().into()),
            _ => None,
        }
    }

    fn write_summary(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
            #[cfg(feature = "tokens")]
            Kind::Token(error) => fmt::Display::fmt(error, f),
            #[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
            Kind::MissingCredentials { area } => {
                self.write_operation(f)?;
                write!(f, "there are no credentials for {area}. Nothing was sent")
            }
            #[cfg(feature = "_support")]
            Kind::Paging(error) => {
                self.write_operation(f)?;
                fmt::Display::fmt(error, f)
            }
            #[cfg(any(
                feature = "support",
                feature = "oauth-tokens",
                feature = "grant-type-tokens",
                feature = "zis"
            ))]
            Kind::Request(error) => {
                self.write_operation(f)?;
                fmt::Display::fmt(error, f)
            }
            #[cfg(feature = "support")]
            Kind::SecretNotReceived(error) => fmt::Display::fmt(error, f),
            #[cfg(feature = "oauth-tokens")]
            Kind::TokenNotReceived { id } => {
                self.write_operation(f)?;
                write!(
                    f,
                    "the OAuth token {id} was created, but the whole of it did not come back, and no \
                     other answer shows it"
                )
            }
            #[cfg(any(feature = "support", feature = "tokens"))]
            Kind::Callback(error) => fmt::Display::fmt(error, f),
            #[cfg(feature = "tokens")]
            Kind::Login(error) => fmt::Display::fmt(error, f),
            #[cfg(any(feature = "support", feature = "tokens"))]
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
        #[cfg(feature = "tokens")]
        if let (CallError::Refused(_), Some(why)) = (error, self.token()) {
            // Core's text leaves the reason to the source, where few look.
            self.write_operation(f)?;
            return write!(
                f,
                "there is no access token, so that it was not sent: {why}"
            );
        }
        #[cfg(feature = "tokens")]
        if let Some(why) = self.token() {
            return write!(
                f,
                "{}. The access token was refused, and there is no other: {why}",
                error.summary()
            );
        }
        fmt::Display::fmt(&error.summary(), f)
    }

    fn advice_of_call(&self, error: &CallError<ApiErrorBody>) -> Option<Cow<'static, str>> {
        #[cfg(feature = "tokens")]
        if self.token().is_some() {
            return None;
        }
        // Why there is no other token says more than where tokens come from.
        let why = error.credential_error();
        match self.area_advice().filter(|_| why.is_none()) {
            Some(advice) => Some(advice.into()),
            None => error.advice(),
        }
    }

    /// What the area has to say about refused credentials.
    fn area_advice(&self) -> Option<String> {
        let status = self.own_status()?.as_u16();
        advice::advice(self.operation()?, status, self.api_error()?)
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
            #[cfg(feature = "tokens")]
            Kind::Call(CallError::Refused(_)) if self.token().is_some() => self.token()?.source(),
            Kind::Call(error) => error.source(),
            Kind::Build(error) => error.source(),
            #[cfg(feature = "zis")]
            Kind::Flow(error) => error.source(),
            #[cfg(feature = "tokens")]
            Kind::Login(error) => error.source(),
            #[cfg(feature = "tokens")]
            Kind::Token(error) => error.source(),
            Kind::InsecureBaseUrl { .. } | Kind::Name(_) => None,
            #[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
            Kind::MissingCredentials { .. } => None,
            #[cfg(feature = "_support")]
            Kind::Paging(error) => error.source(),
            #[cfg(feature = "support")]
            Kind::SecretNotReceived(error) => error.cause.as_ref()?.source(),
            #[cfg(any(
                feature = "support",
                feature = "oauth-tokens",
                feature = "grant-type-tokens",
                feature = "zis"
            ))]
            Kind::Request(_) => None,
            #[cfg(feature = "oauth-tokens")]
            Kind::TokenNotReceived { .. } => None,
            #[cfg(any(feature = "support", feature = "tokens"))]
            Kind::Callback(_) | Kind::NoRandomness(_) => None,
        }
    }
}
