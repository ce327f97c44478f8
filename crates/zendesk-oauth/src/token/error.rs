//! `TokenError`: why there is no usable token.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use zendesk_oauth_core::CredentialError;

use super::refresh::Answer;
use super::shown::one_line;
use super::{LeaseHolder, LoginEnd, StoreError, StoreErrorKind};
use crate::Error;

/// Why there is no usable token. The login is kept, whatever it says, unless a person removes it.
/// `Display`, which `Debug` repeats, is one line and has no secret.
#[derive(Clone)]
#[non_exhaustive]
pub enum TokenError {
    /// The store is empty: nobody has logged in.
    #[non_exhaustive]
    NoLogin {
        /// Which store.
        store: String,
    },
    /// The login is over: Zendesk takes its refresh token no more.
    Ended(
        /// Why, and the way back.
        LoginEnd,
    ),
    /// A person's login was to be stored by a source that gets its tokens by client_credentials. The
    /// store is unchanged.
    #[non_exhaustive]
    NeedsNoLogin {
        /// Which store.
        store: String,
    },
    /// A new login could not be stored. What the store had is still in use.
    NotStored(
        /// Why not.
        StoreError,
    ),
    /// The store holds the login of another OAuth client or of another account. It is left alone.
    #[non_exhaustive]
    OtherLogin {
        /// Which store.
        store: String,
        /// What it is of: the identifier of the client and the base URL.
        of: String,
        /// What it was expected to be of.
        expected: String,
    },
    /// The store failed. Unless it is in [`AfterSending`](Self::AfterSending), nothing was sent.
    Store(
        /// How.
        StoreError,
    ),
    /// Zendesk gave no token this time. Another attempt follows by itself: after a minute, if it says
    /// that the settings are wrong.
    Refused(
        /// The failed call.
        Arc<Error>,
    ),
    /// Somebody else is refreshing and was not done in time.
    #[non_exhaustive]
    Busy {
        /// Who.
        holder: LeaseHolder,
        /// How long it was waited.
        waited: Duration,
    },
    /// Something was sent to the token endpoint, and it did not end there: what followed failed in this
    /// way, without another word of the endpoint. The next attempt settles what was sent.
    AfterSending(
        /// What failed.
        Arc<TokenError>,
    ),
    /// The lease was lost again and again, or the store changed in between, until the refresh was given
    /// up.
    #[non_exhaustive]
    GivenUp {
        /// After how many turns.
        rounds: u32,
    },
    /// The refresh ended without a word: there was no thread for it, or the runtime it was asked for in
    /// shut down before anything was sent.
    Abandoned,
    /// There is no tokio runtime for [`keep_fresh`](super::TokenSource::keep_fresh).
    NoRuntime,
    /// The access token has a character that no header can carry.
    Unsendable(
        /// What is wrong with it.
        CredentialError,
    ),
}

impl TokenError {
    /// Whether a person has to log in. It is false of [`OtherLogin`](Self::OtherLogin): a login would
    /// replace somebody else's.
    #[must_use]
    pub fn needs_login(&self) -> bool {
        match self {
            Self::NoLogin { .. } | Self::Ended(_) => true,
            Self::AfterSending(error) => error.needs_login(),
            _ => false,
        }
    }

    /// Whether the store has no login to go on with.
    pub(crate) fn has_no_login(&self) -> bool {
        match self {
            Self::OtherLogin { .. } => true,
            Self::AfterSending(error) => error.has_no_login(),
            _ => self.needs_login(),
        }
    }

    /// Whether no later attempt succeeds before the settings are changed, as far as the answer tells.
    pub(super) fn is_lasting(&self) -> bool {
        match self {
            Self::Refused(error) => {
                !error.is_transient() && Answer::of(error) == Answer::NotRedeemed
            }
            _ => false,
        }
    }

