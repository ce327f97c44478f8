//! The budget that calls share, over the wire: an outage is not multiplied.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod common;

use common::clock::VirtualClock;
use common::generated::Client;
use common::with;
use zendesk_oauth_core::{RetryBudget, RetryPolicy};
use zendesk_oauth_tests::{Loopback, answer};

const FOUND: &str = r#"{"id": 1}"#;

fn client(server: &Loopback, budget: &RetryBudget) -> Client {
    with(&server.url(), |builder| {
        builder
            .retry_policy(RetryPolicy::standard())
            .retry_budget(budget.clone())
            .clock(VirtualClock::new())
    })
}

#[tokio::test]
async fn an_outage_is_not_multiplied_beyond_the_budget() {
    let server = Loopback::answering(answer(503, &[], "")).await;
    let budget = RetryBudget::new(7);
    let client = client(&server, &budget);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..50 {
        // A clone with a policy of its own shares the budget.
        let policy = RetryPolicy::standard().max_attempts(3);
        let clone = Client::new(client.inner.with_retry_policy(policy));
        calls.spawn(async move { clone.show_thing("1", None).await.unwrap_err().attempts() });
    }
    let attempts: u32 = calls.join_all().await.into_iter().sum();
    assert_eq!((attempts, server.requests().len()), (57, 57));
    assert_eq!(budget.available(), 0);
}

#[tokio::test]
async fn a_repetition_that_succeeds_gives_its_token_back() {
    let server =
        Loopback::answering_in_turn([answer(503, &[], "{}"), answer(200, &[], FOUND)]).await;
    let budget = RetryBudget::new(3);
    let client = client(&server, &budget);
    client.show_thing("1", None).await.unwrap();
    assert_eq!(budget.available(), 3);
}

#[tokio::test]
async fn an_answer_that_says_the_server_failed_gives_the_budget_nothing() {
    let answers = [answer(503, &[], ""), answer(500, &[], "")];
    let server = Loopback::answering_in_turn(answers).await;
    let budget = RetryBudget::new(2);
    let client = client(&server, &budget);
    let error = client.show_thing("1", None).await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (500, 2)
    );
    assert_eq!(budget.available(), 1);

    let server = Loopback::answering(answer(500, &[], "")).await;
    let client = with(&server.url(), |builder| {
        builder.retry_budget(budget.clone())
    });
    for _ in 0..10 {
        client.show_thing("1", None).await.unwrap_err();
    }
    assert_eq!(budget.available(), 1);
}

#[tokio::test]
async fn an_answer_that_refuses_the_request_is_a_success_of_the_server() {
    let answers = [answer(503, &[], "{}"), answer(404, &[], "{}")];
    let server = Loopback::answering_in_turn(answers).await;
    let budget = RetryBudget::new(2);
    let client = client(&server, &budget);
    let error = client.show_thing("1", None).await.unwrap_err();
    assert_eq!((error.attempts(), budget.available()), (2, 2));
}
