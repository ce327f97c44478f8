//! The keys in Redis: where they are, and how long.

use std::time::Duration;

use serde_json::{Value, json};
use zendesk_oauth::token::{Record, TokenStore};

use super::server::{LEASE, RECORD, server, server_with, store};
use crate::suite::{held, members, put, record, seen};

const DAY: u64 = 24 * 60 * 60 * 1_000;

fn left(answer: &str) -> i64 {
    answer.strip_prefix(':').unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_record_is_kept_beyond_the_end_of_its_tokens_and_one_without_end_for_ever() {
    let Some(server) = server() else { return };
    let store = store(&server);
    let mut version = None;
    let mut kept = async |name: &str, value: Value| {
        let mut members = members("CANARY-access");
        members[name] = value;
        let record = Record::from_json(&members.to_string()).unwrap();
        version = Some(put(&store, version, &record).await);
        left(&server.ask(&["PTTL", RECORD]))
    };
    let within = |left: i64, days: u64| {
        let all = i64::try_from(days * DAY).unwrap();
        assert!(left <= all && left > all - 60_000, "{left} of {all}");
    };
    // The refresh token's 30 days and 7.
    within(kept("scope", Value::Null).await, 37);
    within(kept("refresh_valid_until", Value::Null).await, 97);
    assert_eq!(kept("valid_until", Value::Null).await, -1);
    within(kept("scope", json!("read")).await, 37);
}

#[tokio::test]
async fn a_lease_ends_by_itself_and_says_since_when_and_who() {
    let Some(server) = server() else { return };
    let store = store(&server).who("host\r\n-7");
    let mut lease = held(&store, Duration::from_secs(30)).await;
    let pttl = left(&server.ask(&["PTTL", LEASE]));
    assert!(pttl > 20_000 && pttl <= 30_000, "{pttl}");
    let value = server.ask(&["GET", LEASE]);
    let (_, value) = value.split_once("\r\n").unwrap();
    let parts: Vec<&str> = value.splitn(3, ' ').collect();
    assert_eq!((parts[0], parts[2]), (lease.owner(), "host-7"));
    assert!(
        parts[1].len() == 13 && parts[1].parse::<u64>().is_ok(),
        "{value}"
    );
    assert!(
        store
            .renew(&mut lease, Duration::from_secs(60))
            .await
            .unwrap()
    );
    let pttl = left(&server.ask(&["PTTL", LEASE]));
    assert!(pttl > 50_000 && pttl <= 60_000, "{pttl}");
    store.release(lease).await.unwrap();
    assert_eq!(server.ask(&["EXISTS", LEASE]), ":0");
}

#[tokio::test]
async fn nobody_believes_longer_in_a_lease_than_redis_does() {
    let Some(server) = server() else { return };
    let store = store(&server);
    for _ in 0..20 {
        let mut lease = held(&store, Duration::from_secs(30)).await;
        let here = lease
            .ends()
            .saturating_duration_since(std::time::Instant::now());
        let there = left(&server.ask(&["PTTL", LEASE]));
        // Asked later, Redis has less left; what it lost meanwhile is at most the time of asking.
        let asked = lease
            .ends()
            .saturating_duration_since(std::time::Instant::now());
        assert!(
            i64::try_from(asked.as_millis()).unwrap() <= there + 1,
            "{here:?} {there}"
        );
        assert!(
            store
                .renew(&mut lease, Duration::from_secs(40))
                .await
                .unwrap()
        );
        let there = left(&server.ask(&["PTTL", LEASE]));
        let asked = lease
            .ends()
            .saturating_duration_since(std::time::Instant::now());
        assert!(
            i64::try_from(asked.as_millis()).unwrap() <= there + 1,
            "{there}"
        );
        store.release(lease).await.unwrap();
    }
}

#[tokio::test]
async fn a_node_of_a_cluster_serves_both_keys_from_one_slot() {
    let options = ["--cluster-enabled", "yes"];
    let Some(server) = server_with(&options) else {
        return;
    };
    let store = store(&server);
    let unserved = store.load().await.unwrap_err();
    assert!(unserved.to_string().contains("CLUSTERDOWN"), "{unserved}");
    let slot = server.ask(&["CLUSTER", "KEYSLOT", "acme"]);
    for key in [RECORD, LEASE] {
        assert_eq!(server.ask(&["CLUSTER", "KEYSLOT", key]), slot);
    }
    let added = server.ask(&["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]);
    assert_eq!(added, "+OK");
    while !server
        .ask(&["CLUSTER", "INFO"])
        .contains("cluster_state:ok")
    {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let lease = held(&store, Duration::from_secs(30)).await;
    let version = put(&store, None, &record("CANARY-1")).await;
    assert_eq!(seen(&store).await, Some((version, "CANARY-1".to_owned())));
    store.release(lease).await.unwrap();
}