    /// Whether a later attempt may succeed without anything being changed.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Store(error) | Self::NotStored(error) => {
                error.kind() == StoreErrorKind::Unavailable
            }
            Self::Refused(error) => error.is_transient(),
            Self::AfterSending(error) => error.is_transient(),
            Self::Busy { .. } | Self::GivenUp { .. } | Self::Abandoned => true,
            _ => false,
        }
    }

    /// Whether nothing was sent to the token endpoint.
    #[must_use]
    pub fn is_not_sent(&self) -> bool {
        match self {
            Self::Refused(error) => error.is_not_sent(),
            Self::Ended(_)
            | Self::AfterSending(_)
            | Self::GivenUp { .. }
            | Self::Abandoned
            | Self::Unsendable(_) => false,
            _ => true,
        }
    }

    /// The failed call, if that is it.
    pub(crate) fn refusal(&self) -> Option<&Error> {
        match self {
            Self::Refused(error) => Some(error),
            Self::AfterSending(error) => error.refusal(),
            _ => None,
        }
    }

    /// The same, of a flight that sent something before.
    pub(super) fn after_sending(self) -> Self {
        match self.is_not_sent() {
            true => Self::AfterSending(Arc::new(self)),
            false => self,
        }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLogin { store } => {
                write!(f, "there is no login in {store}. Log in first.")
            }
            Self::Ended(end) => fmt::Display::fmt(end, f),
            Self::OtherLogin {
                store,
                of,
                expected,
            } => write!(
                f,
                "{store} holds the login of {of}, not of {expected}. Name another store: to log in \
                 here would replace that login."
            ),
            Self::NeedsNoLogin { store } => write!(
                f,
                "this source gets its tokens by client_credentials and needs no login, so that none \
                 was stored in {store}. Use a source without client_credentials, and another store."
            ),
            Self::NotStored(error) => write!(
                f,
                "the new login is not stored. Keep it, mend what follows, and call log_in with it \
                 again: {}",
                one_line(&error.to_string())
            ),
            Self::Store(error) => write!(
                f,
                "the store of the token failed, so nothing was sent; the login is kept: {}",
                one_line(&error.to_string())
            ),
            Self::Refused(error) if self.is_lasting() => write!(
                f,
                "no new token was given, and none will be before the settings are changed; a login \
                 is kept: {}",
                one_line(&error.to_string())
            ),
            Self::Refused(error) => write!(
                f,
                "no new token was given; a login is kept, and another attempt follows: {}",
                one_line(&error.to_string())
            ),
            Self::Busy { holder, waited } => write!(
                f,
                "{holder} was refreshing this login and was not done within {waited:?}. Try again; \
                 if that lasts, look after that process."
            ),
            Self::AfterSending(cause) => match &**cause {
                Self::Store(error) => write!(
                    f,
                    "the store of the login failed after a request for a new token was sent; the login \
                     is kept, and the next attempt settles it: {}",
                    one_line(&error.to_string())
                ),
                error => write!(f, "after a request for a new token was sent: {error}"),
            },
            Self::GivenUp { rounds } => write!(
                f,
                "the refresh was given up after {rounds} turns, as its lease was lost or the store \
                 changed in each. Another attempt follows; if that lasts, look after the store, and \
                 give the lease more time."
            ),
            Self::Abandoned => f.write_str(
                "the refresh was cut off, as when there is no thread for it, or the runtime shut down. The \
                 login is kept: the next call begins another.",
            ),
            Self::NoRuntime => f.write_str(
                "there is no tokio runtime to keep the token fresh in, so nothing was sent. Call this \
                 from within one.",
            ),
            Self::Unsendable(error) => write!(f, "the token that was issued cannot be sent: {error}"),
        }
    }
}

impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            // `Display` repeats the inner error's text, so the chain continues below it.
            Self::Store(error) | Self::NotStored(error) => error.source(),
            Self::Refused(error) => error.source(),
            Self::AfterSending(error) => error.source(),
            _ => None,
        }
    }
}

impl From<StoreError> for TokenError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
