//! What a call says when the network, or a redirect, gets in its way.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod common;

use std::time::Duration;

use common::generated::Client;
use common::{client, with};
use reqwest::redirect::Policy;
use tokio::sync::oneshot;
use zendesk_oauth_core::client::{BodyProblem, CallError, CommunicationKind, Error};
use zendesk_oauth_core::{ApiErrorBody, Credentials, Transport};
use zendesk_oauth_tests::{
    Closed, Connection, Loopback, Silence, answer, answer_claiming, printed,
};

#[tokio::test]
async fn an_answer_from_elsewhere_is_an_error_that_keeps_status_and_headers() {
    let server = Loopback::answering_in_turn([
        answer(302, &[("location", "/other?code=CANARY-code")], ""),
        answer(200, &[("x-request-id", "r-9")], r#"{"id": 1}"#),
    ])
    .await;
    let following = reqwest::Client::builder()
        .no_proxy()
        .redirect(Policy::limited(5))
        .build()
        .unwrap();
    let client = with(&server.url(), |builder| builder.http_client(following));
    let error = client.show_thing("1", None).await.unwrap_err();
    let Error::Elsewhere(inner) = &error else {
        panic!("{error}")
    };
    assert!(inner.url().expose().ends_with("/other?code=CANARY-code"));
    assert_eq!(
        (error.status().unwrap().as_u16(), error.request_id()),
        (200, Some("r-9"))
    );
    assert_eq!(error.body(), None);
    assert!(!printed(&error).contains("CANARY"), "{error}");
}

#[tokio::test]
async fn our_client_and_a_brought_builder_follow_no_redirect() {
    for brought in [false, true] {
        let server = Loopback::answering(answer(302, &[("location", "/other")], "")).await;
        let client = with(&server.url(), |builder| match brought {
            true => builder.http_client_builder(reqwest::Client::builder().no_proxy()),
            false => builder,
        });
        let error = client.show_thing("1", None).await.unwrap_err();
        assert!(matches!(error, Error::UnexpectedResponse(_)), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_keeps_status_and_headers() {
    for headers in ["content-length: 100\r\n", "transfer-encoding: chunked\r\n"] {
        let server = Loopback::answering(format!(
            "HTTP/1.1 200 OK\r\nx-request-id: r-3\r\n{headers}\r\n1\r\n{{\r\n"
        ))
        .await;
        let error = client(&server.url())
            .show_thing("1", None)
            .await
            .unwrap_err();
        assert!(
            matches!(&error, Error::Body(body) if body.problem() == BodyProblem::Interrupted),
            "{error}"
        );
        assert_eq!(
            (error.status().unwrap().as_u16(), error.request_id()),
            (200, Some("r-3"))
        );
        assert!(error.is_transient() && !error.is_timeout());
        let arrived = error.body_text().unwrap_or_default();
        assert!(arrived.contains('{'), "{arrived}");
        assert!(error.to_string().contains("has acted"), "{error}");
    }
}

#[tokio::test]
async fn what_arrived_of_an_error_that_breaks_off_is_kept() {
    let bytes = answer_claiming(429, &[("retry-after", "7")], br#"{"error":"TooMa"#, 500);
    let server = Loopback::answering(bytes).await;
    let error = client(&server.url()).show_thing("1", None).await;
    let error = error.unwrap_err();
    assert_eq!(error.body_text().unwrap(), r#"{"error":"TooMa"#);
    assert!(error.is_rate_limited() && error.is_transient() && error.retry_after().is_some());
    assert!(!error.to_string().contains("has acted"), "{error}");
}

#[tokio::test]
async fn a_status_that_says_not_now_counts_whatever_its_body_is() {
    for (status, transient) in [(503, true), (429, true), (500, false), (200, false)] {
        let server = Loopback::answering(answer_claiming(status, &[], b"", 1000)).await;
        let client = with(&server.url(), |builder| builder.max_body_size(10));
        let error = client.show_thing("1", None).await.unwrap_err();
        assert!(matches!(error, Error::Body(_)), "{error}");
        assert_eq!(error.is_transient(), transient, "{status}");
    }
}

#[tokio::test]
async fn another_servers_status_says_nothing_of_ours() {
    let server = Loopback::answering_in_turn([
        answer(302, &[("location", "/gone")], ""),
        answer(404, &[("retry-after", "9")], "{}"),
    ])
    .await;
    let following = reqwest::Client::builder().no_proxy().build().unwrap();
    let client = with(&server.url(), |builder| builder.http_client(following));
    let error = client.delete_thing(1).await.unwrap_err();
    assert!(matches!(error, Error::Elsewhere(_)), "{error}");
    assert!(!error.is_not_found() && !error.is_transient() && error.retry_after().is_none());
}

#[tokio::test]
async fn a_page_or_an_error_with_status_200_has_deleted_nothing() {
    for body in [
        "<!DOCTYPE html><p>Log in",
        "Log in",
        r#"{"error": "Unauthorized"}"#,
        r#"{"errors": []}"#,
    ] {
        let server = Loopback::answering(answer(200, &[], body)).await;
        let error = client(&server.url()).delete_thing(1).await.unwrap_err();
        assert!(matches!(error, Error::UnexpectedResponse(_)), "{error}");
        assert_eq!(error.body_text().unwrap(), body);
    }
    for body in ["", " ", "null", "{}"] {
        let server = Loopback::answering(answer(200, &[], body)).await;
        client(&server.url()).delete_thing(1).await.unwrap();
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_whether_announced_or_not() {
    let body = r#"{"id": 12345}"#;
    let unannounced = format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{body}");
    for text in [answer(200, &[], body), unannounced.into_bytes()] {
        let server = Loopback::answering(text).await;
        let limited = |bytes| with(&server.url(), |builder| builder.max_body_size(bytes));
        let exact = body.len() as u64;
        assert_eq!(
            limited(exact).show_thing("1", None).await.unwrap().id,
            12345
        );
        let error = limited(exact - 1).show_thing("1", None).await.unwrap_err();
        assert!(
            matches!(&error, Error::Body(e) if matches!(e.problem(), BodyProblem::TooLarge { limit, .. } if limit == exact - 1)),
            "{error}"
        );
        assert!(!error.is_transient());
        assert_eq!(error.status().unwrap(), 200);
    }
}

#[tokio::test]
async fn a_body_announced_over_the_limit_is_not_waited_for() {
    let announced = "HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n".to_owned();
    let server = Loopback::answering(announced).await;
    let client = with(&server.url(), |builder| builder.max_body_size(10));
    let error = client.show_thing("1", None).await.unwrap_err();
    let Error::Body(body) = &error else {
        panic!("{error}")
    };
    assert!(
        matches!(body.problem(), BodyProblem::TooLarge { .. }),
        "{error}"
    );
}

#[tokio::test]
async fn a_server_that_says_nothing_is_a_timeout() {
    let server = Loopback::serving(1, async |mut connection: Connection, _| {
        connection.request().await;
        connection.client_closes().await;
    })
    .await;
    let client = with(&server.url(), |builder| {
        builder.timeout(Duration::from_millis(50))
    });
    let call = client.show_thing("1", None);
    // Far longer than the call's own timeout, and far shorter than the default one.
    let error = tokio::time::timeout(Duration::from_secs(5), call)
        .await
        .unwrap()
        .unwrap_err();
    assert!(
        error.is_timeout() && error.is_transient() && !error.is_connect(),
        "{error}"
    );
    assert_eq!(error.status(), None);
    server.finished().await;
}

#[tokio::test]
async fn a_body_that_stalls_is_a_timeout_that_keeps_the_status() {
    let server = Loopback::serving(1, async |mut connection: Connection, _| {
        connection.request().await;
        let start = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{";
        connection.send(start).await.unwrap();
        connection.client_closes().await;
    })
    .await;
    let client = with(&server.url(), |builder| {
        builder.timeout(Duration::from_millis(50))
    });
    let error = client.show_thing("1", None).await.unwrap_err();
    assert!(
        matches!(&error, Error::Body(body) if body.problem() == BodyProblem::Timeout),
        "{error}"
    );
    assert!(error.is_timeout());
    assert_eq!(error.status().unwrap(), 200);
    server.finished().await;
}

/// The time for connecting includes the TLS handshake, which this server never answers.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn a_connection_that_is_never_made_is_a_timeout_while_connecting() {
    let server = Loopback::serving(1, |connection: Connection, _| async move {
        std::future::pending::<()>().await;
        drop(connection);
    })
    .await;
    let url = server.url().replace("http://", "https://");
    let client = with(&url, |builder| {
        builder.connect_timeout(Duration::from_millis(50))
    });
    let error = client.show_thing("1", None).await.unwrap_err();
    assert!(error.is_timeout() && error.is_connect(), "{error}");
}

/// The environment of a process cannot be changed safely from within, so this runs itself again.
#[tokio::test]
async fn loopback_goes_around_the_proxy_of_the_environment() {
    const TARGET: &str = "ZENDESK_OAUTH_TEST_TARGET";
    if let Ok(target) = std::env::var(TARGET) {
        client(&target).show_thing("1", None).await.unwrap();
        return;
    }
    let body = r#"{"id": 1}"#;
    let server = Loopback::answering(answer(200, &[], body)).await;
    let proxy = Silence::start().await;
    let mut again = std::process::Command::new(std::env::current_exe().unwrap());
    again
        .args([
            "--exact",
            "loopback_goes_around_the_proxy_of_the_environment",
        ])
        .env(TARGET, server.url())
        .env("HTTP_PROXY", proxy.url())
        .env("http_proxy", proxy.url())
        .env_remove("NO_PROXY")
        .env_remove("no_proxy");
    let child = tokio::task::spawn_blocking(move || again.output().unwrap());
    let output = child.await.unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert_eq!(server.requests().len(), 1);
    proxy.assert_untouched().await;
}

#[tokio::test]
async fn nobody_listening_is_a_connect_failure_with_its_cause() {
    let closed = Closed::port();
    let base_url = closed.url();
    let error = client(&base_url)
        .show_thing("1", Some("CANARY-code"))
        .await
        .unwrap_err();
    assert!(
        error.is_connect() && error.is_transient() && !error.is_timeout(),
        "{error}"
    );
    let printed = printed(&error);
    assert!(printed.contains("os error"), "{printed}");
    assert!(!printed.contains("CANARY"), "{printed}");
    let Error::Communication(inner) = error else {
        panic!()
    };
    let url = inner.http_error().url().unwrap().as_str();
    assert_eq!(url.trim_end_matches('/'), base_url);
    assert!(printed.contains(&base_url), "{printed}");
}

#[tokio::test]
async fn a_connection_closed_without_an_answer_is_an_interruption() {
    let server = Loopback::answering(String::new()).await;
    let error = client(&server.url())
        .show_thing("1", None)
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::Communication(inner) if inner.kind() == CommunicationKind::Interrupted),
        "{}",
        printed(&error)
    );
    assert!(error.is_transient() && !error.is_connect());
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn a_server_without_tls_is_a_tls_failure_that_repeating_does_not_mend() {
    let server = Loopback::serving(1, async |mut connection: Connection, _| {
        let answer = b"HTTP/1.1 400 Bad Request\r\n\r\n";
        connection.send(answer).await.unwrap();
        connection.close().await.unwrap();
    })
    .await;
    let base_url = server.url().replace("http://", "https://");
    let error = client(&base_url).show_thing("1", None).await.unwrap_err();
    assert!(
        matches!(&error, Error::Communication(inner) if inner.kind() == CommunicationKind::Tls),
        "{}",
        printed(&error)
    );
    assert!(!error.is_transient());
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[tokio::test]
async fn a_client_without_tls_says_how_to_get_it() {
    let error = client("https://localhost").show_thing("1", None).await;
    let error = error.unwrap_err();
    assert!(
        matches!(&error, Error::Communication(inner) if inner.kind() == CommunicationKind::Tls),
        "{}",
        printed(&error)
    );
    assert!(printed(&error).contains("turn on the feature `rustls`"));
}

#[tokio::test]
async fn dropping_a_call_closes_its_connection() {
    let (asked, has_asked) = oneshot::channel();
    let mut asked = Some(asked);
    let server = Loopback::serving(1, move |mut connection: Connection, _| {
        let asked = asked.take().unwrap();
        async move {
            connection.request().await;
            asked.send(()).unwrap();
            connection.client_closes().await;
        }
    })
    .await;
    let client = client(&server.url());
    tokio::select! {
        _ = client.show_thing("1", None) => panic!("there is no answer"),
        asked = has_asked => asked.unwrap(),
    }
    // Ends only when the connection does.
    assert_eq!(server.finished().await.len(), 1);
}

#[tokio::test]
async fn a_connection_that_is_not_kept_ends_with_its_call() {
    let server = Loopback::serving(1, |mut connection: Connection, _| async move {
        connection.request().await;
        let found = answer(200, &[], r#"{"id": 1}"#);
        connection.send(&found).await.unwrap();
        connection.client_closes().await;
    })
    .await;
    let transport = Transport::builder(&server.url()).credentials(Credentials::bearer("CANARY"));
    let transport = transport.build().unwrap();
    let client = Client::new(transport.without_kept_connections().unwrap());
    client.show_thing("1", None).await.unwrap();
    let finished = tokio::time::timeout(Duration::from_secs(10), server.finished());
    assert_eq!(finished.await.unwrap().len(), 1);
}

#[test]
fn a_transport_and_its_errors_can_travel_between_threads() {
    fn travels<T: Send + Sync + Clone + 'static>() {}
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    travels::<Transport>();
    travels::<Credentials>();
    error::<CallError>();
    error::<Error<ApiErrorBody>>();
}
