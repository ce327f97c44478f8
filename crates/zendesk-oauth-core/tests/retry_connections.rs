//! Calls that are made again after the network failed them.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod common;

use std::pin::Pin;
use std::time::Duration;

use common::clock::VirtualClock;
use common::generated::Client;
use common::with;
use zendesk_oauth_core::RetryPolicy;
use zendesk_oauth_tests::{Closed, Connection, Loopback, answer, answer_claiming};

const SECOND: Duration = Duration::from_secs(1);
const FOUND: &str = r#"{"id": 1}"#;

fn patient(base_url: &str, clock: &VirtualClock) -> Client {
    with(base_url, |builder| {
        builder
            .retry_policy(RetryPolicy::standard())
            .clock(clock.clone())
    })
}

#[tokio::test]
async fn a_refused_connection_is_tried_again() {
    let closed = Closed::port();
    let base_url = closed.url();
    let clock = VirtualClock::new();
    let client = patient(&base_url, &clock);
    let error = client.show_thing("1", None).await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert_eq!((error.attempts(), clock.waits().len()), (4, 3));
    let text = error.to_string();
    let expected = format!("could not connect to `{base_url}` (after 4 attempts). ");
    assert!(text.contains(&expected), "{text}");
}

/// The first connection ends as `first` says; the second is answered.
async fn breaking<F>(first: impl FnOnce(Connection) -> F + Send + 'static) -> Loopback
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut first = Some(first);
    Loopback::serving(2, move |mut connection: Connection, _| {
        let ending: Pin<Box<dyn Future<Output = ()> + Send>> = match first.take() {
            Some(first) => Box::pin(first(connection)),
            None => Box::pin(async move {
                connection.request().await;
                connection.send(&answer(200, &[], FOUND)).await.unwrap();
                connection.close().await.unwrap();
            }),
        };
        ending
    })
    .await
}

#[tokio::test]
async fn a_connection_that_breaks_is_tried_again_wherever_it_broke() {
    let before = breaking(async |connection| connection.reset().unwrap()).await;
    let after = breaking(async |mut connection: Connection| {
        connection.request().await;
        connection.reset().unwrap();
    })
    .await;
    let in_the_body = breaking(async |mut connection: Connection| {
        connection.request().await;
        let part = answer_claiming(200, &[], r#"{"id""#, 100);
        connection.send(&part).await.unwrap();
        connection.close().await.unwrap();
    })
    .await;
    for (server, requests) in [(before, 1), (after, 2), (in_the_body, 2)] {
        let client = patient(&server.url(), &VirtualClock::new());
        let found = client.show_thing("1", None).await.unwrap();
        assert_eq!(found.attempts(), 2);
        assert_eq!(server.requests().len(), requests);
    }
}

#[tokio::test]
async fn the_timeout_is_for_each_attempt() {
    let server = breaking(async |mut connection: Connection| {
        connection.request().await;
        connection.client_closes().await;
    })
    .await;
    let client = patient(&server.url(), &VirtualClock::new());
    // Long enough for the second attempt on a busy machine.
    let hasty = client.inner.with_timeout(SECOND);
    assert_eq!(
        (hasty.timeout(), client.inner.timeout()),
        (SECOND, 30 * SECOND)
    );
    let found = Client::new(hasty).show_thing("1", None).await.unwrap();
    assert_eq!(found.attempts(), 2);
}
