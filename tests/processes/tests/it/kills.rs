//! A process that is killed in the middle of a refresh, at each step.

use zendesk_oauth::token::TokenStore;
use zendesk_oauth_sandbox::Fault;
use zendesk_oauth_tests::RedisServer;

use crate::account::Account;
use crate::at_once;
use crate::places::{self, Files, Place};
use crate::points;
use crate::worker::Worker;

const KILLS: usize = 200;

/// The shortest there is: in Redis the dead one's lease has to run out.
const LEASE: [&str; 2] = ["--lease-ms", "1000"];

/// What becomes of the first request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum First {
    Answered,
    /// 503, without a look at it: it may be sent again.
    Unavailable,
    /// It is carried out, and its answer is lost.
    Lost,
}

impl First {
    const TROUBLES: [Self; 2] = [Self::Unavailable, Self::Lost];

    async fn account(self, store: &impl TokenStore) -> Account {
        let account = Account::start().await;
        account.log_in(store).await;
        match self {
            Self::Answered => {}
            Self::Unavailable => account.next_refresh(Fault::status(503)),
            Self::Lost => account.next_refresh(Fault::lost_answer()),
        }
        account
    }

    async fn points(self) -> Vec<String> {
        let files = Files::new();
        let account = self.account(&files.store).await;
        points::of_a_refresh(&account, &files.place).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_200_kills_the_login_works_or_says_why_not() {
    let points = First::Answered.points().await;
    let each_point = points.into_iter().cycle().take(KILLS);
    let are_usable = at_once::each(each_point, |point| async move {
        let files = Files::new();
        survives(&files.place, &files.store, First::Answered, &point).await
    });
    let are_usable = are_usable.await;
    let usable = are_usable.iter().filter(|is_usable| **is_usable).count();
    assert_eq!(are_usable.len(), KILLS);
    assert!(usable > 0 && usable < KILLS, "{usable}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_kill_amid_a_refresh_that_fails_the_login_works_or_says_why_not() {
    for first in First::TROUBLES {
        let points = first.points().await;
        for repeated in ["intent_written#2", "refresh_to_send#2"] {
            assert!(points.iter().any(|point| point == repeated), "{points:?}");
        }
        at_once::each(points, |point| async move {
            let files = Files::new();
            survives(&files.place, &files.store, first, &point).await
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_kill_the_login_in_redis_works_or_says_why_not() {
    let Some(server) = RedisServer::start("after_a_kill_the_login_in_redis") else {
        return;
    };
    for first in [First::Answered, First::Unavailable, First::Lost] {
        let in_redis = |number| places::in_redis(&server.url(), &format!("{first:?}-{number}"));
        let points = {
            let (place, store) = in_redis(0);
            let account = first.account(&store).await;
            points::of_a_refresh(&account, &place).await
        };
        at_once::each((1..).zip(points), |(number, point)| {
            let (place, store) = in_redis(number);
            async move { survives(&place, &store, first, &point).await }
        })
        .await;
    }
}

/// Kills a process at a point, and looks at what others find: whether the login works, and if not that
/// they say why.
async fn survives(place: &Place, store: &impl TokenStore, first: First, point: &str) -> bool {
    let account = first.account(store).await;
    let arguments = [LEASE[0], LEASE[1], "--kill-at", point];
    let mut killed = Worker::start(&account, place, &arguments).await;
    killed.tell("token").await;
    killed.tell("token").await;
    let ended = killed.end().await;
    assert!(!ended.succeeded, "{point} was not reached: {ended:?}");
    let rotated = account.redemptions().successful == 1;
    let stored = store.load().await;
    let stored = stored.expect("nothing is torn").expect("nothing is gone");
    let is_written = stored.record.generation() == 2;
    // Whoever comes to it first loses that answer.
    let is_lost = (rotated || first == First::Lost) && !is_written;
    // The second finds what there is, the third what the second made of it.
    for _ in 0..2 {
        let mut other = Worker::start(&account, place, &LEASE).await;
        let outcome = other.ask("token").await.expect("it lives");
        let called = other.ask("call").await.expect("it lives");
        assert!(other.end().await.succeeded);
        if is_lost {
            assert!(outcome.contains("no answer arrived"), "{point}: {outcome}");
            assert!(outcome.contains("Log in again"), "{point}: {outcome}");
        } else {
            assert!(outcome.starts_with("token "), "{point}: {outcome}");
            assert_eq!(called, "called", "{point}");
        }
    }
    assert_eq!(account.redemptions().successful, 1, "{point}");
    !is_lost
}
