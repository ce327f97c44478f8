#![doc = include_str!("../README.md")]
//!
//! # What is where
//!
//! | for | see |
//! |---|---|
//! | calling a Zendesk server | [`Transport`], [`Credentials`], [`CredentialSource`] |
//! | what a call returns | [`client::ResponseValue`], [`Redirect`], [`Timestamp`], [`Extra`] |
//! | what a call fails with | [`client::Error`], [`ApiErrorBody`], [`Refusal`], [`RetryAfter`] |
//! | keeping secrets out of logs | [`Secret`], [`Redacted`] |
//! | what generated code names | [`client`], [`Operation`] |
//!
//! # What is never printed
//!
//! `Debug` and `Display` of every type here, every error and its sources, and every tracing field
//! are made from an allow-list: operation, method, path template, status, request id, error codes,
//! and the message texts that Zendesk is known to send. URLs, queries, header values and bodies are
//! reachable through accessors only.
//!
//! # Features
//!
//! - `rustls` (default) or `native-tls`: the TLS implementation of the HTTP client.
//! - `schemars`: `JsonSchema` for [`Secret`], [`Extra`], [`Timestamp`], [`Redirect`] and
//! [`ApiErrorBody`].

mod api_error_body;
mod credentials;
mod extra;
mod operation;
mod redacted;
mod redirect;
mod refusal;
mod request_id;
mod retry_after;
mod secret;
mod timestamp;
mod transport;

pub mod client;

pub use api_error_body::{ApiErrorBody, ErrorDetail, ErrorEntry};
pub use credentials::{AuthorizationFuture, CredentialError, CredentialSource, Credentials};
pub use extra::Extra;
pub use operation::Operation;
pub use redacted::Redacted;
pub use redirect::Redirect;
pub use refusal::Refusal;
pub use retry_after::RetryAfter;
pub use secret::Secret;
pub use timestamp::Timestamp;
pub use transport::{BuildError, Transport, TransportBuilder};
