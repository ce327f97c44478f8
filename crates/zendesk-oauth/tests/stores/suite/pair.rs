//! Two handles of one login, and what is put into it.

use std::any::Any;
use std::sync::Arc;

use serde_json::{Value, json};
use zendesk_oauth::token::{Record, Stored, Swap, TokenStore, Version};

/// Two handles of one login.
pub(crate) struct Pair<S> {
    pub(crate) one: Arc<S>,
    pub(crate) other: Arc<S>,
    /// Dropped with the pair, such as a folder or a server.
    _kept: Box<dyn Any + Send + Sync>,
}

impl<S: TokenStore> Pair<S> {
    pub(crate) fn new(one: S, other: S) -> Self {
        Self {
            one: Arc::new(one),
            other: Arc::new(other),
            _kept: Box::new(()),
        }
    }

    /// The same, with what has to live as long.
    #[allow(dead_code, reason = "a store in memory stands on nothing")]
    pub(crate) fn keeping(self, kept: impl Any + Send + Sync) -> Self {
        Self {
            _kept: Box::new(kept),
            ..self
        }
    }
}

/// What makes a pair for a test.
pub(crate) trait Made {
    type Store;

    /// The pair; none if the test is skipped.
    fn made(self) -> Option<Pair<Self::Store>>;
}

impl<S> Made for Pair<S> {
    type Store = S;

    fn made(self) -> Option<Self> {
        Some(self)
    }
}

impl<S> Made for Option<Pair<S>> {
    type Store = S;

    fn made(self) -> Self {
        self
    }
}

/// The members of a record whose access token is this.
pub(crate) fn members(access_token: &str) -> Value {
    json!({
        "format": 1,
        "client_id": "my_app",
        "base_url": "https://acme.zendesk.com",
        "generation": 1,
        "access_token": access_token,
        "valid_until": "2026-11-22T12:30:00Z",
        "refresh_token": "CANARY-refresh",
        "refresh_valid_until": "2026-12-22T12:00:00Z",
        "scope": "read",
        "obtained_at": "2026-11-22T12:00:00.123456789Z",
        "intent": null,
        "end": null,
    })
}

/// A record whose access token is this.
pub(crate) fn record(access_token: &str) -> Record {
    Record::from_json(&members(access_token).to_string()).unwrap()
}

/// What is stored.
pub(crate) async fn stored(store: &impl TokenStore) -> Option<Stored> {
    store.load().await.unwrap()
}

/// The version and the access token that are stored.
pub(crate) async fn seen(store: &impl TokenStore) -> Option<(Version, String)> {
    let stored = stored(store).await?;
    let token = stored.record.access_token().expose().to_owned();
    Some((stored.version, token))
}

/// Puts a record in the place of that version, which has to be there.
pub(crate) async fn put(
    store: &impl TokenStore,
    expected: Option<Version>,
    record: &Record,
) -> Version {
    match store.compare_and_swap(expected, record).await.unwrap() {
        Swap::Done(version) => version,
        Swap::Conflict => panic!("{expected:?} is not there"),
    }
}

/// Tries to put a record in the place of that version, which must not be there.
pub(crate) async fn refused(store: &impl TokenStore, expected: Option<Version>) {
    let record = record("CANARY-refused");
    let swap = store.compare_and_swap(expected, &record).await.unwrap();
    assert_eq!(swap, Swap::Conflict, "{expected:?} is there");
}
