//! `StoreError`: a store that cannot do what it is asked.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Why a store failed. `Display`, which `Debug` repeats, says where, what and what to do, without a
/// secret.
#[derive(Clone)]
pub struct StoreError(Arc<Parts>);

struct Parts {
    kind: StoreErrorKind,
    /// Which store, as [`TokenStore::name`](super::TokenStore::name) calls it.
    store: String,
    /// What happened, and what to do next.
    what: String,
    is_unclear: bool,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// The kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// It cannot be reached, or did not answer in time. It may pass.
    Unavailable,
    /// What is there cannot be read: it is damaged, of a newer version, or encrypted with another
    /// key. It was left as it is.
    Unreadable,
    /// Others may read or change it, or this process may not.
    Permissions,
    /// Its settings cannot work.
    Settings,
}

impl StoreError {
    /// A failure of this store. `what` says what happened and what to do next; it must be fit to
    /// print.
    #[must_use]
    pub fn new(kind: StoreErrorKind, store: impl Into<String>, what: impl Into<String>) -> Self {
        Self(Arc::new(Parts {
            kind,
            store: store.into(),
            what: what.into(),
            is_unclear: false,
            source: None,
        }))
    }

    /// The same, caused by that. Its text must be fit to print.
    #[must_use]
    pub fn because(self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.change(|parts| parts.source = Some(source.into()))
    }

    /// The same, of a change that may have been made all the same.
    #[must_use]
    pub fn unclear(self) -> Self {
        self.change(|parts| parts.is_unclear = true)
    }

    fn change(self, change: impl FnOnce(&mut Parts)) -> Self {
        let mut parts = Arc::into_inner(self.0).expect("an error that is being made is not shared");
        change(&mut parts);
        Self(Arc::new(parts))
    }

    /// Which kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> StoreErrorKind {
        self.0.kind
    }

    /// Whether the change may have been made all the same: its answer was lost.
    #[must_use]
    pub fn is_unclear(&self) -> bool {
        self.0.is_unclear
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.store, self.0.what)
    }
}

impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let source = self.0.source.as_deref();
        source.map(|source| source as &(dyn Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_which_store_and_what_and_keeps_its_cause() {
        let error = StoreError::new(StoreErrorKind::Settings, "the store", "it cannot work.");
        assert_eq!(error.kind(), StoreErrorKind::Settings);
        assert!(!error.is_unclear() && error.source().is_none());
        let error = error.because(fmt::Error).unclear();
        assert!(error.is_unclear());
        assert_eq!(error.kind(), StoreErrorKind::Settings);
        assert_eq!(error.to_string(), "the store: it cannot work.");
        assert_eq!(format!("{error:?}"), error.to_string());
        assert!(error.source().is_some_and(|cause| cause.is::<fmt::Error>()));
    }
}
