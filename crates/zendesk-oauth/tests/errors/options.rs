//! What a call wants otherwise than its client: retry, timeout. What clients share.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use zendesk_oauth::support::NewOAuthClient;
use zendesk_oauth::{Clock, Pacing, RetryBudget, RetryPolicy, Zendesk};
use zendesk_oauth_core::SleepFuture;
use zendesk_oauth_tests::{Connection, Loopback, answer};

use crate::clients::{Asked, builder};

/// Waits take no time, and are written down.
struct Virtual {
    start: Instant,
    waits: Mutex<Vec<Duration>>,
}

impl Virtual {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            start: Instant::now(),
            waits: Mutex::default(),
        })
    }

    fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }
}

impl Clock for Virtual {
    fn instant(&self) -> Instant {
        self.start + self.waits().iter().sum::<Duration>()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn sleep(&self, wait: Duration) -> SleepFuture {
        self.waits.lock().unwrap().push(wait);
        Box::pin(async {})
    }
}

async fn unavailable() -> Loopback {
    Loopback::answering(answer(503, &[("retry-after", "2")], "")).await
}

fn client(server: &Loopback, policy: RetryPolicy, clock: &Arc<Virtual>) -> Zendesk {
    let builder = builder(&server.url()).retry_policy(policy);
    builder.clock(Arc::clone(clock)).build().unwrap()
}

const THREE: RetryPolicy = RetryPolicy::standard().max_attempts(3);

#[tokio::test]
async fn the_policy_of_the_client_is_that_of_its_calls_in_every_area() {
    for asked in Asked::ALL {
        let (server, clock) = (unavailable().await, Virtual::new());
        let error = asked.fails(&client(&server, THREE, &clock)).await;
        assert_eq!(
            (error.attempts(), server.requests().len()),
            (3, 3),
            "{error}"
        );
        assert!(error.to_string().contains("3 attempts"), "{error}");
        let waits = clock.waits();
        assert!(
            waits.len() == 2 && waits.iter().all(|wait| *wait >= Duration::from_secs(2)),
            "{waits:?}"
        );
    }
}

#[tokio::test]
async fn a_call_may_have_another_policy() {
    let (server, clock) = (unavailable().await, Virtual::new());
    let clients = client(&server, THREE, &clock).oauth_clients();
    let two = RetryPolicy::standard().max_attempts(2);
    assert_eq!(clients.show(1).retry(two).await.unwrap_err().attempts(), 2);
    assert_eq!(
        clients
            .show(1)
            .raise_at_once()
            .await
            .unwrap_err()
            .attempts(),
        1
    );
    // The last one counts.
    let call = clients.show(1).raise_at_once().retry(two);
    assert_eq!(call.await.unwrap_err().attempts(), 2);
    assert_eq!(clients.show(1).await.unwrap_err().attempts(), 3);
}

#[tokio::test]
async fn what_is_not_harmless_is_repeated_only_if_the_caller_says_so() {
    let (server, clock) = (unavailable().await, Virtual::new());
    let clients = client(&server, THREE, &clock).oauth_clients();
    let create = || clients.create(NewOAuthClient::confidential("A", "a"));
    assert_eq!(create().await.unwrap_err().attempts(), 1);
    assert_eq!(
        create()
            .even_if_not_idempotent()
            .await
            .unwrap_err()
            .attempts(),
        3
    );
    let two = RetryPolicy::standard().max_attempts(2);
    for call in [
        create().retry(two).even_if_not_idempotent(),
        create().even_if_not_idempotent().retry(two),
    ] {
        assert_eq!(call.await.unwrap_err().attempts(), 2);
    }
    let call = create().even_if_not_idempotent().raise_at_once();
    assert_eq!(call.await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn a_call_may_have_another_timeout() {
    let server = Loopback::serving(1, async |mut connection: Connection, _| {
        connection.request().await;
        connection.client_closes().await;
    })
    .await;
    let client = builder(&server.url()).build().unwrap();
    let call = client.oauth_clients().show(1);
    let error = call.timeout(Duration::from_millis(1)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn all_areas_share_one_retry_budget() {
    let (server, clock) = (unavailable().await, Virtual::new());
    let budget = RetryBudget::new(3);
    let client = builder(&server.url())
        .retry_policy(THREE)
        .retry_budget(budget.clone())
        .clock(Arc::clone(&clock))
        .build()
        .unwrap();
    let mut attempts = Vec::new();
    for asked in Asked::ALL {
        attempts.push(asked.fails(&client.clone()).await.attempts());
    }
    assert_eq!((attempts, budget.available()), (vec![3, 2, 1], 0));
}

#[tokio::test]
async fn each_area_is_paced_by_itself() {
    let headers = [
        ("ratelimit-limit", "10"),
        ("ratelimit-remaining", "0"),
        ("ratelimit-reset", "30"),
    ];
    let server = Loopback::answering(answer(404, &headers, "")).await;
    let clock = Virtual::new();
    let client = builder(&server.url())
        .pacing(Pacing::new())
        .clock(Arc::clone(&clock))
        .build()
        .unwrap();
    for asked in Asked::ALL {
        asked.fails(&client).await;
    }
    // What one area learned, no other waits for.
    assert_eq!(clock.waits(), []);
    Asked::Support.fails(&client).await;
    assert_eq!(clock.waits().len(), 1);
}
