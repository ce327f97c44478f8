//! A client as `cargo xtask gen` writes them.

#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

pub mod clock;
pub mod generated;

use zendesk_oauth_core::{Credentials, RetryPolicy, Transport, TransportBuilder};

use generated::Client;

pub const TOKEN: &str = "CANARY-access-token";

/// A client that makes one attempt.
pub fn client(base_url: &str) -> Client {
    with(base_url, |builder| builder)
}

/// A client with other settings. Unless they say so, it makes one attempt.
pub fn with(base_url: &str, change: impl FnOnce(TransportBuilder) -> TransportBuilder) -> Client {
    let builder = Transport::builder(base_url)
        .credentials(Credentials::bearer(TOKEN))
        .retry_policy(RetryPolicy::never());
    Client::new(change(builder).build().unwrap())
}
