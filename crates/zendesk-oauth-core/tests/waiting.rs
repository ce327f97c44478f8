//! Calls that wait: those that are dropped, and those that pacing holds back.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use common::clock::{GatedClock, ImpatientClock, StoppedClock, VirtualClock};
use common::with;
use reqwest::header::HeaderValue;
use tokio::sync::{Semaphore, mpsc};
use zendesk_oauth_core::{
    AuthorizationFuture, CredentialSource, Credentials, Pacing, RetryBudget, RetryPolicy,
};
use zendesk_oauth_tests::{Loopback, answer};

/// Counts how often it is asked.
struct Counting(Arc<AtomicUsize>);

impl CredentialSource for Counting {
    fn authorization(&self) -> AuthorizationFuture<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Ok(HeaderValue::from_static("Bearer CANARY")) })
    }
}

const FOUND: &str = r#"{"id": 1}"#;

#[tokio::test]
async fn a_call_that_is_dropped_while_it_waits_sends_nothing_more() {
    let server = Loopback::answering(answer(503, &[], "")).await;
    let (waiting, mut waits) = mpsc::unbounded_channel();
    let budget = RetryBudget::new(5);
    let client = with(&server.url(), |builder| {
        builder
            .retry_policy(RetryPolicy::standard())
            .retry_budget(budget.clone())
            .clock(StoppedClock(waiting))
    });
    tokio::select! {
        _ = client.show_thing("1", None) => panic!("the wait does not end"),
        wait = waits.recv() => assert!(wait.unwrap() <= Duration::from_millis(500)),
    }
    drop(client);
    // The clock went with the last of its users: no task of ours has one.
    assert_eq!(waits.recv().await, None);
    assert_eq!((server.requests().len(), budget.available()), (1, 5));
}

#[tokio::test]
async fn pacing_waits_before_the_limit_is_reached() {
    let headers = [
        ("ratelimit-limit", "100"),
        ("ratelimit-remaining", "3"),
        ("ratelimit-reset", "30"),
    ];
    let server = Loopback::answering(answer(200, &headers, FOUND)).await;
    let clock = VirtualClock::new();
    let client = with(&server.url(), |builder| {
        builder.clock(clock.clone()).pacing(Pacing::new())
    });
    for _ in 0..3 {
        client.show_thing("1", None).await.unwrap();
    }
    // The first answer says that three are left for thirty seconds: one now, one after ten.
    assert_eq!(clock.waits(), [Duration::from_secs(10)]);
}

#[tokio::test]
async fn without_pacing_the_headers_slow_nothing_down() {
    let headers = [("x-rate-limit", "100"), ("x-rate-limit-remaining", "0")];
    let server = Loopback::answering(answer(200, &headers, FOUND)).await;
    let clock = VirtualClock::new();
    let client = with(&server.url(), |builder| builder.clock(clock.clone()));
    for _ in 0..3 {
        client.show_thing("1", None).await.unwrap();
    }
    assert!(clock.waits().is_empty());
}

