//! `RetryBudget`: how many retries many calls may make together.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What one retry takes, in the unit of the bucket. An answered first attempt gives one unit back.
const RETRY: u64 = 10;

/// A limit on the retries of all calls that share it, so that an outage is not multiplied by
/// [`RetryPolicy::max_attempts`](super::RetryPolicy::max_attempts). A clone shares it, and so do
/// the clones of a transport; pass one to several transports to let them share it too.
///
/// Each retry takes one token of the bucket. A retry that is answered below 500, and not so that it
/// is made again, gives it back; a call that is answered so at once gives back a tenth. While the
/// bucket is empty, failures are raised at once.
///
/// ```
/// use zendesk_oauth_core::RetryBudget;
///
/// let budget = RetryBudget::new(20);
/// assert_eq!(budget.available(), 20);
/// ```
#[derive(Clone)]
#[must_use = "a budget does nothing until a transport has it"]
pub struct RetryBudget(Option<Arc<Bucket>>);

struct Bucket {
    capacity: u64,
    left: AtomicU64,
}

impl RetryBudget {
    /// A full bucket of this many retries.
    pub fn new(capacity: u32) -> Self {
        let capacity = u64::from(capacity) * RETRY;
        Self(Some(Arc::new(Bucket {
            capacity,
            left: AtomicU64::new(capacity),
        })))
    }

    /// A bucket of 100 retries.
    pub fn standard() -> Self {
        Self::new(100)
    }

    /// No limit besides the policy's.
    pub const fn unlimited() -> Self {
        Self(None)
    }

    /// How many retries are left; `u32::MAX` if there is no limit.
    #[must_use]
    pub fn available(&self) -> u32 {
        let retries = self.0.as_ref().map_or(u64::MAX, |bucket| {
            bucket.left.load(Ordering::Relaxed) / RETRY
        });
        u32::try_from(retries).unwrap_or(u32::MAX)
    }

    /// Takes a token for one retry, if there is one.
    pub(crate) fn take(&self) -> Option<Token<'_>> {
        if let Some(bucket) = &self.0 {
            let less = |left: u64| left.checked_sub(RETRY);
            bucket
                .left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
                .ok()?;
        }
        Some(Token { budget: Some(self) })
    }

    /// Notes that a call succeeded at its first attempt.
    pub(crate) fn note_success(&self) {
        self.give(1);
    }

    /// Notes that a retry succeeded.
    pub(crate) fn note_retry_success(&self) {
        self.give(RETRY);
    }

    fn give(&self, units: u64) {
        let Some(bucket) = &self.0 else { return };
        // A full bucket, which is the usual one, is not written to.
        let more = |left: u64| {
            (left < bucket.capacity).then(|| left.saturating_add(units).min(bucket.capacity))
        };
        let _ = bucket
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

impl Default for RetryBudget {
    /// [`RetryBudget::standard`].
    fn default() -> Self {
        Self::standard()
    }
}

impl fmt::Debug for RetryBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(bucket) => f
                .debug_struct("RetryBudget")
                .field("available", &self.available())
                .field("capacity", &(bucket.capacity / RETRY))
                .finish(),
            None => f.write_str("RetryBudget(unlimited)"),
        }
    }
}

/// A token that was taken. It goes back if it is dropped before the retry is sent, as when the
/// call is cancelled while it waits.
pub(crate) struct Token<'a> {
    budget: Option<&'a RetryBudget>,
}

impl Token<'_> {
    /// The retry is sent: the token is gone.
    pub(crate) fn spend(mut self) {
        self.budget = None;
    }
}

impl Drop for Token<'_> {
    fn drop(&mut self) {
        if let Some(budget) = self.budget {
            budget.give(RETRY);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn retries_take_tokens_until_none_is_left() {
        let budget = RetryBudget::new(2);
        let shared = budget.clone();
        budget.take().unwrap().spend();
        shared.take().unwrap().spend();
        assert!(budget.take().is_none() && shared.take().is_none());
        assert_eq!(budget.available(), 0);
        assert!(RetryBudget::new(0).take().is_none());
        assert!(RetryBudget::unlimited().take().is_some());
    }

    #[test]
    fn ten_successes_or_one_successful_retry_give_one_back() {
        let budget = RetryBudget::new(2);
        budget.take().unwrap().spend();
        budget.take().unwrap().spend();
        (0..9).for_each(|_| budget.note_success());
        assert!(budget.take().is_none());
        budget.note_success();
        assert_eq!(budget.available(), 1);
        budget.note_retry_success();
        assert_eq!(budget.available(), 2);
        budget.note_retry_success();
        assert_eq!(budget.available(), 2);
    }

    #[test]
    fn a_token_that_is_not_spent_goes_back() {
        let budget = RetryBudget::new(1);
        let token = budget.take();
        assert_eq!(budget.available(), 0);
        drop(token);
        assert_eq!(budget.available(), 1);
    }

    #[test]
    fn debug_says_what_is_left_of_how_many() {
        let budget = RetryBudget::new(3);
        budget.take().unwrap().spend();
        assert_eq!(
            format!("{budget:?}"),
            "RetryBudget { available: 2, capacity: 3 }"
        );
        assert_eq!(
            format!("{:?}", RetryBudget::unlimited()),
            "RetryBudget(unlimited)"
        );
        assert_eq!(RetryBudget::unlimited().available(), u32::MAX);
    }

    #[test]
    fn the_standard_budget_is_a_hundred_retries() {
        assert_eq!(RetryBudget::default().available(), 100);
        assert_eq!(RetryBudget::standard().available(), 100);
    }

    #[test]
    fn threads_neither_overdraw_nor_overfill_it() {
        let budget = RetryBudget::new(50);
        let spent: usize = thread::scope(|scope| {
            let spend = || {
                (0..100)
                    .filter_map(|_| budget.take())
                    .map(Token::spend)
                    .count()
            };
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(spend)).collect();
            threads.into_iter().map(|it| it.join().unwrap()).sum()
        });
        assert_eq!((spent, budget.available()), (50, 0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..100 {
                        budget.note_retry_success();
                        budget.note_success();
                        assert!(budget.available() <= 50);
                    }
                });
            }
        });
        assert_eq!(budget.available(), 50);
    }
}
