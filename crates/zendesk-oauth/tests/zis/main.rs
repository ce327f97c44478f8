//! ZIS against the sandbox: the operations, the flows, and what they print.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod account;
#[path = "../flows/browser.rs"]
mod browser;
mod called;
#[path = "../flows/clocks.rs"]
mod clocks;
mod connect;
mod examples;
mod listener;
mod operations;
mod printed;
mod refresh;
mod rules;
mod steps;
#[path = "../flows/stranger.rs"]
mod stranger;
mod wait;
