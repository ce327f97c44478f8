//! What is there and is no login.

use std::fs;

use zendesk_oauth::token::{FileStore, StoreErrorKind, TokenStore as _, Version};

use super::{assert_says, failures_of_the_login, names, store};
use crate::suite::{put, record, seen};

/// Puts this in the place of version 2. It is unreadable, and stays as it is.
async fn assert_left_alone(damage: &[u8]) {
    let (_kept, store) = store();
    let first = put(&store, None, &record("CANARY-1")).await;
    put(&store, Some(first), &record("CANARY-2")).await;
    let file = store.path().join("2.json");
    fs::write(&file, damage).unwrap();
    for error in failures_of_the_login(&store).await {
        assert_says(
            &error,
            StoreErrorKind::Unreadable,
            &[file.to_str().unwrap()],
        );
        assert_eq!(fs::read(&file).unwrap(), damage);
    }
    assert_eq!(names(store.path()), ["1.json", "2.json"]);
}

#[tokio::test]
async fn a_file_that_was_cut_is_unreadable_and_stays() {
    let text = record("CANARY-2").to_json();
    let text = text.expose().as_bytes();
    for end in [0, 1, text.len() / 2, text.len() - 1] {
        assert_left_alone(&text[..end]).await;
    }
}

#[tokio::test]
async fn a_file_that_is_something_else_is_unreadable_and_stays() {
    let later = record("CANARY")
        .to_json()
        .expose()
        .replace("\"format\": 1", "\"format\": 9");
    for other in [
        &b"{}"[..],
        b"[]",
        b"null",
        b"CANARY",
        b"{\"access_token\":\"CANARY\"}",
        b"\xff\xfe CANARY",
        later.as_bytes(),
    ] {
        assert_left_alone(other).await;
    }
}

#[tokio::test]
async fn a_file_that_is_too_large_is_unreadable_and_stays() {
    let mut large = record("CANARY").to_json().expose().as_bytes().to_vec();
    large.resize((1 << 20) + 1, b' ');
    assert_left_alone(&large).await;
    // One byte less is no reason.
    large.pop();
    let (_kept, store) = store();
    put(&store, None, &record("CANARY-1")).await;
    fs::write(store.path().join("1.json"), &large).unwrap();
    assert!(store.load().await.is_ok());
}

#[tokio::test]
async fn a_login_that_is_too_large_is_not_written() {
    let (_kept, store) = store();
    let large = record(&"CANARY".repeat(1 << 18));
    let error = store.compare_and_swap(None, &large).await.unwrap_err();
    assert_says(&error, StoreErrorKind::Settings, &["1048576 bytes"]);
    assert!(!store.path().exists());
}

#[tokio::test]
async fn a_folder_in_the_place_of_a_file_is_unreadable_and_stays() {
    let (_kept, store) = store();
    put(&store, None, &record("CANARY-1")).await;
    let path = store.path().join("2.json");
    fs::create_dir(&path).unwrap();
    for error in failures_of_the_login(&store).await {
        assert_says(
            &error,
            StoreErrorKind::Unreadable,
            &[path.to_str().unwrap()],
        );
    }
}

#[tokio::test]
async fn what_was_moved_away_is_out_of_the_way() {
    let (_kept, store) = store();
    put(&store, None, &record("CANARY-1")).await;
    let path = store.path().join("1.json");
    fs::write(&path, "damaged").unwrap();
    fs::rename(&path, store.path().join("damaged.json")).unwrap();
    let version = put(&store, None, &record("CANARY-2")).await;
    let expected = Some((version, "CANARY-2".to_owned()));
    assert_eq!(seen(&store).await, expected);
    assert_eq!(names(store.path()), ["1.json", "damaged.json"]);
}

#[tokio::test]
async fn files_of_others_are_left_alone() {
    let (_kept, store) = store();
    let first = put(&store, None, &record("CANARY-1")).await;
    let others = ["00.json", "1.json.old", "README", "x.lock", "0.lock"];
    for name in others {
        fs::write(store.path().join(name), "theirs").unwrap();
    }
    let mut version = first;
    for _ in 0..4 {
        version = put(&store, Some(version), &record("CANARY-2")).await;
    }
    assert_eq!(version, Version::new(5));
    for name in others {
        assert_eq!(fs::read(store.path().join(name)).unwrap(), b"theirs");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_is_not_waited_for() {
    use std::process::Command;

    let (_kept, store) = store();
    put(&store, None, &record("CANARY-1")).await;
    let pipe = store.path().join("2.json");
    let made = Command::new("mkfifo")
        .args(["-m", "600"])
        .arg(&pipe)
        .status();
    assert!(made.unwrap().success());
    for error in failures_of_the_login(&FileStore::new(store.path())).await {
        assert_says(
            &error,
            StoreErrorKind::Unreadable,
            &[pipe.to_str().unwrap()],
        );
    }
}
