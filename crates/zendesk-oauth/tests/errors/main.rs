//! What goes wrong, and what the one error says about it.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]
#![cfg(all(
    feature = "support",
    feature = "zis",
    feature = "chat",
    feature = "rustls"
))]

mod bad_input;
mod canary;
mod clients;
mod features;
mod messages;
mod names;
mod options;
mod predicates;
mod redirects;
