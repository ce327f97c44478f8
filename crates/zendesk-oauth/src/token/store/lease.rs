//! `Lease`: who may refresh.

use std::any::Any;
use std::fmt;
use std::time::{Duration, Instant};

/// No lease lasts longer, so that no sum of times overflows.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a lease lasts that is asked for this long.
pub(super) fn most(time: Duration) -> Duration {
    time.min(LONGEST)
}

/// The right to refresh, for a time. What it holds of its store, such as an open lock file, ends
/// when it is dropped.
pub struct Lease {
    owner: String,
    ends: Instant,
    held: Option<Box<dyn Any + Send + Sync>>,
}

impl Lease {
    /// A lease that this owner holds until then, by the monotonic clock.
    #[must_use]
    pub fn new(owner: impl Into<String>, ends: Instant) -> Self {
        Self {
            owner: owner.into(),
            ends,
            held: None,
        }
    }

    /// The same, with what the store keeps for it.
    #[must_use]
    pub fn holding(mut self, held: impl Any + Send + Sync) -> Self {
        self.held = Some(Box::new(held));
        self
    }

    /// Its owner's token: unique to this lease.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// When it runs out.
    #[must_use]
    pub fn ends(&self) -> Instant {
        self.ends
    }

    /// Makes it run out then.
    pub fn set_ends(&mut self, ends: Instant) {
        self.ends = ends;
    }

    /// What the store keeps for it.
    #[must_use]
    pub fn held<T: Any>(&self) -> Option<&T> {
        self.held.as_deref()?.downcast_ref()
    }

    /// What the store keeps for it, to change.
    pub fn held_mut<T: Any>(&mut self) -> Option<&mut T> {
        self.held.as_deref_mut()?.downcast_mut()
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease")
            .field("owner", &self.owner)
            .finish_non_exhaustive()
    }
}

/// What came of [`TokenStore::lease`](super::TokenStore::lease).
#[derive(Debug)]
#[must_use]
pub enum Leased {
    /// It is the caller's.
    Held(Lease),
    /// Somebody else has it.
    Elsewhere(LeaseHolder),
}

/// Who has a lease, as far as the store knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeaseHolder {
    /// Such as `process 4711 on build-7`.
    pub who: Option<String>,
    /// How long it has had it.
    pub age: Option<Duration>,
    /// How long it still has, unless it is renewed.
    pub left: Option<Duration>,
}

impl LeaseHolder {
    /// Somebody of whom nothing is known.
    #[must_use]
    pub fn unknown() -> Self {
        Self::default()
    }
}

impl fmt::Display for LeaseHolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.who.as_deref().unwrap_or("another process"))?;
        match self.age {
            Some(age) => write!(f, " (for {} s)", age.as_secs()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_shows_its_owner_and_not_what_it_holds() {
        let mut lease = Lease::new("owner 7", Instant::now()).holding("CANARY-held");
        assert_eq!(lease.held::<&str>(), Some(&"CANARY-held"));
        assert!(lease.held::<u8>().is_none() && lease.held_mut::<u8>().is_none());
        let shown = format!("{lease:?}");
        assert!(
            shown.contains("owner 7") && !shown.contains("CANARY"),
            "{shown}"
        );
        let later = lease.ends() + Duration::from_secs(60);
        lease.set_ends(later);
        assert_eq!(lease.ends(), later);
    }

    #[test]
    fn a_holder_is_said_as_far_as_it_is_known() {
        let unknown = LeaseHolder::unknown();
        assert_eq!(unknown.to_string(), "another process");
        let known = LeaseHolder {
            who: Some("process 7 on build-7".to_owned()),
            age: Some(Duration::from_millis(12_900)),
            left: None,
        };
        assert_eq!(known.to_string(), "process 7 on build-7 (for 12 s)");
    }
}
