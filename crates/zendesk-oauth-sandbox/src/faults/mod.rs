//! Answers that go wrong on purpose.

mod fault;
mod forced;
mod rule;
mod rules;

pub use fault::{Fault, FaultError};
pub(crate) use forced::{apply_after, forced_answer};
pub use rule::FaultRule;
pub use rules::ActiveRule;
pub(crate) use rules::{MOST, Rules};
