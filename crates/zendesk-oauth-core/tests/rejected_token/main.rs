//! Answers of 401 `invalid_token`, over the wire: what the source is told, and what is sent again.
//! One test program, and so one process: everything in it is traced and searched for secrets.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod answer_stands;
mod caller;
#[path = "../common/mod.rs"]
mod common;
mod retries;
mod sent_again;
mod sources;
