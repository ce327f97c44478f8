//! Where the folder is, and where none can be.

use std::fs;
use std::time::Duration;

use zendesk_oauth::token::{FileStore, Leased, StoreErrorKind, TokenStore as _};

use super::{assert_says, failures, names, store};
use crate::suite::{held, put, record};

#[tokio::test]
async fn reading_makes_no_folder() {
    let (_kept, store) = store();
    assert!(store.load().await.unwrap().is_none());
    assert!(store.lease_holder().await.unwrap().is_none());
    assert!(!store.path().exists());
}

#[tokio::test]
async fn a_folder_keeps_two_versions_and_two_leases() {
    let (_kept, store) = store();
    let mut last = None;
    for _ in 0..5 {
        let lease = held(&store, Duration::from_secs(60)).await;
        last = Some(put(&store, last, &record("CANARY")).await);
        store.release(lease).await.unwrap();
    }
    assert_eq!(
        names(store.path()),
        ["4.json", "4.lock", "5.json", "5.lock"]
    );
}

#[tokio::test]
async fn a_missing_parent_is_named() {
    let (kept, _) = store();
    let store = FileStore::new(kept.path().join("missing").join("login"));
    assert!(store.load().await.unwrap().is_none());
    let login = record("CANARY");
    let swap = store.compare_and_swap(None, &login).await.unwrap_err();
    let lease = store.lease(Duration::from_secs(60)).await.unwrap_err();
    for error in [swap, lease] {
        let path = store.path().to_str().unwrap();
        assert_says(
            &error,
            StoreErrorKind::Settings,
            &[path, "Create the folder"],
        );
    }
    assert!(names(kept.path()).is_empty());
}

#[tokio::test]
async fn a_file_in_the_place_of_the_folder_is_named_and_stays() {
    let (kept, _) = store();
    let file = kept.path().join("login");
    fs::write(&file, "theirs").unwrap();
    for path in [file.clone(), file.join("deeper")] {
        let store = FileStore::new(&path);
        for error in failures(&store).await {
            assert_says(
                &error,
                StoreErrorKind::Settings,
                &[path.to_str().unwrap(), "file"],
            );
        }
    }
    assert_eq!(fs::read(&file).unwrap(), b"theirs");
}

/// Nobody makes a folder there, not even root.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_place_that_takes_no_folder_is_named() {
    let store = FileStore::new("/sys/login");
    let login = record("CANARY");
    let swap = store.compare_and_swap(None, &login).await.unwrap_err();
    let lease = store.lease(Duration::from_secs(60)).await.unwrap_err();
    for error in [swap, lease] {
        assert_says(
            &error,
            StoreErrorKind::Permissions,
            &["cannot create /sys/login", "name another"],
        );
    }
}

#[tokio::test]
async fn a_store_says_its_folder() {
    let (kept, store) = store();
    let path = kept.path().join("login");
    assert_eq!(store.path(), path);
    assert_eq!(store.name(), format!("the file store {}", path.display()));
    assert_eq!(format!("{store:?}"), format!("FileStore({path:?})"));
    let odd = FileStore::new(kept.path().join("lo\ngin"));
    assert!(odd.name().ends_with("lo\\ngin"));
    let relative = FileStore::new("login");
    assert!(relative.path().is_absolute());
    assert!(matches!(
        odd.lease(Duration::from_secs(1)).await,
        Ok(Leased::Held(_))
    ));
}

#[tokio::test]
async fn an_empty_path_is_said_to_be_empty() {
    let store = FileStore::new("");
    let login = record("CANARY");
    let errors = [
        store.load().await.unwrap_err(),
        store.compare_and_swap(None, &login).await.unwrap_err(),
        store.lease(Duration::from_secs(60)).await.unwrap_err(),
        store.lease_holder().await.unwrap_err(),
    ];
    for error in errors {
        assert_says(&error, StoreErrorKind::Settings, &["its path is empty"]);
    }
}

/// The system says that something is there already, and there is nothing.
#[cfg(unix)]
#[tokio::test]
async fn a_link_to_nowhere_in_the_place_of_the_folder_is_named() {
    let (kept, store) = store();
    std::os::unix::fs::symlink(kept.path().join("missing"), store.path()).unwrap();
    assert!(store.load().await.unwrap().is_none());
    let login = record("CANARY");
    let swap = store.compare_and_swap(None, &login).await.unwrap_err();
    let lease = store.lease(Duration::from_secs(60)).await.unwrap_err();
    let path = store.path().to_str().unwrap();
    for error in [swap, lease] {
        assert_says(
            &error,
            StoreErrorKind::Settings,
            &["cannot find", path, "name another"],
        );
    }
    assert_eq!(names(kept.path()), ["login"]);
}
