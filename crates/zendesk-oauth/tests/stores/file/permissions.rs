//! Who may open the folder and its files.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use zendesk_oauth::token::{FileStore, StoreErrorKind, TokenStore as _};

use super::{assert_says, failures, failures_of_the_login, names, store};
use crate::suite::{held, put, record, stored};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Does what the message says.
fn obey(message: &str) {
    let command = message.split('`').nth(1).unwrap();
    assert!(command.starts_with("chmod "), "{command}");
    let done = Command::new("sh").args(["-c", command]).status();
    assert!(done.unwrap().success(), "{command}");
}

#[tokio::test]
async fn what_is_made_is_for_its_owner_only() {
    let (_kept, store) = store();
    let first = put(&store, None, &record("CANARY-1")).await;
    put(&store, Some(first), &record("CANARY-2")).await;
    let lease = held(&store, Duration::from_secs(60)).await;
    assert_eq!(mode(store.path()), 0o700);
    for name in names(store.path()) {
        assert_eq!(mode(&store.path().join(&name)), 0o600, "{name}");
    }
    store.release(lease).await.unwrap();
}

#[tokio::test]
async fn a_folder_that_others_can_open_is_refused_until_it_is_closed() {
    for open in [0o701, 0o710, 0o740, 0o704, 0o755, 0o777] {
        let (_kept, store) = store();
        put(&store, None, &record("CANARY-1")).await;
        set_mode(store.path(), open);
        let path = store.path().to_str().unwrap();
        let is = format!("mode {open:04o}");
        let way = format!("`chmod 700 {path}`");
        for error in failures(&store).await {
            assert_says(&error, StoreErrorKind::Permissions, &[&is, &way]);
        }
        obey(&store.load().await.unwrap_err().to_string());
        assert!(stored(&store).await.is_some());
    }
}

#[tokio::test]
async fn a_file_that_others_can_open_is_refused_until_it_is_closed() {
    for open in [0o601, 0o610, 0o640, 0o604, 0o620, 0o602, 0o644] {
        let (_kept, store) = store();
        put(&store, None, &record("CANARY-1")).await;
        let file = store.path().join("1.json");
        set_mode(&file, open);
        let is = format!("mode {open:04o}");
        let way = format!("`chmod 600 {}`", file.display());
        for error in failures_of_the_login(&store).await {
            assert_says(&error, StoreErrorKind::Permissions, &[&is, &way]);
        }
        obey(&store.load().await.unwrap_err().to_string());
        assert!(stored(&store).await.is_some());
    }
}

#[tokio::test]
async fn a_lock_that_others_can_open_is_refused() {
    let (_kept, store) = store();
    let lease = held(&store, Duration::from_secs(60)).await;
    let file = store.path().join("1.lock");
    set_mode(&file, 0o644);
    let way = format!("`chmod 600 {}`", file.display());
    let error = store.lease(Duration::from_secs(60)).await.unwrap_err();
    assert_says(&error, StoreErrorKind::Permissions, &[&way]);
    let error = store.lease_holder().await.unwrap_err();
    assert_says(&error, StoreErrorKind::Permissions, &[&way]);
    obey(&error.to_string());
    store.release(lease).await.unwrap();
    drop(held(&store, Duration::from_secs(60)).await);
}

#[tokio::test]
async fn what_belongs_to_another_user_is_refused() {
    let (_kept, store) = store();
    put(&store, None, &record("CANARY-1")).await;
    let file = store.path().join("1.json");
    // Only root can give a file away; anybody else finds one that is root's.
    let Ok(()) = chown(&file, Some(1), None) else {
        let error = FileStore::new("/").load().await.unwrap_err();
        assert_says(
            &error,
            StoreErrorKind::Permissions,
            &["/ belongs to user 0"],
        );
        return;
    };
    let belongs = format!("{} belongs to user 1", file.display());
    for error in failures_of_the_login(&store).await {
        assert_says(&error, StoreErrorKind::Permissions, &[&belongs]);
    }
    chown(store.path(), Some(1), None).unwrap();
    let belongs = format!("{} belongs to user 1", store.path().display());
    for error in failures(&store).await {
        assert_says(&error, StoreErrorKind::Permissions, &[&belongs]);
    }
}

#[tokio::test]
async fn a_symbolic_link_is_not_followed() {
    let (kept, store) = store();
    put(&store, None, &record("CANARY-1")).await;
    let elsewhere = kept.path().join("elsewhere");
    fs::rename(store.path().join("1.json"), &elsewhere).unwrap();
    let before = fs::read(&elsewhere).unwrap();
    for target in [elsewhere.clone(), kept.path().join("missing")] {
        for name in ["1.json", "1.lock"] {
            symlink(&target, store.path().join(name)).unwrap();
        }
        let link = store.path().join("1.json");
        let says = format!("{} is a symbolic link", link.display());
        for error in failures_of_the_login(&store).await {
            assert_says(&error, StoreErrorKind::Permissions, &[&says]);
        }
        let error = store.lease(Duration::from_secs(60)).await.unwrap_err();
        assert_says(
            &error,
            StoreErrorKind::Permissions,
            &["1.lock is a symbolic link"],
        );
        for name in ["1.json", "1.lock"] {
            fs::remove_file(store.path().join(name)).unwrap();
        }
    }
    assert_eq!(fs::read(&elsewhere).unwrap(), before);
    assert!(names(store.path()).is_empty());
}
