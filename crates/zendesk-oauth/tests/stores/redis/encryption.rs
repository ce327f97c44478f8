//! What is in Redis is encrypted, and bound to its place.

use std::time::Duration;

use zendesk_oauth::token::TokenStore;

use super::server::{LEASE, RECORD, change_value, is_left_alone, key, server, store, store_with};
use crate::suite::{held, put, record, seen};

#[tokio::test]
async fn nothing_in_redis_shows_a_token() {
    let Some(server) = server() else { return };
    let store = store(&server);
    put(&store, None, &record("CANARY-access")).await;
    let lease = held(&store, Duration::from_secs(600)).await;
    let keys = server.ask(&["KEYS", "*"]);
    for key in [RECORD, LEASE] {
        assert!(keys.contains(key), "{keys}");
    }
    assert!(keys.starts_with("*2\r\n"), "{keys}");
    let kept = server.ask(&["HGETALL", RECORD]) + &server.ask(&["GET", LEASE]);
    assert!(
        kept.contains("version") && kept.contains("process "),
        "{kept}"
    );
    for text in [&keys, &kept] {
        assert!(
            !text.contains("CANARY") && !text.contains("my_app"),
            "{text}"
        );
    }
    store.release(lease).await.unwrap();
}

#[tokio::test]
async fn a_record_of_another_credential_is_refused() {
    let Some(server) = server() else { return };
    let store = store(&server);
    put(&store, None, &record("CANARY-access")).await;
    let elsewhere = RECORD.replace("acme", "other");
    assert_eq!(server.ask(&["RENAME", RECORD, &elsewhere]), "+OK");
    assert!(store.load().await.unwrap().is_none());
    let client = zendesk_oauth::token::redis::Client::open(server.url()).unwrap();
    let other = zendesk_oauth::token::RedisStore::new(client, "other", key(7)).unwrap();
    let error = other.load().await.unwrap_err();
    assert!(error.to_string().contains("moved"), "{error}");
    assert!(server.ask(&["EXISTS", &elsewhere]) == ":1");
}

#[tokio::test]
async fn an_old_record_under_a_new_version_is_refused() {
    let Some(server) = server() else { return };
    let store = store(&server);
    let version = put(&store, None, &record("CANARY-access")).await;
    let next = version.next().to_string();
    server.ask(&["HSET", RECORD, "version", &next]);
    let said = is_left_alone(&server, &store).await;
    assert!(said.contains("changed, or moved"), "{said}");
    server.ask(&["HSET", RECORD, "version", &version.to_string()]);
    assert!(store.load().await.unwrap().is_some());
}

#[tokio::test]
async fn a_value_that_was_cut_or_changed_is_refused() {
    let Some(server) = server() else { return };
    let store = store(&server);
    for change in [
        "''",
        "value:sub(1, 10)",
        "value:sub(1, 30)",
        "value:sub(1, -2)",
        "value:sub(2)",
        "value .. ' '",
        "value:sub(1, -2) .. string.char((value:byte(-1) + 1) % 256)",
        "'CANARY-text'",
        "'zendesk-oauth 2 ' .. value:sub(17)",
    ] {
        put(&store, None, &record("CANARY-access")).await;
        change_value(&server, change);
        is_left_alone(&server, &store).await;
        server.ask(&["DEL", RECORD]);
    }
}

#[tokio::test]
async fn another_key_is_refused_by_name_and_the_record_stays() {
    let Some(server) = server() else { return };
    let ours = store_with(&server, key(1));
    let version = put(&ours, None, &record("CANARY-access")).await;
    let said = is_left_alone(&server, &store_with(&server, key(2))).await;
    assert!(said.contains("StoreKey::also_reads"), "{said}");
    assert_eq!(
        seen(&ours).await,
        Some((version, "CANARY-access".to_owned()))
    );
}

#[tokio::test]
async fn the_old_key_reads_and_the_new_one_writes() {
    let Some(server) = server() else { return };
    let (old, new) = (store_with(&server, key(1)), store_with(&server, key(2)));
    let both = store_with(&server, key(2).also_reads(key(1)));
    let first = put(&old, None, &record("CANARY-1")).await;
    assert_eq!(seen(&both).await, Some((first, "CANARY-1".to_owned())));
    let second = put(&both, Some(first), &record("CANARY-2")).await;
    assert_eq!(seen(&new).await, Some((second, "CANARY-2".to_owned())));
    is_left_alone(&server, &old).await;
}
