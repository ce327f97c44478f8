//! A Redis that ends in the middle of a refresh and comes back, with what it had or without.

use tokio::task::block_in_place;
use zendesk_oauth::token::TokenStore as _;
use zendesk_oauth_tests::RedisServer;

use crate::account::Account;
use crate::at_once;
use crate::places;
use crate::points;
use crate::worker::Worker;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_is_started_anew_in_the_middle_of_a_refresh_costs_nothing() {
    let Some(server) = RedisServer::start("a_redis_that_is_started_anew") else {
        return;
    };
    let points = points::in_redis(&server).await;
    at_once::each(points, |point| comes_back(point, RedisServer::restart)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_loses_everything_in_the_middle_of_a_refresh_gets_the_login_back() {
    let Some(server) = RedisServer::start("a_redis_that_loses_everything") else {
        return;
    };
    let points = points::in_redis(&server).await;
    at_once::each(points, |point| {
        comes_back(point, RedisServer::restart_empty)
    })
    .await;
}

/// Stops a process at a point while its Redis ends and comes back, so, and lets it go on.
async fn comes_back(point: String, how: fn(&mut RedisServer)) {
    let mut server = RedisServer::start(&point).expect("it was there before");
    let account = Account::start().await;
    let (place, store) = places::in_redis(&server.url(), "restart");
    account.log_in(&store).await;
    let mut holder = Worker::start(&account, &place, &["--stop-at", &point]).await;
    holder.tell("token").await;
    holder.is_at(&point).await;
    block_in_place(|| how(&mut server));
    holder.go_on();
    // The first answer may be that the store failed; the login is there all the same.
    let outcome = holder.next_line().await.expect("it lives");
    holder.ask_until_token().await;
    // One that has a good token looks at the store again when that is due.
    let refreshed = holder.ask("refresh").await;
    assert_eq!(
        refreshed.as_deref(),
        Some("refreshed"),
        "{point}: {outcome}"
    );
    let token = holder.ask_until_token().await;
    let mut other = Worker::start(&account, &place, &[]).await;
    let others = other.ask_until_token().await;
    assert_eq!(others, token, "{point}: {outcome}");
    for mut worker in [holder, other] {
        let called = worker.ask("call").await;
        assert_eq!(called.as_deref(), Some("called"), "{point}: {outcome}");
        assert!(worker.end().await.succeeded, "{point}");
    }
    // One for each of its two tokens, and none twice.
    let redemptions = account.redemptions();
    assert_eq!(
        (redemptions.successful, redemptions.refused),
        (2, 0),
        "{point}"
    );
    let stored = store.load().await.expect("it can be read");
    let stored = stored.expect("it is there again");
    assert_eq!(stored.record.generation(), 3, "{point}");
    assert!(stored.record.intent().is_none(), "{point}");
}
