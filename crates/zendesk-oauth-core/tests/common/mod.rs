//! A client as `cargo xtask gen` writes them.

#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

pub mod generated;

use zendesk_oauth_core::{Credentials, Transport, TransportBuilder};

use generated::Client;

pub const TOKEN: &str = "CANARY-access-token";

pub fn client(base_url: &str) -> Client {
    let transport = Transport::builder(base_url)
        .credentials(Credentials::bearer(TOKEN))
        .build();
    Client::new(transport.unwrap())
}

/// A client with other settings.
pub fn with(base_url: &str, change: impl FnOnce(TransportBuilder) -> TransportBuilder) -> Client {
    Client::new(
        change(Transport::builder(base_url).credentials(Credentials::bearer(TOKEN)))
            .build()
            .unwrap(),
    )
}
