// Its examples need all areas; without them it is not tested.
#![cfg_attr(
    any(
        not(doctest),
        all(feature = "support", feature = "zis", feature = "chat")
    ),
    doc = include_str!("../README.md")
)]
#![cfg_attr(
    not(any(feature = "support", feature = "zis", feature = "chat")),
    allow(
        dead_code,
        unused_imports,
        reason = "what all areas have in common is used by none"
    )
)]

#[macro_use]
mod names;

mod area;
mod builder;
mod call;
#[cfg(any(feature = "support", feature = "zis"))]
mod callback_query;
mod error;
#[cfg(any(feature = "support", feature = "zis"))]
mod oauth_errors;
mod operations;
mod options;
#[cfg(any(feature = "support", feature = "zis"))]
mod request_error;
#[cfg(any(feature = "support", feature = "zis"))]
mod scope;
#[cfg(any(feature = "support", feature = "zis"))]
mod sent_text;
#[cfg(any(feature = "support", feature = "zis"))]
mod shown_url;
mod zendesk;

#[cfg(feature = "support")]
pub mod authorization;
#[cfg(feature = "chat")]
pub mod chat;
#[cfg(feature = "support")]
pub mod pages;
#[cfg(feature = "support")]
pub mod support;
#[cfg(feature = "zis")]
pub mod zis;

/// The crates whose types are part of this API, in the versions that it uses.
pub use {reqwest, zendesk_oauth_core};

pub use area::Area;
pub use builder::ZendeskBuilder;
pub use call::Call;
pub use error::{Error, NameError};
pub use names::Subdomain;
#[cfg(any(feature = "support", feature = "zis"))]
pub use request_error::RequestError;
pub use zendesk::Zendesk;
pub use zendesk_oauth_core::client::ResponseValue;
pub use zendesk_oauth_core::{
    ApiErrorBody, AuthorizationFuture, Clock, CredentialError, CredentialSource, Credentials,
    ErrorDetail, Extra, Operation, Pacing, Redacted, Redirect, RetryAfter, RetryBudget,
    RetryPolicy, Secret, SleepFuture, SystemClock, Timestamp,
};
