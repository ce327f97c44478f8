//! Calls that are made again, over the wire: how many requests arrive, and what is waited.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use common::clock::VirtualClock;
use common::generated::{Client, Thing};
use common::with;
use reqwest::header::HeaderValue;
use zendesk_oauth_core::client::{ClientHooks, Error, OperationInfo};
use zendesk_oauth_core::{
    ApiErrorBody, AuthorizationFuture, CredentialError, CredentialSource, Credentials, RetryAfter,
    RetryBudget, RetryPolicy, Transport,
};
use zendesk_oauth_tests::{Loopback, answer, printed};

const SECOND: Duration = Duration::from_secs(1);
const FOUND: &str = r#"{"id": 1}"#;

fn patient(base_url: &str, policy: RetryPolicy, clock: &VirtualClock) -> Client {
    with(base_url, |builder| {
        builder.retry_policy(policy).clock(clock.clone())
    })
}

fn failing(status: u16, headers: &[(&str, &str)]) -> [Vec<u8>; 2] {
    [answer(status, headers, "{}"), answer(200, &[], FOUND)]
}

fn thing() -> Thing {
    serde_json::from_str(FOUND).unwrap()
}

#[tokio::test]
async fn what_fails_for_now_is_made_again_and_the_attempts_are_counted() {
    for status in [408, 429, 502, 503, 504] {
        let answers = [
            answer(status, &[], "{}"),
            answer(status, &[], "{}"),
            answer(200, &[], FOUND),
        ];
        let server = Loopback::answering_in_turn(answers).await;
        let clock = VirtualClock::new();
        let client = patient(&server.url(), RetryPolicy::standard(), &clock);
        let found = client.show_thing("1", None).await.unwrap();
        assert_eq!((found.id, found.attempts()), (1, 3));
        assert_eq!((server.requests().len(), clock.waits().len()), (3, 2));
        let base = if status == 429 { 10_000 } else { 500 };
        for (turn, wait) in clock.waits().into_iter().enumerate() {
            assert!(wait <= Duration::from_millis(base << turn), "{wait:?}");
        }
    }
}

#[tokio::test]
async fn the_last_failure_is_raised_and_says_how_often_it_was_tried() {
    let server = Loopback::answering(answer(503, &[("x-request-id", "r-1")], "{}")).await;
    let client = patient(&server.url(), RetryPolicy::standard(), &VirtualClock::new());
    let error = client.show_thing("1", None).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (4, 4));
    let text = error.to_string();
    assert!(
        text.starts_with(
            "show_thing (GET /things/{thing_id}): 503 Service Unavailable (after 4 attempts), "
        ),
        "{text}"
    );
    let (summary, advice) = (error.summary().to_string(), error.advice().unwrap());
    assert_eq!(text, format!("{summary}. {advice}"));
    assert!(summary.ends_with("[request id r-1]"), "{summary}");
}

#[tokio::test]
async fn other_failures_are_raised_at_once() {
    for status in [400, 401, 403, 404, 409, 422, 500, 501] {
        let server = Loopback::answering(answer(status, &[("retry-after", "1")], "{}")).await;
        let client = patient(&server.url(), RetryPolicy::standard(), &VirtualClock::new());
        let error = client.show_thing("1", None).await.unwrap_err();
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
        assert!(!error.to_string().contains("attempts"), "{error}");
    }
}

#[tokio::test]
async fn what_may_do_harm_twice_is_repeated_only_if_the_caller_says_so() {
    let created = || [answer(503, &[], "{}"), answer(201, &[], FOUND)];
    let clock = VirtualClock::new();
    let server = Loopback::answering_in_turn(created()).await;
    let client = patient(&server.url(), RetryPolicy::standard(), &clock);
    let error = client.create_thing(&thing()).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    assert!(error.is_transient() && clock.waits().is_empty());

    let server = Loopback::answering_in_turn(created()).await;
    let policy = RetryPolicy::standard().even_if_not_idempotent();
    let client = patient(&server.url(), policy, &clock);
    let made = client.create_thing(&thing()).await.unwrap();
    assert_eq!((made.attempts(), server.requests().len()), (2, 2));
    let bodies: Vec<_> = server.requests().into_iter().map(|it| it.body).collect();
    assert_eq!(bodies[0], bodies[1]);
}

#[tokio::test]
async fn never_raises_at_once_and_a_policy_is_for_one_clone() {
    let server = Loopback::answering(answer(503, &[("retry-after", "1")], "{}")).await;
    let clock = VirtualClock::new();
    let client = patient(&server.url(), RetryPolicy::standard(), &clock);
    let at_once = client.inner.with_retry_policy(RetryPolicy::never());
    let error = Client::new(at_once).show_thing("1", None).await;
    assert_eq!(error.unwrap_err().attempts(), 1);
    assert!(clock.waits().is_empty());
    assert_eq!(client.inner.retry_policy(), RetryPolicy::standard());
    let error = client.show_thing("1", None).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (4, 5));
}

