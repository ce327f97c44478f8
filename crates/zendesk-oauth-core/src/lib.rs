#![doc = include_str!("../README.md")]
//!
//! # What is where
//!
//! | for | see |
//! |---|---|
//! | calling a Zendesk server | [`Transport`], [`Credentials`], [`CredentialSource`] |
//! | repeating and slowing down calls | [`RetryPolicy`], [`RetryBudget`], [`Pacing`], [`retry`] |
//! | the time, for tests | [`Clock`], [`SystemClock`] |
//! | what a call returns | [`client::ResponseValue`], [`Redirect`], [`Timestamp`], [`Extra`] |
//! | what a call fails with | [`client::Error`], [`ApiErrorBody`], [`Refusal`], [`RetryAfter`] |
//! | keeping secrets out of logs | [`Secret`], [`Redacted`] |
//! | what generated code names | [`client`], [`Operation`] |
//!
//! # What is never printed
//!
//! Errors, their sources and tracing fields are made from an allow-list: operation, method, path
//! template, status, request id, attempts and waits, error codes, and the message texts that
//! Zendesk is known to send.
//! The URL of a request, its query, header values and bodies are reachable through accessors only.
//! Values print what their documents do not call secret: a [`Transport`] its base URL, a
//! [`Timestamp`] its text, [`Extra`] and [`Redacted`] the names of unknown fields. A
//! [`BuildError`] shows a base URL or subdomain that was refused, if it looks like one; and what a
//! [`CredentialSource`] says of its own failure is printed as it says it.
//!
//! # Features
//!
//! - `rustls` (default) or `native-tls`: the TLS implementation of the HTTP client.
//! - `schemars`: `JsonSchema` for [`Secret`], [`Extra`], [`Timestamp`], [`Redirect`] and
//! [`ApiErrorBody`].

mod api_error_body;
mod clock;
mod credentials;
mod extra;
mod operation;
mod pacing;
mod printable_input;
mod redacted;
mod redirect;
mod refusal;
mod request_id;
mod retry_after;
mod secret;
mod timestamp;
mod transport;

pub mod client;
pub mod retry;

pub use api_error_body::{ApiErrorBody, ErrorDetail, ErrorEntry};
pub use clock::{Clock, SleepFuture, SystemClock};
pub use credentials::{AuthorizationFuture, CredentialError, CredentialSource, Credentials};
pub use extra::Extra;
pub use operation::Operation;
pub use pacing::Pacing;
pub use printable_input::printable_input;
pub use redacted::Redacted;
pub use redirect::Redirect;
pub use refusal::Refusal;
pub use retry::{RetryBudget, RetryPolicy};
pub use retry_after::RetryAfter;
pub use secret::Secret;
pub use timestamp::Timestamp;
pub use transport::{BuildError, Transport, TransportBuilder};
