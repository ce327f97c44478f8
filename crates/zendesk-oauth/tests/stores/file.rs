//! The store in a folder.

#[path = "file/damaged.rs"]
mod damaged;
#[path = "file/folders.rs"]
mod folders;
#[path = "file/leases.rs"]
mod leases;
#[cfg(unix)]
#[path = "file/permissions.rs"]
mod permissions;

use std::fs;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;
use zendesk_oauth::token::{FileStore, StoreError, StoreErrorKind, TokenStore as _, Version};
use zendesk_oauth_tests::printed;

use crate::suite::{Pair, record};

async fn pair() -> Pair<FileStore> {
    let (folder, store) = store();
    let other = FileStore::new(store.path());
    Pair::new(store, other).keeping(folder)
}

conforms!(pair);

/// A store in a folder that is not there yet, in one that is gone after the test.
fn store() -> (TempDir, FileStore) {
    let folder = TempDir::new().unwrap();
    let store = FileStore::new(folder.path().join("login"));
    (folder, store)
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap();
    let names = names.map(|it| it.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

/// What each way to read or write the login fails with.
async fn failures_of_the_login(store: &FileStore) -> Vec<StoreError> {
    let login = record("CANARY-new");
    let mut failures = vec![store.load().await.unwrap_err()];
    for expected in [None, Some(Version::FIRST), Some(Version::new(2))] {
        let swap = store.compare_and_swap(expected, &login).await;
        failures.push(swap.unwrap_err());
    }
    failures
}

/// The same, and what taking the lease and looking at it fail with.
async fn failures(store: &FileStore) -> Vec<StoreError> {
    let mut failures = failures_of_the_login(store).await;
    failures.push(store.lease(Duration::from_secs(60)).await.unwrap_err());
    failures.push(store.lease_holder().await.unwrap_err());
    failures
}

/// That a failure is of this kind, and says this in one line, without a token.
fn assert_says(error: &StoreError, kind: StoreErrorKind, texts: &[&str]) {
    assert_eq!(error.kind(), kind, "{error}");
    let line = error.to_string();
    for text in texts {
        assert!(line.contains(text), "{text:?} is not in: {line}");
    }
    assert!(!line.contains('\n'), "{line}");
    assert!(!printed(error).contains("CANARY"), "{error}");
}
