//! `Error`: why anything here failed.

mod accessors;
mod advice;
mod callers;
mod display;
mod kind;
mod name_error;
mod predicates;

use std::sync::OnceLock;

use zendesk_oauth_core::client::{Error as CallError, Response};
use zendesk_oauth_core::{ApiErrorBody, BuildError, Operation};

use crate::operations::operation;

pub(crate) use kind::Kind;
pub use name_error::NameError;

/// Why a call, or what led to it, failed.
///
/// Predicates such as [`is_not_found`](Self::is_not_found) say what kind of failure it is, accessors
/// such as [`code`](Self::code) what is known about it. Several predicates may be true: an attempt
/// whose time ran out has no answer either.
///
/// `Display`, which `Debug` repeats, is one line: what happened, on which operation, and what to do
/// next. It prints nothing that a server or a caller sent freely; accessors give that. The
/// [`source`](std::error::Error::source) continues below that text.
///
/// It is as small as a pointer.
///
/// ```
/// # use zendesk_oauth::Error;
/// # fn show(error: &Error) {
/// if error.is_not_found() {
///     println!("there is no such thing");
/// } else if error.is_validation() {
///     for detail in error.details() {
///         println!("{}: {}", detail.field, detail.message.unwrap_or_default());
///     }
/// } else {
///     println!("{error}");
/// }
/// # }
/// ```
pub struct Error(Box<Parts>);

struct Parts {
    kind: Kind,
    /// What was to be called; the kind knows it better, if it does.
    operation: Option<&'static Operation>,
    /// The answer's body, read when it is first asked for.
    api_error: OnceLock<Option<ApiErrorBody>>,
}

impl Error {
    pub(crate) fn new(kind: Kind) -> Self {
        Self(Box::new(Parts {
            kind,
            operation: None,
            api_error: OnceLock::new(),
        }))
    }

    /// The same, which happened on the operation of this operationId.
    pub(crate) fn on(mut self, id: &str) -> Self {
        self.0.operation = self.0.operation.or_else(|| operation(id));
        self
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// The failed call, if it came to one.
    pub(crate) fn call(&self) -> Option<&CallError<ApiErrorBody>> {
        match self.kind() {
            Kind::Call(error) => Some(error),
            #[cfg(feature = "_support")]
            Kind::Paging(error) => error.refusal()?.call(),
            #[cfg(feature = "support")]
            Kind::SecretNotReceived(error) => error.cause.as_ref()?.call(),
            #[cfg(feature = "tokens")]
            Kind::Token(error) => error.refusal()?.call(),
            _ => None,
        }
    }

    /// The answer that no call failed on, and that leads no further all the same.
    fn answer(&self) -> Option<&Response> {
        match self.kind() {
            #[cfg(feature = "_support")]
            Kind::Paging(error) => error.answer(),
            _ => None,
        }
    }
}

impl From<CallError<ApiErrorBody>> for Error {
    fn from(error: CallError<ApiErrorBody>) -> Self {
        Self::new(Kind::Call(error))
    }
}

impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        Self::new(Kind::Build(error))
    }
}

impl From<NameError> for Error {
    fn from(error: NameError) -> Self {
        Self::new(Kind::Name(error))
    }
}

#[cfg(feature = "tokens")]
impl From<crate::token::TokenError> for Error {
    fn from(error: crate::token::TokenError) -> Self {
        Self::new(Kind::Token(error))
    }
}

#[cfg(feature = "zis")]
impl From<crate::zis::FlowError> for Error {
    fn from(error: crate::zis::FlowError) -> Self {
        Self::new(Kind::Flow(error))
    }
}

#[cfg(feature = "_support")]
impl From<crate::pages::PagingError> for Error {
    fn from(error: crate::pages::PagingError) -> Self {
        Self::new(Kind::Paging(error))
    }
}

#[cfg(any(
    feature = "support",
    feature = "oauth-tokens",
    feature = "grant-type-tokens",
    feature = "zis"
))]
impl From<crate::RequestError> for Error {
    fn from(error: crate::RequestError) -> Self {
        Self::new(Kind::Request(error))
    }
}

#[cfg(any(feature = "support", feature = "tokens"))]
impl From<crate::authorization::CallbackError> for Error {
    fn from(error: crate::authorization::CallbackError) -> Self {
        Self::new(Kind::Callback(error))
    }
}

#[cfg(feature = "tokens")]
impl From<crate::token::LoginError> for Error {
    fn from(error: crate::token::LoginError) -> Self {
        Self::new(Kind::Login(error))
    }
}
