//! `cargo xtask spec --since`: what is found in a change, what is never missed, and the command itself.

#![allow(
    clippy::unwrap_used,
    reason = "a panic in a test is the failure report"
)]

mod blind_spots;
mod command;
mod edits;
