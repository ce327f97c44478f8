//! Of which kind a failure is.

use zendesk_oauth::Error;
use zendesk_oauth::token::TokenError;

/// A kind, as the predicates of the error say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Timeout,
    Transport,
    RateLimited,
    ServerError,
    Decode,
    Auth,
    Forbidden,
    NotFound,
    Conflict,
    Validation,
    Denied,
    Redirect,
    TooLarge,
    InvalidGrant,
    /// A success that the document does not know.
    Undeclared,
    /// A login that is over.
    LoginEnded,
    /// Somebody else was refreshing, or the clock ran away from a refresh.
    Busy,
    /// The store of a login failed.
    Store,
    /// No predicate holds: the caller cannot tell what to do.
    Untyped,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::RateLimited => "rate limited",
            Self::ServerError => "server error",
            Self::Decode => "decode",
            Self::Auth => "auth",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not found",
            Self::Conflict => "conflict",
            Self::Validation => "validation",
            Self::Denied => "denied",
            Self::Redirect => "redirect",
            Self::TooLarge => "too large",
            Self::InvalidGrant => "invalid grant",
            Self::Undeclared => "undeclared",
            Self::LoginEnded => "login ended",
            Self::Busy => "busy",
            Self::Store => "store",
            Self::Untyped => "untyped",
        }
    }

    pub(crate) fn of(error: &Error) -> Self {
        if let Some(error) = error.token() {
            return Self::of_token(error);
        }
        let kinds = [
            (error.is_timeout(), Self::Timeout),
            (error.is_transport(), Self::Transport),
            (error.is_rate_limited(), Self::RateLimited),
            (error.is_server_error(), Self::ServerError),
            (error.is_decode(), Self::Decode),
            (error.is_invalid_grant(), Self::InvalidGrant),
            (error.is_auth(), Self::Auth),
            (error.is_forbidden(), Self::Forbidden),
            (error.is_not_found(), Self::NotFound),
            (error.is_conflict(), Self::Conflict),
            (error.is_validation(), Self::Validation),
            (error.is_denied(), Self::Denied),
            (error.is_redirect(), Self::Redirect),
            (error.is_too_large(), Self::TooLarge),
        ];
        let held = kinds.iter().find(|(holds, _)| *holds);
        let is_success = error.status().is_some_and(|status| status.is_success());
        match held {
            Some((_, kind)) => *kind,
            None if is_success => Self::Undeclared,
            None => Self::Untyped,
        }
    }

    pub(crate) fn of_token(error: &TokenError) -> Self {
        match error {
            TokenError::Ended(_) | TokenError::NoLogin { .. } => Self::LoginEnded,
            TokenError::Refused(error) => Self::of(error),
            TokenError::AfterSending(error) => Self::of_token(error),
            TokenError::Busy { .. } | TokenError::GivenUp { .. } | TokenError::Abandoned => {
                Self::Busy
            }
            TokenError::Store(_) | TokenError::NotStored(_) => Self::Store,
            _ => Self::Untyped,
        }
    }
}
