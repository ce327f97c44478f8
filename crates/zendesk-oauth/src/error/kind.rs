//! The kinds of errors, which callers see through predicates only.

use zendesk_oauth_core::client::Error as CallError;
use zendesk_oauth_core::{ApiErrorBody, BuildError};

use super::NameError;
#[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
use crate::Area;

#[allow(
    clippy::large_enum_variant,
    reason = "an error is a box of all that it has"
)]
pub(crate) enum Kind {
    /// A call failed, or was refused.
    Call(CallError<ApiErrorBody>),
    /// The client cannot be made.
    Build(BuildError),
    /// The base URL is plain http to another machine.
    InsecureBaseUrl {
        /// The URL, as far as it can be shown.
        shown: String,
    },
    /// A name breaks its rule.
    Name(NameError),
    /// No credentials were given for this area.
    #[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
    MissingCredentials { area: Area },
    /// A source has no usable token.
    #[cfg(feature = "tokens")]
    Token(crate::token::TokenError),
    /// A flow came to no connection, and no call is to blame.
    #[cfg(feature = "zis")]
    Flow(crate::zis::FlowError),
    /// A list cannot be walked.
    #[cfg(feature = "_support")]
    Paging(crate::pages::PagingError),
    /// A request breaks a rule.
    #[cfg(any(
        feature = "support",
        feature = "oauth-tokens",
        feature = "grant-type-tokens",
        feature = "zis"
    ))]
    Request(crate::RequestError),
    /// A client exists, and its secret is known to nobody.
    #[cfg(feature = "support")]
    SecretNotReceived(Box<crate::support::SecretNotReceived>),
    /// A token exists, and the whole of it is known to nobody.
    #[cfg(feature = "oauth-tokens")]
    TokenNotReceived {
        /// Its number.
        id: i64,
    },
    /// A callback brought no authorization code.
    #[cfg(any(feature = "support", feature = "tokens"))]
    Callback(crate::authorization::CallbackError),
    /// A login came to no code, and neither a call nor a callback is to blame.
    #[cfg(feature = "tokens")]
    Login(crate::token::LoginError),
    /// The system gives no random bytes.
    #[cfg(any(feature = "support", feature = "tokens"))]
    NoRandomness(getrandom::Error),
}
