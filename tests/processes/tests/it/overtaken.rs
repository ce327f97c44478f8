//! A process that is stopped past its lease while somebody else takes it, and goes on while that one
//! has it.

use std::time::{Duration, Instant};

use zendesk_oauth::token::{Lease, Leased, TokenStore};
use zendesk_oauth_tests::RedisServer;

use crate::account::{Account, Redemptions};
use crate::places::{self, Files, Place};
use crate::worker::Worker;

/// The shortest there is, so that it has run out soon.
const LEASE: [&str; 2] = ["--lease-ms", "1000"];
/// Of the one who takes it over: longer than the test lasts.
const LONG: Duration = Duration::from_secs(600);
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_overtaken_on_a_file_sends_nothing_and_leaves_the_lease_alone() {
    let files = Files::new();
    sends_nothing(&files.place, &files.store).await;
    let files = Files::new();
    leaves_the_lease(&files.place, &files.store).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_overtaken_in_redis_sends_nothing_and_leaves_the_lease_alone() {
    let Some(server) = RedisServer::start("who_was_overtaken_in_redis") else {
        return;
    };
    let (place, store) = places::in_redis(&server.url(), "sends");
    sends_nothing(&place, &store).await;
    let (place, store) = places::in_redis(&server.url(), "leaves");
    leaves_the_lease(&place, &store).await;
}

/// Stopped between its intent and the renewal of its lease.
async fn sends_nothing(place: &Place, store: &impl TokenStore) {
    let account = Account::start().await;
    account.log_in(store).await;
    let mut overtaken = stopped(&account, place, "intent_written#1").await;
    let lease = taken_over(store).await;
    overtaken.go_on();
    // It waits for the lease like everybody.
    overtaken.has_reached("lease_wanted", 2).await;
    assert_eq!(account.redemptions(), Redemptions::default());
    store.release(lease).await.expect("it is held");
    let outcome = overtaken.next_line().await.expect("it lives");
    assert!(outcome.starts_with("token "), "{outcome}");
    assert!(overtaken.end().await.succeeded);
    let once = Redemptions {
        successful: 1,
        refused: 0,
    };
    assert_eq!(account.redemptions(), once);
}

/// Stopped before it gives its lease back.
async fn leaves_the_lease(place: &Place, store: &impl TokenStore) {
    let account = Account::start().await;
    account.log_in(store).await;
    let mut overtaken = stopped(&account, place, "lease_to_release#1").await;
    let lease = taken_over(store).await;
    overtaken.go_on();
    let outcome = overtaken.next_line().await.expect("it lives");
    assert!(outcome.starts_with("token "), "{outcome}");
    let leased = store.lease(LONG).await.expect("it answers");
    assert!(matches!(leased, Leased::Elsewhere(_)), "{leased:?}");
    store.release(lease).await.expect("it is held");
    assert!(overtaken.end().await.succeeded);
}

async fn stopped(account: &Account, place: &Place, point: &str) -> Worker {
    let arguments = [LEASE[0], LEASE[1], "--stop-at", point];
    let mut worker = Worker::start(account, place, &arguments).await;
    worker.tell("token").await;
    worker.is_at(point).await;
    worker
}

/// The lease, once that of the stopped process has run out.
async fn taken_over(store: &impl TokenStore) -> Lease {
    let begun = Instant::now();
    loop {
        match store.lease(LONG).await.expect("it answers") {
            Leased::Held(lease) => return lease,
            Leased::Elsewhere(holder) => assert!(begun.elapsed() < PATIENCE, "{holder}"),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
