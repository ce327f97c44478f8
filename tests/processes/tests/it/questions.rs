//! A process that is killed while it asks how long its new token is good.

use std::time::{Duration, SystemTime};

use zendesk_oauth::token::TokenStore as _;

use crate::account::{Account, Redemptions};
use crate::at_once;
use crate::places::Files;
use crate::worker::Worker;

/// Around the question and its effects, and how many minutes the token is then good at least and at
/// most, as far as is stored.
const POINTS: [(&str, u64, u64); 3] = [
    ("lifetime_to_ask#1", 4, 5),
    ("lifetime_adopted#1", 4, 5),
    ("lifetime_written#1", 28, 29),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_is_killed_while_it_asks_for_a_lifetime_leaves_a_login_that_works() {
    at_once::each(POINTS, |(point, least, most)| async move {
        let account = Account::start().await;
        account.answer_without_lifetime();
        let files = Files::new();
        account.log_in(&files.store).await;
        let mut killed = Worker::start(&account, &files.place, &["--kill-at", point]).await;
        killed.tell("token").await;
        while killed.next_line().await.is_some() {}
        let ended = killed.end().await;
        assert!(!ended.succeeded, "{point} was not reached: {ended:?}");
        let stored = files.store.load().await;
        let stored = stored.expect("nothing is torn").expect("nothing is gone");
        assert_eq!(stored.record.generation(), 2, "{point}");
        assert!(stored.record.intent().is_none(), "{point}");
        let end = stored.record.valid_until().expect("it has an end");
        let left = end.duration_since(SystemTime::now()).expect("it is good");
        let minutes = |minutes| Duration::from_secs(60 * minutes);
        assert!(
            (minutes(least)..=minutes(most)).contains(&left),
            "{point}: {left:?}"
        );
        let mut other = Worker::start(&account, &files.place, &[]).await;
        let token = other.ask("token").await.expect("it lives");
        assert!(token.starts_with("token "), "{point}: {token}");
        assert_eq!(other.ask("call").await.as_deref(), Some("called"));
        assert!(other.end().await.succeeded, "{point}");
        let once = Redemptions {
            successful: 1,
            refused: 0,
        };
        assert_eq!(account.redemptions(), once, "{point}");
    })
    .await;
}
