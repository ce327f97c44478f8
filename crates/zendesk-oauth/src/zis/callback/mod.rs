//! The loopback listener to which the browser comes back.

mod answer;
mod listener;
mod page;
mod path;
#[cfg(test)]
mod tests;

pub(super) use listener::CallbackListener;

use super::{FlowError, VerificationCode};

/// What the browser brought: a code, or why there is none.
type Outcome = Result<VerificationCode, FlowError>;
