//! `cargo xtask new`: what it refuses, and that a new document needs no edit outside `openapi/`, its crate
//! and one line of registration.

#![allow(
    clippy::unwrap_used,
    reason = "a panic in a test is the failure report"
)]

mod copy;
mod refusals;
mod tiny_things;
