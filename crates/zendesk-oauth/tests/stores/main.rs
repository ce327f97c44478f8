//! Every store of tokens does the same: one suite, run on each of them.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]
#![cfg(feature = "tokens")]

#[macro_use]
mod suite;

mod file;
mod memory;
#[cfg(feature = "redis")]
mod redis;
