//! A Redis that is not there for the whole of a refresh.

use zendesk_oauth_tests::RedisServer;

use crate::account::{Account, Redemptions};
use crate::places;
use crate::worker::Worker;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_redis_a_good_token_is_served_and_nothing_is_redeemed_until_it_is_back() {
    let Some(mut server) = RedisServer::start("without_redis_a_good_token_is_served") else {
        return;
    };
    let account = Account::due().await;
    let (place, store) = places::in_redis(&server.url(), "outage");
    account.log_in(&store).await;
    let mut worker = Worker::start(&account, &place, &[]).await;
    let old = worker.ask_until_token().await;
    server.stop();
    // The first of these begins a refresh in the background, as it is due; the second waits for one.
    for _ in 0..3 {
        assert_eq!(worker.ask("token").await.as_ref(), Some(&old));
        let refreshed = worker.ask("refresh").await.expect("it lives");
        assert!(
            refreshed.starts_with("error the store of the token failed"),
            "{refreshed}"
        );
        assert_eq!(worker.ask("call").await.as_deref(), Some("called"));
    }
    assert_eq!(account.redemptions(), Redemptions::default());
    server.restart();
    assert_eq!(worker.ask("refresh").await.as_deref(), Some("refreshed"));
    let new = worker.ask_until_token().await;
    assert_ne!(new, old);
    let mut other = Worker::start(&account, &place, &[]).await;
    assert_eq!(other.ask_until_token().await, new);
    for mut worker in [worker, other] {
        assert_eq!(worker.ask("call").await.as_deref(), Some("called"));
        assert!(worker.end().await.succeeded);
    }
    let once = Redemptions {
        successful: 1,
        refused: 0,
    };
    assert_eq!(account.redemptions(), once);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_redis_is_not_there_for_is_served_and_stored_when_it_is_back() {
    let Some(mut server) = RedisServer::start("an_answer_that_redis_is_not_there_for") else {
        return;
    };
    let account = Account::start().await;
    let (place, store) = places::in_redis(&server.url(), "unsaved");
    account.log_in(&store).await;
    let point = "answer_to_write#1";
    let mut worker = Worker::start(&account, &place, &["--stop-at", point]).await;
    worker.tell("token").await;
    worker.is_at(point).await;
    server.stop();
    worker.go_on();
    let token = worker.next_line().await.expect("it lives");
    assert!(token.starts_with("token "), "{token}");
    assert_eq!(worker.ask("call").await.as_deref(), Some("called"));
    server.restart();
    // The other finds a refresh that was begun and not ended, until the first has stored it.
    let mut other = Worker::start(&account, &place, &[]).await;
    assert_eq!(other.ask("token").await.as_ref(), Some(&token));
    for worker in [worker, other] {
        assert!(worker.end().await.succeeded);
    }
    let once = Redemptions {
        successful: 1,
        refused: 0,
    };
    assert_eq!(account.redemptions(), once);
}
