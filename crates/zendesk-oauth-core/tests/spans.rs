//! What a call writes into tracing. One test file, and so one process: tracing caches who listens.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod common;

use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::clock::VirtualClock;
use common::{client, with};
use reqwest::header::HeaderValue;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use zendesk_oauth_core::{
    AuthorizationFuture, CredentialError, CredentialSource, Credentials, RetryBudget, RetryPolicy,
};
use zendesk_oauth_tests::{Connection, Loopback, answer};

/// Writes down everything, of every target and level.
#[derive(Clone, Default)]
struct Recorder {
    lines: Arc<Mutex<Vec<String>>>,
    last_id: Arc<AtomicU64>,
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }
}

impl Recorder {
    fn write(&self, start: String, record: impl FnOnce(&mut Line)) {
        let mut line = Line(start);
        record(&mut line);
        self.lines.lock().unwrap().push(line.0);
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = self.last_id.fetch_add(1, Ordering::Relaxed) + 1;
        let target = span.metadata().target();
        self.write(format!("new {target} {}", span.metadata().name()), |line| {
            span.record(line)
        });
        Id::from_u64(id)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        self.write(format!("record {}", id.into_u64()), |line| {
            values.record(line)
        });
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.write(format!("event {}", event.metadata().target()), |line| {
            event.record(line)
        });
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// What was traced, and of that what is ours.
async fn traced(call: impl Future<Output = ()>) -> (String, String) {
    let recorder = Recorder::default();
    let guard = tracing::subscriber::set_default(recorder.clone());
    call.await;
    drop(guard);
    let lines = recorder.lines.lock().unwrap();
    let ours = lines
        .iter()
        .filter(|line| line.starts_with("new zendesk_oauth") || line.starts_with("record"));
    (
        lines.join("\n"),
        ours.cloned().collect::<Vec<_>>().join("\n"),
    )
}

#[tokio::test]
async fn a_call_is_one_span_of_allowed_fields() {
    let headers = [("x-request-id", "r-1"), ("set-cookie", "CANARY-cookie")];
    let server = Loopback::answering(answer(404, &headers, r#"{"error": "CANARY-body"}"#)).await;
    let client = client(&server.url());
    let (everything, ours) = traced(async {
        client
            .show_thing("CANARY-id", Some("CANARY-code"))
            .await
            .unwrap_err();
    })
    .await;
    assert!(
        ours.contains("new zendesk_oauth call operation=\"show_thing\" method=\"GET\" path=\"/things/{thing_id}\""),
        "{ours}"
    );
    for field in [
        "status=404",
        "request_id=\"r-1\"",
        "outcome=\"error_answer\"",
        "duration_ms=",
    ] {
        assert!(ours.contains(field), "{field} is not in {ours}");
    }
    assert!(!everything.contains("CANARY"), "{everything}");
}

#[tokio::test]
async fn a_request_id_that_is_none_is_not_traced() {
    let headers = [("x-request-id", "CANARY with spaces")];
    let server = Loopback::answering(answer(404, &headers, "{}")).await;
    let client = client(&server.url());
    let (everything, ours) = traced(async {
        client.show_thing("1", None).await.unwrap_err();
    })
    .await;
    assert!(ours.contains("status=404"), "{ours}");
    assert!(!everything.contains("CANARY"), "{everything}");
}

#[tokio::test]
async fn a_refused_call_and_a_dropped_call_say_so() {
    let (_, ours) = traced(async {
        client("http://127.0.0.1:1")
            .show_thing("..", None)
            .await
            .unwrap_err();
    })
    .await;
    assert!(ours.contains("outcome=\"refused\""), "{ours}");

    let (asked, mut has_asked) = tokio::sync::mpsc::channel(1);
    let server = Loopback::serving(1, move |mut connection: Connection, _| {
        let asked = asked.clone();
        async move {
            connection.request().await;
            asked.send(()).await.unwrap();
            std::future::pending::<()>().await;
        }
    })
    .await;
    let client = client(&server.url());
    let (_, ours) = traced(async {
        tokio::select! {
            _ = client.show_thing("1", None) => panic!("there is no answer"),
            _ = has_asked.recv() => {}
        }
    })
    .await;
    assert!(ours.contains("outcome=\"cancelled\""), "{ours}");
    assert!(ours.contains("attempts=1"), "{ours}");
}

#[tokio::test]
async fn each_wait_is_an_event_and_the_span_counts_the_attempts() {
    let headers = [("retry-after", "3"), ("x-request-id", "CANARY with spaces")];
    let answers = [
        answer(503, &headers, r#"{"error": "CANARY-body"}"#),
        answer(200, &[], r#"{"id": 1, "secret": "CANARY-secret"}"#),
    ];
    let server = Loopback::answering_in_turn(answers).await;
    let client = with(&server.url(), |builder| {
        builder
            .retry_policy(RetryPolicy::standard().base_delay(Duration::ZERO))
            .clock(VirtualClock::new())
    });
    let (everything, ours) = traced(async {
        client
            .show_thing("CANARY-id", Some("CANARY-code"))
            .await
            .unwrap();
    })
    .await;
    assert!(ours.contains("attempts=2"), "{ours}");
    let wait = "operation=\"show_thing\" attempt=1 status=503 wait_ms=3000";
    let event = everything
        .lines()
        .find(|line| line.starts_with("event zendesk_oauth") && line.contains(wait));
    assert!(event.is_some(), "{everything}");
    assert!(!everything.contains("CANARY"), "{everything}");

    let server = Loopback::answering(answer(503, &[], "")).await;
    let client = with(&server.url(), |builder| {
        builder
            .retry_policy(RetryPolicy::standard().max_attempts(2))
            .retry_budget(RetryBudget::new(0))
            .clock(VirtualClock::new())
    });
    let (everything, ours) = traced(async {
        client.show_thing("1", None).await.unwrap_err();
    })
    .await;
    assert!(everything.contains("reason=\"budget\""), "{everything}");
    assert!(ours.contains("attempts=1"), "{ours}");
}

#[tokio::test]
async fn a_call_without_a_connection_says_so_in_its_events_and_its_span() {
    let client = with("http://127.0.0.1:1", |builder| {
        builder
            .retry_policy(RetryPolicy::standard().max_attempts(2))
            .clock(VirtualClock::new())
    });
    let (everything, ours) = traced(async {
        client.show_thing("1", None).await.unwrap_err();
    })
    .await;
    for event in [
        "attempt=1 failure=\"connect_failed\" wait_ms=",
        "attempt=2 failure=\"connect_failed\" reason=\"attempts\"",
    ] {
        assert!(everything.contains(event), "{event} is not in {everything}");
    }
    assert!(ours.contains("outcome=\"connect_failed\""), "{ours}");
}

/// There is no other to ask for, so nothing was stopped.
#[tokio::test]
async fn a_rejected_token_that_never_changes_is_an_answer_like_others() {
    let rejected = answer(401, &[], r#"{"error": "invalid_token"}"#);
    let server = Loopback::answering(rejected).await;
    let client = with(&server.url(), |builder| {
        builder.retry_policy(RetryPolicy::standard())
    });
    let (everything, ours) = traced(async {
        client.show_thing("1", None).await.unwrap_err();
    })
    .await;
    assert!(ours.contains("status=401"), "{ours}");
    assert!(!everything.contains("reason="), "{everything}");
}

/// Has credentials once.
#[derive(Default)]
struct Once(AtomicU64);

impl CredentialSource for Once {
    fn authorization(&self) -> AuthorizationFuture<'_> {
        let value = match self.0.fetch_add(1, Ordering::Relaxed) {
            0 => Ok(HeaderValue::from_static("Bearer CANARY-token")),
            _ => Err(CredentialError::unavailable("CANARY-reason")),
        };
        Box::pin(async { value })
    }
}

#[tokio::test]
async fn a_call_that_ends_for_want_of_credentials_says_so() {
    let server = Loopback::answering(answer(503, &[], "")).await;
    let client = with(&server.url(), |builder| {
        builder
            .credentials(Credentials::source(Once::default()))
            .retry_policy(RetryPolicy::standard())
            .clock(VirtualClock::new())
    });
    let (everything, ours) = traced(async {
        client.show_thing("1", None).await.unwrap_err();
    })
    .await;
    assert!(
        everything.contains("reason=\"credentials\""),
        "{everything}"
    );
    assert!(ours.contains("attempts=1"), "{ours}");
    assert!(!everything.contains("CANARY"), "{everything}");
}
