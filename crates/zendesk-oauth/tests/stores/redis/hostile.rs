//! What others left under our keys.

use std::time::Duration;

use zendesk_oauth::token::{Leased, StoreErrorKind, TokenStore};

use super::server::{LEASE, RECORD, dumped, is, is_left_alone, server, store};
use crate::suite::{elsewhere, put, record, seen};

#[tokio::test]
async fn a_record_of_another_type_is_unreadable_and_stays() {
    let Some(server) = server() else { return };
    let store = store(&server);
    for command in [
        &["SET", RECORD, "CANARY-text"][..],
        &["RPUSH", RECORD, "CANARY-text"],
        &["SADD", RECORD, "CANARY-text"],
        &["XADD", RECORD, "*", "value", "CANARY-text"],
    ] {
        server.ask(command);
        let said = is_left_alone(&server, &store).await;
        assert!(said.contains("WRONGTYPE"), "{said}");
        server.ask(&["DEL", RECORD]);
    }
}

#[tokio::test]
async fn a_hash_that_is_no_record_is_unreadable_and_stays() {
    let Some(server) = server() else { return };
    let store = store(&server);
    for fields in [
        &["value"][..],
        &["version"],
        &["value", "version"],
        &["version", "CANARY"],
        &["version", ""],
        &["version", "-1"],
        &["version", "18446744073709551616"],
        &["version", &"9".repeat(100_000)],
        &["value", &"CANARY".repeat(400_000)],
    ] {
        put_back(&server, &store).await;
        match fields {
            [field, value] if *field != "value" || value.len() > 7 => {
                server.ask(&["HSET", RECORD, field, value]);
            }
            gone => {
                for field in gone {
                    server.ask(&["HDEL", RECORD, field]);
                }
                server.ask(&["HSET", RECORD, "another", "CANARY-text"]);
            }
        }
        is_left_alone(&server, &store).await;
    }
    put_back(&server, &store).await;
    // The version that it has, written otherwise.
    let (version, _) = seen(&store).await.unwrap();
    server.ask(&["HSET", RECORD, "version", &format!("0{version}")]);
    is_left_alone(&server, &store).await;
    put_back(&server, &store).await;
    assert!(seen(&store).await.is_some());
}

/// A good record in the place of whatever is there.
async fn put_back(server: &zendesk_oauth_tests::RedisServer, store: &impl TokenStore) {
    server.ask(&["DEL", RECORD]);
    put(store, None, &record("CANARY-1")).await;
}

#[tokio::test]
async fn a_lease_of_another_type_or_without_an_end_is_unreadable_and_stays() {
    let Some(server) = server() else { return };
    let store = store(&server);
    for command in [
        &["SET", LEASE, "CANARY-text"][..],
        &["SET", LEASE, ""],
        &["HSET", LEASE, "owner", "CANARY-text"],
        &["RPUSH", LEASE, "CANARY-text"],
    ] {
        server.ask(command);
        let before = dumped(&server, LEASE);
        let error = store.lease(Duration::from_secs(30)).await.unwrap_err();
        let said = is(error, StoreErrorKind::Unreadable);
        assert!(said.contains("WRONGTYPE") || said.contains(LEASE), "{said}");
        assert_eq!(dumped(&server, LEASE), before);
        server.ask(&["DEL", LEASE]);
    }
}

#[tokio::test]
async fn a_lease_that_says_nothing_of_its_holder_is_held_until_it_ends() {
    let Some(server) = server() else { return };
    let store = store(&server);
    let huge = "x".repeat(2_000_000);
    for value in ["x", "x y z", "\u{1b}[31m 1 2\r\n3", &huge] {
        server.ask(&["SET", LEASE, value, "PX", "60000"]);
        let holder = elsewhere(&store).await;
        assert!(holder.left.unwrap() > Duration::from_secs(30), "{holder:?}");
        assert!(!holder.to_string().contains(['\n', '\u{1b}']), "{holder}");
    }
    server.ask(&["PEXPIRE", LEASE, "1"]);
    loop {
        if let Leased::Held(_) = store.lease(Duration::from_secs(30)).await.unwrap() {
            break;
        }
    }
}
