//! `FailedAttempt`: what is known when an attempt has failed.

use std::time::Duration;

use super::Failure;
use crate::Operation;

/// An attempt that failed: all that [`RetryPolicy::decide`](super::RetryPolicy::decide) looks at,
/// besides chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FailedAttempt {
    /// The operation that was called.
    pub operation: &'static Operation,
    /// Which attempt it was, counted from 1.
    pub attempt: u32,
    /// How it failed.
    pub failure: Failure,
    /// How long the server asks to wait, from now.
    pub retry_after: Option<Duration>,
    /// The time since the call began, earlier attempts and waits included.
    pub elapsed: Duration,
}

impl FailedAttempt {
    /// The first attempt of a call, failed at once, without `Retry-After`.
    #[must_use]
    pub const fn first(operation: &'static Operation, failure: Failure) -> Self {
        Self {
            operation,
            attempt: 1,
            failure,
            retry_after: None,
            elapsed: Duration::ZERO,
        }
    }

    /// The same, as the attempt of this number, counted from 1.
    #[must_use]
    pub const fn attempt(mut self, attempt: u32) -> Self {
        self.attempt = attempt;
        self
    }

    /// The same, with the wait that the server asks for.
    #[must_use]
    pub const fn retry_after(mut self, wait: Option<Duration>) -> Self {
        self.retry_after = wait;
        self
    }

    /// The same, this long after the call began.
    #[must_use]
    pub const fn elapsed(mut self, elapsed: Duration) -> Self {
        self.elapsed = elapsed;
        self
    }
}