#[tokio::test]
async fn retry_after_is_a_floor_in_seconds_as_a_date_and_twice() {
    let noon = SystemTime::UNIX_EPOCH + 784_111_777 * SECOND;
    let in_seven = ("retry-after", "Sun, 06 Nov 1994 08:49:44 GMT");
    for (headers, floor) in [
        (&[("retry-after", "20")][..], 20),
        (&[in_seven], 7),
        (&[("retry-after", "2"), in_seven, ("retry-after", "x")], 7),
    ] {
        for status in [429, 503] {
            let server = Loopback::answering_in_turn(failing(status, headers)).await;
            let clock = VirtualClock::at(noon);
            let client = patient(&server.url(), RetryPolicy::standard(), &clock);
            let found = client.show_thing("1", None).await.unwrap();
            assert_eq!(found.attempts(), 2);
            let wait = clock.waits()[0];
            let floor = floor * SECOND;
            assert!(
                wait >= floor && wait <= floor + Duration::from_millis(500),
                "{wait:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_retry_after_that_is_too_long_is_raised_with_it() {
    let server = Loopback::answering(answer(429, &[("retry-after", "121")], "")).await;
    let clock = VirtualClock::new();
    let client = patient(&server.url(), RetryPolicy::standard(), &clock);
    let error = client.show_thing("1", None).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    let asked = RetryAfter::Delay(121 * SECOND);
    assert_eq!(error.retry_after(), Some(asked));
    assert!(clock.waits().is_empty());
}

#[tokio::test]
async fn no_attempt_begins_after_the_longest_time() {
    let server = Loopback::answering(answer(429, &[("retry-after", "100")], "")).await;
    let clock = VirtualClock::new();
    let policy = RetryPolicy::standard().max_attempts(u32::MAX);
    let client = patient(&server.url(), policy, &clock);
    let error = client.show_thing("1", None).await.unwrap_err();
    // Three waits of a hundred seconds and a jitter each are over 300 seconds.
    assert_eq!((error.attempts(), clock.waits().len()), (3, 2));
}

#[tokio::test]
async fn a_request_whose_body_is_a_stream_is_sent_once() {
    let origin = Loopback::answering(answer(200, &[], FOUND)).await;
    let server = Loopback::answering(answer(503, &[], "")).await;
    let policy = RetryPolicy::standard().even_if_not_idempotent();
    let budget = RetryBudget::new(1);
    let client = with(&server.url(), |builder| {
        builder
            .retry_policy(policy)
            .retry_budget(budget.clone())
            .clock(VirtualClock::new())
    });
    let stream = client.client.get(origin.url()).send().await.unwrap();
    let request = client.client.post(format!("{}/things", server.url()));
    let request = request.body(reqwest::Body::from(stream)).build().unwrap();
    let info = OperationInfo {
        operation_id: "create_thing",
    };
    let answered = client.exec(request, &info).await.unwrap();
    assert_eq!((answered.status().as_u16(), answered.attempts()), (503, 1));
    assert_eq!((server.requests().len(), budget.available()), (1, 1));
}

/// Gives another token each time, and none after `last`.
struct Rotating {
    asked: Arc<AtomicUsize>,
    last: usize,
}

impl CredentialSource for Rotating {
    fn authorization(&self) -> AuthorizationFuture<'_> {
        let turn = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        let value = match turn <= self.last {
            true => Ok(HeaderValue::from_str(&format!("Bearer CANARY-{turn}")).unwrap()),
            false => Err(CredentialError::unavailable("no more")),
        };
        Box::pin(async { value })
    }
}

#[tokio::test]
async fn credentials_are_asked_for_once_per_attempt() {
    let answers = [
        answer(503, &[], ""),
        answer(503, &[], ""),
        answer(200, &[], FOUND),
    ];
    let server = Loopback::answering_in_turn(answers).await;
    let asked = Arc::new(AtomicUsize::new(0));
    let source = Rotating {
        asked: Arc::clone(&asked),
        last: 9,
    };
    let client = with(&server.url(), |builder| {
        builder
            .credentials(Credentials::source(source))
            .retry_policy(RetryPolicy::standard())
            .clock(VirtualClock::new())
    });
    client.show_thing("1", None).await.unwrap();
    let requests = server.requests();
    let sent: Vec<_> = requests
        .iter()
        .map(|it| it.header("authorization").unwrap())
        .collect();
    assert_eq!(
        sent,
        ["Bearer CANARY-1", "Bearer CANARY-2", "Bearer CANARY-3"]
    );
    assert_eq!(asked.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn without_credentials_for_a_repetition_the_last_answer_stands() {
    let server = Loopback::answering(answer(503, &[], "")).await;
    let source = Rotating {
        asked: Arc::default(),
        last: 1,
    };
    let budget = RetryBudget::standard();
    let client = with(&server.url(), |builder| {
        builder
            .credentials(Credentials::source(source))
            .retry_policy(RetryPolicy::standard())
            .retry_budget(budget.clone())
            .clock(VirtualClock::new())
    });
    let error = client.show_thing("1", None).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    assert_eq!(budget.available(), 100);
}

#[tokio::test]
async fn nothing_was_attempted_if_the_call_is_refused() {
    let client = with("http://127.0.0.1:1", |builder| builder);
    let error = client.show_thing("..", None).await.unwrap_err();
    assert!(error.is_refusal(), "{error}");
    assert_eq!(error.attempts(), 0);
    let text = error.to_string();
    let (summary, advice) = (error.summary().to_string(), error.advice().unwrap());
    assert_eq!(text, format!("{summary}. {advice}"));
}

#[tokio::test]
async fn a_builder_that_was_brought_repeats_nothing_by_itself() {
    let server = Loopback::answering(answer(503, &[], "")).await;
    let own = reqwest::retry::for_host("127.0.0.1")
        .max_retries_per_request(3)
        .classify_fn(|seen| match seen.status() {
            Some(status) if status.as_u16() == 503 => seen.retryable(),
            _ => seen.success(),
        });
    let brought = reqwest::Client::builder().no_proxy().retry(own);
    let client = with(&server.url(), |builder| {
        builder.http_client_builder(brought)
    });
    let error = client.show_thing("1", None).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
}

#[tokio::test]
async fn a_deletion_that_is_repeated_and_finds_nothing_says_why() {
    let answers = [answer(503, &[], ""), answer(404, &[], r#"{"error": "x"}"#)];
    let server = Loopback::answering_in_turn(answers).await;
    let client = patient(&server.url(), RetryPolicy::standard(), &VirtualClock::new());
    let error = client.delete_thing(1).await.unwrap_err();
    let advice = error.advice().unwrap();
    assert_eq!((error.attempts(), error.is_not_found()), (2, true));
    assert!(advice.contains("earlier attempt"), "{advice}");
    // At once, nothing of ours can have deleted it.
    let server = Loopback::answering(answer(404, &[], r#"{"error": "x"}"#)).await;
    let client = patient(&server.url(), RetryPolicy::standard(), &VirtualClock::new());
    let error = client.delete_thing(1).await.unwrap_err();
    let advice = error.advice().unwrap();
    assert!(!advice.contains("earlier attempt"), "{advice}");
}

#[tokio::test]
async fn a_retry_after_date_is_read_by_the_clock_of_its_answer() {
    let headers = [
        ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("retry-after", "Sun, 06 Nov 1994 08:49:44 GMT"),
    ];
    let server = Loopback::answering(answer(503, &headers, "")).await;
    let policy = RetryPolicy::standard()
        .max_attempts(2)
        .base_delay(Duration::ZERO);
    // Our clock is an hour behind the server's, or ahead.
    let noon = SystemTime::UNIX_EPOCH + 784_111_777 * SECOND;
    for now in [noon - 3600 * SECOND, noon + 3600 * SECOND] {
        let clock = VirtualClock::at(now);
        let client = patient(&server.url(), policy, &clock);
        let error = client.show_thing("1", None).await.unwrap_err();
        assert_eq!(clock.waits(), [7 * SECOND]);
        assert_eq!(error.retry_after(), Some(RetryAfter::Delay(7 * SECOND)));
    }
}

#[tokio::test]
async fn a_call_that_was_repeated_prints_no_secret() {
    let body = r#"{"error": "CANARY-1", "message": "CANARY-2"}"#;
    let server = Loopback::answering(answer(503, &[("retry-after", "CANARY-3")], body)).await;
    let client = patient(&server.url(), RetryPolicy::standard(), &VirtualClock::new());
    let error: Error<ApiErrorBody> = client
        .show_thing("CANARY-id", Some("CANARY-code"))
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 4);
    let text = format!("{}{}{:?}", printed(&error), error.summary(), error.advice());
    let transport: &Transport = &client.inner;
    let text = format!("{text}{transport:?}{:?}", transport.clock());
    assert!(!text.contains("CANARY"), "{text}");
}
