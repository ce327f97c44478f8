//! `RetryPolicy`: how often and how long a call is tried.

use std::time::Duration;

use crate::Operation;

/// When a call that failed is made again. A policy is set for a transport with
/// [`TransportBuilder::retry_policy`](crate::TransportBuilder::retry_policy), and for one call with
/// [`Transport::with_retry_policy`](crate::Transport::with_retry_policy).
///
/// A call is repeated only if its operation is [idempotent](Operation::idempotent) by its document,
/// and only after failures that may pass: no connection, an interruption, a timeout, a body that
/// broke off, and the statuses 408, 429, 502, 503 and 504. `Retry-After` is waited out, and a
/// random part is added, so that many callers do not return at the same moment.
///
/// An attempt whose answer was lost may have been carried out. So a deletion that is repeated may
/// find nothing left and be answered 404: `attempts()` of the error tells.
///
/// ```
/// use std::time::Duration;
/// use zendesk_oauth_core::RetryPolicy;
///
/// let patient = RetryPolicy::standard().max_attempts(8).max_elapsed(Duration::from_secs(900));
/// let at_once = RetryPolicy::never();
/// assert_ne!(patient, at_once);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until a transport has it"]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_elapsed: Duration,
    even_if_not_idempotent: bool,
}

impl RetryPolicy {
    /// Up to 4 attempts; waits that begin around half a second and double, each at most 120
    /// seconds, and none that would end later than 300 seconds after the call began.
    pub const fn standard() -> Self {
        Self {
            max_attempts: 4,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(120),
            max_elapsed: Duration::from_secs(300),
            even_if_not_idempotent: false,
        }
    }

    /// One attempt: a failure is raised at once, and nothing sleeps.
    pub const fn never() -> Self {
        Self::standard().max_attempts(1)
    }

    /// The most attempts that a call makes, the first included; 0 means 1.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The longest random wait after the first attempt. It doubles with each attempt, and is twenty
    /// times as long after 429 without `Retry-After`, since Zendesk counts by the minute.
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest wait between two attempts. If the server asks for a longer one, the failure is
    /// raised at once: `retry_after()` of the error has what it asked for.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The latest end of a wait between two attempts, from the start of the call; everything since
    /// counts. Only then are [`Pacing`](crate::Pacing) and a
    /// [`CredentialSource`](crate::CredentialSource) asked, and what they take pushes the start of
    /// the attempt further out.
    pub const fn max_elapsed(mut self, elapsed: Duration) -> Self {
        self.max_elapsed = elapsed;
        self
    }

    /// Repeats operations too that are not idempotent by their document. The caller knows that
    /// doing it twice is harmless: a failed attempt may have been carried out.
    ///
    /// Set it for one call, not for a whole client: there it repeats every creation, which may make
    /// two clients or tokens; every new secret, of which the lost one was valid for a moment; the
    /// exchange of a code, which is used up by the first; and the refresh of a token, which may
    /// leave no usable one.
    pub const fn even_if_not_idempotent(mut self) -> Self {
        self.even_if_not_idempotent = true;
        self
    }

    /// Whether there can be a second attempt at all.
    pub(crate) fn may_repeat(&self, operation: &Operation) -> bool {
        operation.idempotent || self.even_if_not_idempotent
    }

    pub(crate) fn attempts(&self) -> u32 {
        self.max_attempts.max(1)
    }

    pub(super) fn base(&self) -> Duration {
        self.base_delay
    }

    pub(super) fn longest_wait(&self) -> Duration {
        self.max_delay
    }

    pub(crate) fn longest_call(&self) -> Duration {
        self.max_elapsed
    }
}

impl Default for RetryPolicy {
    /// [`RetryPolicy::standard`].
    fn default() -> Self {
        Self::standard()
    }
}
