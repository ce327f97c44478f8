//! Whether a call that failed is made again, and when.

mod budget;
mod decision;
mod failed_attempt;
mod failure;
mod policy;
#[cfg(test)]
mod properties;

pub use budget::RetryBudget;
pub(crate) use budget::Token;
pub use decision::{Decision, StopReason};
pub use failed_attempt::FailedAttempt;
pub use failure::Failure;
pub use policy::RetryPolicy;
