//! The steps at which a process can be stopped or killed.

use zendesk_oauth_tests::RedisServer;

use crate::account::Account;
use crate::places::{self, Place};
use crate::worker::Worker;

/// Each step of one refresh in its order, as `STEP#NTH`: taken from the trace of one, so that none is
/// missed that the code has.
pub(crate) async fn of_a_refresh(account: &Account, place: &Place) -> Vec<String> {
    let mut worker = Worker::start(account, place, &[]).await;
    let outcome = worker.ask("token").await.expect("it lives");
    let is_said = outcome.starts_with("token ") || outcome.starts_with("error ");
    assert!(is_said, "{outcome}");
    let ended = worker.end().await;
    let mut points: Vec<String> = Vec::new();
    for step in ended.traced.split("step=\"").skip(1) {
        let step = step.split('"').next().expect("a split has a first part");
        let before = points
            .iter()
            .filter(|point| point.split('#').next() == Some(step))
            .count();
        points.push(format!("{step}#{}", before + 1));
    }
    assert!(points.len() > 10, "{points:?}");
    points
}

/// Those of a refresh of a login in Redis.
pub(crate) async fn in_redis(server: &RedisServer) -> Vec<String> {
    let account = Account::start().await;
    let (place, store) = places::in_redis(&server.url(), "points");
    account.log_in(&store).await;
    of_a_refresh(&account, &place).await
}

/// Whether a process that is stopped there has sent nothing yet, nor will it without another look at
/// its lease.
pub(crate) fn is_before_sending(points: &[String], point: &str) -> bool {
    let position = |wanted: &str| points.iter().position(|point| point == wanted);
    position(point) <= Some(position("refresh_to_send#1").expect("one is sent"))
}
