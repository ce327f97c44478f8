//! A Redis that refuses.

use std::time::Duration;

use zendesk_oauth::token::{StoreErrorKind, TokenStore};
use zendesk_oauth_tests::RedisServer;

use super::server::{is, server, server_with, store, store_at};
use crate::suite::{held, put, record, seen};

/// What a change is refused with, without being unclear.
async fn refusal(store: &impl TokenStore, kind: StoreErrorKind) -> String {
    let error = store
        .compare_and_swap(None, &record("CANARY-1"))
        .await
        .unwrap_err();
    assert!(!error.is_unclear(), "{error}");
    is(error, kind)
}

fn url_of(server: &RedisServer, user: &str, password: &str) -> String {
    format!("redis://{user}:{password}@{}/0", server.address())
}

#[tokio::test]
async fn a_password_that_is_missing_or_wrong_is_named_and_not_shown() {
    let options = ["--requirepass", "CANARY-password"];
    let Some(server) = server_with(&options) else {
        return;
    };
    let said = refusal(&store(&server), StoreErrorKind::Permissions).await;
    assert!(said.contains("NOAUTH"), "{said}");
    let wrong = store_at(&url_of(&server, "", "CANARY-wrong"));
    let said = refusal(&wrong, StoreErrorKind::Permissions).await;
    assert!(said.contains("WRONGPASS"), "{said}");
    let right = store_at(&url_of(&server, "", "CANARY-password"));
    put(&right, None, &record("CANARY-1")).await;
}

/// The line of the documentation gives a user all that the store needs, and nothing else.
#[tokio::test]
async fn the_documented_user_may_do_all_of_it_and_no_more() {
    let Some(server) = server() else { return };
    let docs = include_str!("../../../src/token/store/redis/redis_store.md");
    let (_, documented) = docs.split_once("ACL SETUSER").expect("it is documented");
    let (documented, _) = documented.split_once("```").unwrap();
    let rules: Vec<&str> = documented.split_whitespace().collect();
    server.ask(&[&["ACL", "SETUSER"], &rules[..]].concat());
    let store = store_at(&url_of(&server, rules[0], "password"));
    let mut version = put(&store, None, &record("CANARY-1")).await;
    version = put(&store, Some(version), &record("CANARY-2")).await;
    assert_eq!(seen(&store).await, Some((version, "CANARY-2".to_owned())));
    let mut lease = held(&store, Duration::from_secs(30)).await;
    assert!(
        store
            .renew(&mut lease, Duration::from_secs(30))
            .await
            .unwrap()
    );
    store
        .lease(Duration::from_secs(30))
        .await
        .map(drop)
        .unwrap();
    store.release(lease).await.unwrap();
    for rule in rules.iter().filter_map(|rule| rule.strip_prefix('+')) {
        // Sent while connecting, for another database than 0.
        if rule == "select" {
            continue;
        }
        server.ask(&["ACL", "SETUSER", rules[0], &format!("-{rule}")]);
        let refused = all_of_it(&store).await.expect_err(rule);
        let said = is(refused, StoreErrorKind::Permissions);
        assert!(said.contains("NOPERM"), "{rule}: {said}");
        server.ask(&["ACL", "SETUSER", rules[0], &format!("+{rule}")]);
        server.ask(&["FLUSHALL"]);
    }
    all_of_it(&store).await.unwrap();
}

/// Each method, in all its branches.
async fn all_of_it(store: &impl TokenStore) -> Result<(), zendesk_oauth::token::StoreError> {
    let endless = crate::suite::members("CANARY-1").to_string();
    let endless = endless.replace("\"2026-11-22T12:30:00Z\"", "null");
    let endless = zendesk_oauth::token::Record::from_json(&endless).unwrap();
    let _ = store.compare_and_swap(None, &endless).await?;
    store.load().await?;
    let _ = store.compare_and_swap(None, &record("CANARY-1")).await?;
    let lease = store.lease(Duration::from_secs(30)).await?;
    let _ = store.lease(Duration::from_secs(30)).await?;
    if let zendesk_oauth::token::Leased::Held(mut lease) = lease {
        store.renew(&mut lease, Duration::from_secs(30)).await?;
        store.release(lease).await?;
    }
    let version = store.load().await?.unwrap().version;
    let _ = store
        .compare_and_swap(Some(version), &record("CANARY-1"))
        .await?;
    Ok(())
}

#[tokio::test]
async fn a_replica_reads_and_takes_no_changes() {
    let Some(server) = server() else { return };
    let store = store(&server);
    assert_eq!(server.ask(&["REPLICAOF", "127.0.0.1", "1"]), "+OK");
    assert!(seen(&store).await.is_none());
    let said = refusal(&store, StoreErrorKind::Unavailable).await;
    assert!(said.contains("READONLY"), "{said}");
}

#[tokio::test]
async fn a_full_memory_is_named_and_what_is_there_is_still_read() {
    let Some(server) = server() else { return };
    let store = store(&server);
    let version = put(&store, None, &record("CANARY-1")).await;
    assert_eq!(server.ask(&["CONFIG", "SET", "maxmemory", "1"]), "+OK");
    let swap = store
        .compare_and_swap(Some(version), &record("CANARY-2"))
        .await;
    let said = is(swap.unwrap_err(), StoreErrorKind::Unavailable);
    assert!(said.contains("OOM"), "{said}");
    assert_eq!(server.ask(&["CONFIG", "SET", "maxmemory", "0"]), "+OK");
    assert_eq!(seen(&store).await, Some((version, "CANARY-1".to_owned())));
}

#[tokio::test]
async fn what_speaks_otherwise_is_no_redis() {
    let web = zendesk_oauth_tests::Loopback::answering("HTTP/1.1 400 CANARY\r\n\r\n").await;
    let store = store_at(&web.url().replace("http://", "redis://"));
    is(store.load().await.unwrap_err(), StoreErrorKind::Unavailable);
}
