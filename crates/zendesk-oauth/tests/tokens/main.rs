//! Getting tokens, against the sandbox and against answers that it does not give.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod broken_off;
mod endpoint_account;
mod endpoint_canary;
mod endpoint_grants;
mod endpoint_lifetimes;
#[cfg(feature = "oauth2")]
mod endpoint_oauth2;
mod endpoint_refusals;
mod runtimes;
mod source;
