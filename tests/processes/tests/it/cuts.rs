//! A connection to Redis that is cut after what was sent has arrived, before it is answered.

use std::net::SocketAddr;

use zendesk_oauth::token::TokenStore as _;
use zendesk_oauth_tests::{Cut, RedisServer};

use crate::account::Account;
use crate::at_once;
use crate::places;
use crate::points;
use crate::worker::Worker;

/// The steps after which the next thing that is sent is a write.
const WRITES: [&str; 2] = ["intent_to_write#1", "answer_to_write#1"];

/// Short: what cannot be given back over a connection that is cut runs out soon.
const LEASE: [&str; 2] = ["--lease-ms", "1000"];

/// One answer, two, and all of a whole attempt.
const CUTS: [usize; 3] = [1, 2, 20];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_to_redis_whose_answer_is_cut_off_costs_nothing() {
    let Some(server) = RedisServer::start("a_write_to_redis_whose_answer_is_cut_off") else {
        return;
    };
    let points = points::in_redis(&server).await;
    for write in WRITES {
        assert!(points.iter().any(|point| point == write), "{write}");
    }
    let cases = CUTS.into_iter().flat_map(|cuts| {
        let points = points.iter().cloned();
        points.map(move |point| (cuts, point))
    });
    at_once::each(cases.enumerate(), |(number, (cuts, point))| {
        let server = server.address();
        async move { costs_nothing(server, &format!("cut-{number}"), &point, cuts).await }
    })
    .await;
}

/// Stops a process at a point, and cuts so many answers off when it goes on.
async fn costs_nothing(server: SocketAddr, name: &str, point: &str, cuts: usize) {
    let case = format!("{point}, {cuts} answers");
    let cut = Cut::before(server).await;
    let url = |address| format!("redis://{address}/0");
    let (_, store) = places::in_redis(&url(server), name);
    let (place, _) = places::in_redis(&url(cut.address()), name);
    let account = Account::start().await;
    account.log_in(&store).await;
    let stops = [LEASE[0], LEASE[1], "--stop-at", point];
    let mut cut_off = Worker::start(&account, &place, &stops).await;
    cut_off.tell("token").await;
    cut_off.is_at(point).await;
    cut.cut_answers(cuts);
    cut_off.go_on();
    let outcome = cut_off.next_line().await.expect("it lives");
    let is_said = outcome.starts_with("token ") || outcome.starts_with("error ");
    assert!(is_said, "{case}: {outcome}");
    let is_cut = cut.left() < cuts;
    assert!(is_cut || !WRITES.contains(&point), "{case}: nothing was");
    cut.cut_answers(0);
    let token = cut_off.ask_until_token().await;
    let mut other = Worker::start(&account, &place, &LEASE).await;
    assert_eq!(other.ask_until_token().await, token, "{case}: {outcome}");
    for mut worker in [cut_off, other] {
        let called = worker.ask("call").await;
        assert_eq!(called.as_deref(), Some("called"), "{case}: {outcome}");
        assert!(worker.end().await.succeeded, "{case}");
    }
    assert_eq!(account.redemptions().successful, 1, "{case}: {outcome}");
    let stored = store.load().await.expect("it can be read");
    let record = stored.expect("it is there").record;
    assert_eq!(record.generation(), 2, "{case}: {outcome}");
    let is_whole = record.intent().is_none() && record.end().is_none();
    assert!(is_whole, "{case}: {outcome}");
}
