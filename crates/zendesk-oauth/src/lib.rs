// Its examples need all areas; without them it is not tested.
#![cfg_attr(
    any(
        not(doctest),
        all(
            feature = "support",
            feature = "oauth-tokens",
            feature = "global-oauth-clients",
            feature = "zis",
            feature = "chat",
            feature = "grant-type-tokens",
            feature = "tokens"
        )
    ),
    doc = include_str!("../README.md")
)]
#![cfg_attr(
    not(any(
        feature = "_support",
        feature = "zis",
        feature = "chat",
        feature = "grant-type-tokens"
    )),
    allow(
        dead_code,
        unused_imports,
        reason = "what all areas with credentials have in common is used by none"
    )
)]

#[macro_use]
mod names;

mod area;
mod builder;
mod call;
#[cfg(any(feature = "tokens", feature = "zis"))]
mod callback;
#[cfg(any(feature = "support", feature = "tokens", feature = "zis"))]
mod callback_query;
mod error;
#[cfg(any(feature = "support", feature = "tokens", feature = "zis"))]
mod oauth_errors;
mod operations;
mod options;
#[cfg(any(feature = "tokens", feature = "zis"))]
mod race;
#[cfg(any(
    feature = "support",
    feature = "oauth-tokens",
    feature = "grant-type-tokens",
    feature = "zis"
))]
mod request_error;
#[cfg(any(
    feature = "support",
    feature = "oauth-tokens",
    feature = "grant-type-tokens",
    feature = "zis"
))]
mod scope;
#[cfg(any(feature = "support", feature = "grant-type-tokens", feature = "zis"))]
mod sent_text;
#[cfg(any(feature = "tokens", feature = "zis"))]
mod server_time;
#[cfg(any(feature = "support", feature = "grant-type-tokens", feature = "zis"))]
mod shown_url;
mod zendesk;

#[cfg(any(feature = "support", feature = "tokens"))]
pub mod authorization;
#[cfg(feature = "chat")]
pub mod chat;
#[cfg(feature = "_support")]
pub mod pages;
#[cfg(any(feature = "_support", feature = "grant-type-tokens"))]
pub mod support;
#[cfg(feature = "tokens")]
pub mod token;
#[cfg(feature = "zis")]
pub mod zis;

/// The crate whose types are part of this API with the feature of its name.
#[cfg(feature = "oauth2")]
pub use oauth2;
/// The crates whose types are part of this API, in the versions that it uses.
pub use {reqwest, zendesk_oauth_core};

pub use area::Area;
pub use builder::ZendeskBuilder;
pub use call::Call;
pub use error::{Error, NameError};
pub use names::Subdomain;
#[cfg(any(
    feature = "support",
    feature = "oauth-tokens",
    feature = "grant-type-tokens",
    feature = "zis"
))]
pub use request_error::RequestError;
pub use zendesk::Zendesk;
pub use zendesk_oauth_core::client::ResponseValue;
pub use zendesk_oauth_core::{
    ApiErrorBody, AuthorizationFuture, Clock, CredentialError, CredentialSource, Credentials,
    ErrorDetail, Extra, Operation, Pacing, Redacted, Redirect, RetryAfter, RetryBudget,
    RetryPolicy, Secret, SleepFuture, SystemClock, Timestamp,
};
