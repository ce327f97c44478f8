//! Logging in against the sandbox: with a listener, by pasting, in steps, and what is printed.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod account;
#[path = "../flows/browser.rs"]
mod browser;
#[allow(dead_code, reason = "flows need different ones")]
#[path = "../flows/clocks.rs"]
mod clocks;
mod examples;
mod listener;
mod paste;
mod printed;
mod steps;
#[path = "../flows/stranger.rs"]
mod stranger;
mod waiting;
mod whole;
