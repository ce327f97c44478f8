//! Several processes with a token that is still good and whose refresh is due, while calls go on.

use std::collections::BTreeSet;
use std::sync::Arc;

use zendesk_oauth_tests::RedisServer;

use crate::account::{Account, Redemptions};
use crate::at_once;
use crate::places::{self, Files, Place};
use crate::worker::Worker;

const PROCESSES: usize = 8;
/// Rounds of a process after it has the new token.
const AFTERWARDS: usize = 5;
/// So many rounds without a new token are a failure.
const PATIENCE: usize = 1_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_on_a_file_refresh_early_once_and_no_call_fails() {
    let account = Account::due().await;
    let files = Files::new();
    account.log_in(&files.store).await;
    refresh_early(account, files.place.clone()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_on_a_redis_refresh_early_once_and_no_call_fails() {
    let Some(server) = RedisServer::start("processes_on_a_redis_refresh_early") else {
        return;
    };
    let account = Account::due().await;
    let (place, store) = places::in_redis(&server.url(), "early");
    account.log_in(&store).await;
    refresh_early(account, place).await;
}

async fn refresh_early(account: Account, place: Place) {
    let shared = Arc::new((account, place));
    let mut workers = Vec::new();
    for _ in 0..PROCESSES {
        let mut worker = Worker::start(&shared.0, &shared.1, &[]).await;
        // The first token is only read; what follows begins the refresh.
        let old = worker.ask("token").await.expect("it lives");
        assert!(old.starts_with("token "), "{old}");
        workers.push((worker, old));
    }
    let seen = at_once::each(workers, work).await;
    let pairs: BTreeSet<_> = seen.into_iter().collect();
    assert_eq!(pairs.len(), 1, "all had the old token, then the new one");
    let once = Redemptions {
        successful: 1,
        refused: 0,
    };
    assert_eq!(shared.0.redemptions(), once);
}

/// Asks for the token and calls on and on, until some time after there is another token. The two
/// tokens.
async fn work((mut worker, old): (Worker, String)) -> (String, String) {
    let mut seen = vec![old.clone()];
    let mut rounds_with_new = 0;
    for _ in 0..PATIENCE {
        assert_eq!(worker.ask("call").await.as_deref(), Some("called"));
        let token = worker.ask("token").await.expect("it lives");
        rounds_with_new += usize::from(token != old);
        seen.push(token);
        if rounds_with_new > AFTERWARDS {
            break;
        }
    }
    assert!(worker.end().await.succeeded);
    seen.dedup();
    let [_, new] = &seen[..] else {
        panic!("not one after the other: {seen:?}");
    };
    (old, new.clone())
}