#[tokio::test]
async fn a_paced_call_that_is_dropped_sends_nothing() {
    let headers = [("x-rate-limit", "100"), ("x-rate-limit-remaining", "0")];
    let server = Loopback::answering(answer(200, &headers, FOUND)).await;
    let (waiting, mut waits) = mpsc::unbounded_channel();
    let client = with(&server.url(), |builder| {
        builder.clock(StoppedClock(waiting)).pacing(Pacing::new())
    });
    client.show_thing("1", None).await.unwrap();
    tokio::select! {
        _ = client.show_thing("1", None) => panic!("the wait does not end"),
        wait = waits.recv() => assert!(wait.unwrap() > Duration::from_secs(50)),
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_retry_that_is_dropped_while_pacing_holds_it_back_costs_no_token() {
    let headers = [("x-rate-limit", "100"), ("x-rate-limit-remaining", "0")];
    let server = Loopback::answering(answer(503, &headers, "")).await;
    let (waiting, mut waits) = mpsc::unbounded_channel();
    let budget = RetryBudget::new(5);
    let asked = Arc::new(AtomicUsize::new(0));
    let client = with(&server.url(), |builder| {
        builder
            .credentials(Credentials::source(Counting(Arc::clone(&asked))))
            .retry_policy(RetryPolicy::standard())
            .retry_budget(budget.clone())
            .clock(ImpatientClock(waiting))
            .pacing(Pacing::new())
    });
    tokio::select! {
        _ = client.show_thing("1", None) => panic!("the wait does not end"),
        wait = waits.recv() => assert!(wait.unwrap() > Duration::from_secs(50)),
    }
    assert_eq!((server.requests().len(), budget.available()), (1, 5));
    // The retry would have got its credentials after the wait, not before.
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_call_that_waited_into_another_window_is_paced_by_it() {
    let headers = |reset| {
        [
            ("ratelimit-limit", "10"),
            ("ratelimit-remaining", "0"),
            ("ratelimit-reset", reset),
        ]
    };
    let answers = [
        answer(200, &headers("30"), FOUND),
        answer(200, &headers("50"), FOUND),
        answer(200, &[], FOUND),
    ];
    let server = Loopback::answering_in_turn(answers).await;
    let (waiting, mut waits) = mpsc::unbounded_channel();
    let gate = Arc::new(Semaphore::new(0));
    let pacing = Pacing::new();
    let other = with(&server.url(), |builder| {
        builder.pacing(pacing.clone().max_wait(Duration::ZERO))
    });
    let client = with(&server.url(), |builder| {
        builder
            .clock(GatedClock(waiting, Arc::clone(&gate)))
            .pacing(pacing)
    });
    client.show_thing("1", None).await.unwrap();
    let call = tokio::spawn(async move { client.show_thing("1", None).await });
    let first = waits.recv().await.unwrap();
    other.show_thing("1", None).await.unwrap();
    gate.add_permits(1);
    // It waits again, and no longer than a minute in all.
    let second = waits.recv().await.unwrap();
    assert!(first > Duration::from_secs(25), "{first:?}");
    assert_eq!(first + second, Duration::from_secs(60));
    assert_eq!(server.requests().len(), 2);
    gate.add_permits(1);
    call.await.unwrap().unwrap();
    assert_eq!(waits.recv().await, None);
}

#[tokio::test]
async fn a_429_without_rate_limit_headers_holds_the_next_call_back() {
    let answers = [
        answer(429, &[("retry-after", "20")], ""),
        answer(200, &[], FOUND),
    ];
    let server = Loopback::answering_in_turn(answers).await;
    let clock = VirtualClock::new();
    let client = with(&server.url(), |builder| {
        builder.clock(clock.clone()).pacing(Pacing::new())
    });
    client.show_thing("1", None).await.unwrap_err();
    client.show_thing("1", None).await.unwrap();
    assert_eq!(clock.waits(), [Duration::from_secs(20)]);
}

#[tokio::test]
async fn calls_that_are_dropped_while_they_wait_give_their_places_back() {
    let headers = [
        ("ratelimit-limit", "10"),
        ("ratelimit-remaining", "0"),
        ("ratelimit-reset", "30"),
    ];
    let server = Loopback::answering(answer(200, &headers, FOUND)).await;
    let (waiting, mut waits) = mpsc::unbounded_channel();
    let client = with(&server.url(), |builder| {
        builder.clock(StoppedClock(waiting)).pacing(Pacing::new())
    });
    client.show_thing("1", None).await.unwrap();
    for _ in 0..20 {
        tokio::select! {
            _ = client.show_thing("1", None) => panic!("the wait does not end"),
            wait = waits.recv() => assert!(wait.unwrap() <= Duration::from_secs(30)),
        }
    }
}
