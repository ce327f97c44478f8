//! A process that is stopped in the middle of a refresh, past its lease, and goes on later.

use zendesk_oauth::token::TokenStore;
use zendesk_oauth_tests::RedisServer;

use crate::account::Account;
use crate::at_once;
use crate::places::{self, Files, Place};
use crate::points;
use crate::worker::Worker;

/// The shortest there is, so that it has run out soon.
const LEASE: [&str; 2] = ["--lease-ms", "1000"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_holder_of_a_file_that_is_stopped_past_its_lease_costs_nothing() {
    let points = {
        let account = Account::start().await;
        let files = Files::new();
        account.log_in(&files.store).await;
        points::of_a_refresh(&account, &files.place).await
    };
    at_once::each(points.clone(), |point| {
        let is_before = points::is_before_sending(&points, &point);
        async move {
            let account = Account::start().await;
            let files = Files::new();
            account.log_in(&files.store).await;
            costs_nothing(&account, &files.place, &files.store, &point, is_before).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_holder_in_redis_that_is_stopped_past_its_lease_costs_nothing() {
    let Some(server) = RedisServer::start("a_holder_in_redis_that_is_stopped") else {
        return;
    };
    let points = points::in_redis(&server).await;
    at_once::each(points.clone().into_iter().enumerate(), |(number, point)| {
        let is_before = points::is_before_sending(&points, &point);
        let (place, store) = places::in_redis(&server.url(), &format!("pause-{number}"));
        async move {
            let account = Account::start().await;
            account.log_in(&store).await;
            costs_nothing(&account, &place, &store, &point, is_before).await;
        }
    })
    .await;
}

/// Stops a process at a point, lets another one try until it has an outcome, and lets the first go on.
async fn costs_nothing(
    account: &Account,
    place: &Place,
    store: &impl TokenStore,
    point: &str,
    is_before_sending: bool,
) {
    let stopped = [LEASE[0], LEASE[1], "--stop-at", point];
    let mut stopped = Worker::start(account, place, &stopped).await;
    stopped.tell("token").await;
    stopped.is_at(point).await;
    let mut other = Worker::start(account, place, &LEASE).await;
    let meanwhile = other.ask("token").await.expect("it lives");
    stopped.go_on();
    let outcome = stopped.next_line().await.expect("it lives");
    assert!(
        outcome.starts_with("token "),
        "{point}: {outcome}; {meanwhile}"
    );
    assert_eq!(
        stopped.ask("call").await.as_deref(),
        Some("called"),
        "{point}"
    );
    // Whatever the other was told meanwhile, it finds the way back by itself, and so does a third.
    other.ask_until_token().await;
    assert_eq!(
        other.ask("call").await.as_deref(),
        Some("called"),
        "{point}: {meanwhile}"
    );
    let mut later = Worker::start(account, place, &LEASE).await;
    let token = later.ask("token").await.expect("it lives");
    assert!(token.starts_with("token "), "{point}: {token}; {meanwhile}");
    assert_eq!(
        later.ask("call").await.as_deref(),
        Some("called"),
        "{point}"
    );
    for worker in [stopped, other, later] {
        assert!(worker.end().await.succeeded, "{point}");
    }
    let redemptions = account.redemptions();
    assert_eq!(redemptions.successful, 1, "{point}");
    // Where it had not sent its request, it does not: the other has.
    assert!(
        redemptions.refused == 0 || !is_before_sending,
        "{point}: {redemptions:?}"
    );
    let stored = store
        .load()
        .await
        .expect("nothing is torn")
        .expect("there is one");
    assert_eq!(stored.record.generation(), 2, "{point}");
}
