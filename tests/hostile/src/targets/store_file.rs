//! A login that a store keeps in a folder, and the file of its lease.

use std::time::{Duration, SystemTime};

use zendesk_oauth::Secret;
use zendesk_oauth::token::{
    FileStore, IssuedToken, Lifetime, Record, StoreErrorKind, Swap, TokenStore as _, Version,
};

use crate::canned::at_once;
use crate::printed::{assert_fit, assert_fit_text};
use crate::scratch::{assert_untouched, folder, put};

/// The first byte says of which file the rest is the content.
pub fn run(data: &[u8]) {
    match data.split_first() {
        Some((b'l', lease)) => at_once(lease_file(lease)),
        Some((b'r', record)) => {
            if let Ok(text) = str::from_utf8(record) {
                alone(text);
            }
            at_once(version_file(record));
        }
        _ => {}
    }
}

fn another() -> Record {
    let lifetime = Lifetime::Unlimited;
    let token = Secret::from("CANARY-other");
    Record::new(
        "app",
        "https://acme.zendesk.com",
        &IssuedToken::new(token, lifetime, SystemTime::UNIX_EPOCH),
    )
}

/// What is read is written as it was read.
fn alone(text: &str) {
    match Record::from_json(text) {
        Ok(record) => {
            let written = record.to_json();
            let read = Record::from_json(written.expose()).expect("what is written is read back");
            assert_eq!(read.to_json().expose(), written.expose());
            assert_eq!(read.generation(), record.generation());
            assert_eq!(read.valid_until(), record.valid_until());
        }
        Err(error) => assert_fit(&error),
    }
}

/// Whatever is in the file, it is never lost.
async fn version_file(bytes: &[u8]) {
    let folder = folder();
    let path = put(folder.path(), "1.json", bytes);
    let store = FileStore::new(folder.path());
    let loaded = store.load().await;
    let swapped = store.compare_and_swap(None, &another()).await;
    match &loaded {
        Ok(stored) => {
            let stored = stored.as_ref().expect("there is a version");
            assert_eq!(stored.version, Version::FIRST);
            assert!(matches!(swapped, Ok(Swap::Conflict)), "{swapped:?}");
            let next = store
                .compare_and_swap(Some(Version::FIRST), &another())
                .await;
            assert!(
                matches!(next, Ok(Swap::Done(it)) if it.number() == 2),
                "{next:?}"
            );
        }
        Err(error) => {
            assert_fit(error);
            assert_eq!(error.kind(), StoreErrorKind::Unreadable, "{error}");
            let name = path.display().to_string();
            assert!(error.to_string().contains(&name), "{error}: which file?");
            for expected in [None, Some(Version::FIRST)] {
                let swapped = store.compare_and_swap(expected, &another()).await;
                assert!(
                    !matches!(swapped, Ok(Swap::Done(_))),
                    "it is overwritten: {swapped:?}"
                );
            }
        }
    }
    // The version before the last is kept.
    assert_untouched(&path, bytes);
}

async fn lease_file(bytes: &[u8]) {
    let folder = folder();
    let path = put(folder.path(), "1.lock", bytes);
    let store = FileStore::new(folder.path());
    match store.lease_holder().await {
        Ok(holder) => assert_fit_text(&format!("{holder:?}")),
        Err(error) => assert_fit(&error),
    }
    match store.lease(Duration::from_secs(5)).await {
        Ok(leased) => assert_fit_text(&format!("{leased:?}")),
        Err(error) => assert_fit(&error),
    }
    // Nobody who is alive has its lock.
    if path.exists() {
        assert_untouched(&path, bytes);
    }
    assert!(store.load().await.is_ok_and(|it| it.is_none()));
}
