//! Many processes want the same token at the same moment.

use zendesk_oauth_tests::RedisServer;

use crate::account::{Account, Redemptions};
use crate::places::{self, Files, Place};
use crate::tenures;
use crate::worker::Worker;

const PROCESSES: usize = 32;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_32_processes_on_one_file_store_one_redeems_and_all_get_the_new_token() {
    let account = Account::start().await;
    let files = Files::new();
    account.log_in(&files.store).await;
    all_get_the_new_token(&account, &files.place).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_32_processes_on_one_redis_one_redeems_and_all_get_the_new_token() {
    let Some(server) = RedisServer::start("of_32_processes_on_one_redis") else {
        return;
    };
    let account = Account::start().await;
    let (place, store) = places::in_redis(&server.url(), "crowd");
    account.log_in(&store).await;
    all_get_the_new_token(&account, &place).await;
}

async fn all_get_the_new_token(account: &Account, place: &Place) {
    let mut workers = Vec::new();
    for _ in 0..PROCESSES {
        workers.push(Worker::start(account, place, &[]).await);
    }
    for worker in &mut workers {
        worker.tell("token").await;
        worker.tell("call").await;
        worker.tell("token").await;
    }
    let mut tokens = Vec::new();
    let mut traces = Vec::new();
    for worker in workers {
        let ended = worker.end().await;
        assert!(ended.succeeded, "{ended:?}");
        let [ready, first, called, second] = &ended.said[..] else {
            panic!("{ended:?}");
        };
        assert_eq!((ready.as_str(), called.as_str()), ("ready", "called"));
        assert!(first.starts_with("token "), "{first}");
        tokens.extend([first.clone(), second.clone()]);
        traces.push(ended.traced);
    }
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 1, "all have the one new token");
    let expected = Redemptions {
        successful: 1,
        refused: 0,
    };
    assert_eq!(account.redemptions(), expected);
    // That is the store's versions' doing too; this is the lease's.
    tenures::follow_each_other(&traces);
    for step in ["intent_written", "refresh_to_send", "answer_written"] {
        let line = format!("step=\"{step}\"");
        let times: usize = traces
            .iter()
            .map(|traced| traced.matches(&line).count())
            .sum();
        assert_eq!(times, 1, "{step}");
    }
}
