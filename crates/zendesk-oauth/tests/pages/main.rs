//! Lists over the wire: against the sandbox, and against servers that answer what Zendesk should not.

#![cfg(feature = "support")]
#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod account;
mod envelopes;
mod limits;
mod properties;
mod read_ahead;
mod requests;
