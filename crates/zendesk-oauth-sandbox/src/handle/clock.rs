//! The virtual clock of a sandbox.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::clock::VirtualClock;
use crate::shared::Shared;

/// A duration that is as long wherever it starts. Nobody outside can name it or add to it.
pub trait ExactDuration {
    #[doc(hidden)]
    fn signed(self) -> SignedDuration;
}

impl ExactDuration for SignedDuration {
    fn signed(self) -> SignedDuration {
        self
    }
}

impl ExactDuration for Duration {
    fn signed(self) -> SignedDuration {
        // Longer than any: no timestamp goes that far.
        SignedDuration::try_from(self).unwrap_or(SignedDuration::MAX)
    }
}

/// The virtual time of a sandbox. Clones are the same clock.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let sandbox = zendesk_oauth_sandbox::Sandbox::builder().start().await?;
/// let clock = sandbox.clock();
/// let before = clock.now();
/// clock.advance(std::time::Duration::from_secs(31 * 60));
/// assert_eq!(clock.now().duration_since(before).as_mins(), 31);
/// assert!(!clock.is_running());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Clock(Arc<Shared>);

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0.world().state.clock, f)
    }
}

impl Clock {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self(Arc::clone(shared))
    }

    fn change(&self, change: impl FnOnce(&mut VirtualClock)) {
        self.0.change(|world| change(&mut world.state.clock));
    }

    /// The virtual time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.world().state.clock.now()
    }

    /// Whether the time runs on by itself.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.0.world().state.clock.is_running()
    }

    /// Moves the time, by a [`std::time::Duration`] or a [`SignedDuration`], which may be negative and
    /// move it back. It runs on or stands as before, and does not go beyond what a timestamp can hold.
    ///
    /// A span of the calendar is taken by none of the two, as its length depends on where it starts:
    ///
    /// ```compile_fail
    /// # fn moved(clock: &zendesk_oauth_sandbox::Clock) {
    /// clock.advance(jiff::Span::new().days(1));
    /// # }
    /// ```
    ///
    /// ```
    /// # fn moved(clock: &zendesk_oauth_sandbox::Clock) {
    /// clock.advance(jiff::SignedDuration::from_hours(24));
    /// # }
    /// ```
    pub fn advance(&self, by: impl ExactDuration) {
        let by = by.signed();
        self.change(|clock| clock.advance(by));
    }

    /// Sets the time. It runs on or stands as before.
    pub fn set(&self, to: Timestamp) {
        self.change(|clock| clock.set(to));
    }

    /// Lets the time stand still where it is.
    pub fn freeze(&self) {
        self.change(VirtualClock::freeze);
    }

    /// Lets the time run on from where it is.
    pub fn resume(&self) {
        self.change(VirtualClock::resume);
    }
}
