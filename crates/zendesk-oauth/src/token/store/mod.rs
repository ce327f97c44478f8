//! Where a login lives: the trait, and its stores.

mod bounded;
mod error;
mod file;
mod lease;
mod memory;
#[cfg(feature = "redis")]
mod redis;

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

pub(super) use bounded::Bounded;
pub use error::{StoreError, StoreErrorKind};
pub use file::FileStore;
pub use lease::{Lease, LeaseHolder, Leased};
pub use memory::MemoryStore;
#[cfg(feature = "redis")]
pub use redis::{RedisStore, StoreKey};

use super::Record;

/// What the methods of a [`TokenStore`] return.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// The number of a change of a store. Each change has a higher one than all before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u64);

impl Version {
    /// The version of the first change.
    pub const FIRST: Self = Self(1);

    /// The version of this number.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The version of the change after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a store has.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its version.
    pub version: Version,
    /// The login.
    pub record: Record,
}

/// What came of [`TokenStore::compare_and_swap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Swap {
    /// The record is stored, durably as far as the store can, under this version.
    Done(Version),
    /// The store has another version than was expected. Nothing was changed.
    Conflict,
}

/// Where one login lives: a record with a version, and a lease that says who may refresh it.
///
/// A lease is for politeness: it keeps several from refreshing at once. What keeps the record right
/// is the version: [`compare_and_swap`](Self::compare_and_swap) changes nothing if somebody else
/// changed it before, so that one who held a lease and woke up late overwrites nothing.
///
/// A method either does what it says or changes nothing, except when its answer is lost on the way;
/// [`StoreError::is_unclear`] says so. Each ends within a time of its own, best a few seconds: a store
/// that hangs is an error, [`StoreErrorKind::Unavailable`]. A [`TokenSource`](super::TokenSource) waits
/// 30 s for a call; then it drops the future, and does not know whether the change was made.
///
/// Refreshes call it in a tokio runtime of their own, each of which ends with its refresh, and
/// `log_in` in the caller's. What is driven by the runtime that it was made in, such as a connection,
/// is not to be kept from one for another.
pub trait TokenStore: Send + Sync + 'static {
    /// The record with its version; nothing if there is none.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or what is there is no record. An unreadable one is left as it is.
    fn load(&self) -> StoreFuture<'_, Option<Stored>>;

    /// Puts `record` in the place of the one with this version; with `None`, in the place of none.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn compare_and_swap<'a>(
        &'a self,
        expected: Option<Version>,
        record: &'a Record,
    ) -> StoreFuture<'a, Swap>;

    /// Takes the lease for this long, a day at most, unless somebody has it. It does not wait.
    ///
    /// # Errors
    ///
    /// When the store cannot say.
    fn lease(&self, time: Duration) -> StoreFuture<'_, Leased>;

    /// Makes a lease last this long from now; `false` if it is lost, because it ran out and somebody
    /// else took it.
    ///
    /// # Errors
    ///
    /// When the store cannot say.
    fn renew<'a>(&'a self, lease: &'a mut Lease, time: Duration) -> StoreFuture<'a, bool>;

    /// Gives a lease back, if it is still there: never one of somebody else.
    ///
    /// # Errors
    ///
    /// When the store cannot say. The lease runs out by itself then.
    fn release(&self, lease: Lease) -> StoreFuture<'_, ()>;

    /// What to call it in messages, such as "the file /var/lib/app/login". No secret.
    fn name(&self) -> String;
}
