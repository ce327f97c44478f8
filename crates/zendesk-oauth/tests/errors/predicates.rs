//! Which predicates are true of which failure.

use std::time::Duration;

use zendesk_oauth::{
    Area, AuthorizationFuture, CredentialError, CredentialSource, Credentials, Error, RetryPolicy,
    Zendesk, reqwest,
};
use zendesk_oauth_tests::{Closed, Connection, Loopback, Silence, answer, answer_claiming};

use crate::clients::{
    Asked, answered, answered_each, builder, by_name, client, told_once, without_names, without_tls,
};

/// The names of the predicates that are true.
fn kinds(error: &Error) -> String {
    let predicates = [
        ("auth", error.is_auth()),
        ("forbidden", error.is_forbidden()),
        ("not_found", error.is_not_found()),
        ("conflict", error.is_conflict()),
        ("validation", error.is_validation()),
        ("rate_limited", error.is_rate_limited()),
        ("server_error", error.is_server_error()),
        ("redirect", error.is_redirect()),
        ("decode", error.is_decode()),
        ("too_large", error.is_too_large()),
        ("timeout", error.is_timeout()),
        ("transport", error.is_transport()),
        ("connect", error.is_connect()),
        ("transient", error.is_transient()),
        ("not_sent", error.is_not_sent()),
    ];
    let those = predicates.iter().filter(|(_, is_true)| *is_true);
    those.map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_status_is_one_kind() {
    let table = [
        (302, "redirect"),
        (307, "redirect"),
        (400, "validation"),
        (401, "auth"),
        (403, "forbidden"),
        (404, "not_found"),
        (405, ""),
        (408, "transient"),
        (409, "conflict"),
        (410, ""),
        (413, ""),
        (422, "validation"),
        (429, "rate_limited transient"),
        (500, "server_error"),
        (501, "server_error"),
        (502, "server_error transient"),
        (503, "server_error transient"),
        (504, "server_error transient"),
        (599, "server_error"),
    ];
    let bodies = ["", "{}", "text", "<p>page</p>"];
    let rows = || table.iter().flat_map(|row| bodies.map(|body| (*row, body)));
    for asked in Asked::ALL {
        let answers = rows().map(|((status, _), body)| answer(status, &[], body));
        let errors = answered_each(asked, answers.collect()).await;
        for (((status, expected), body), error) in rows().zip(errors) {
            assert_eq!(
                kinds(&error),
                expected,
                "{asked:?} {status} {body:?}: {error}"
            );
            assert_eq!(error.status().unwrap().as_u16(), status);
            assert_eq!(error.attempts(), 1);
            assert_eq!(error.decode_path(), None);
        }
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_used_is_one_kind() {
    let table = [
        (answer(200, &[], "{"), "decode"),
        (answer(200, &[], ""), "decode"),
        (answer(200, &[], "<p>page</p>"), "decode"),
        (answer(200, &[], r#"{"client": 1}"#), "decode"),
        (answer_claiming(200, &[], "{", 9), "transport transient"),
        (
            answer_claiming(404, &[], "{", 9),
            "not_found transport transient",
        ),
        (answer(200, &[], "a".repeat(65)), "too_large"),
        (answer(403, &[], "a".repeat(65)), "forbidden too_large"),
        (Vec::new(), "transport transient"),
        (b"no HTTP\r\n\r\n".to_vec(), "transport"),
    ];
    for (bytes, expected) in table {
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        let server = Loopback::answering(bytes).await;
        let client = builder(&server.url()).max_body_size(64).build().unwrap();
        let error = Asked::Support.fails(&client).await;
        assert_eq!(kinds(&error), expected, "{shown:?}: {error}");
    }
}

#[tokio::test]
async fn an_exchange_that_fails_is_one_kind() {
    let deaf = Silence::start().await;
    let closed = Closed::port();
    let plain = without_tls().await;
    let no_tls = plain.url().replace("http://", "https://");
    let slow = Loopback::serving(1, async |mut connection: Connection, _| {
        connection.request().await;
        let half = answer_claiming(200, &[], "{", 9);
        connection.send(&half).await.unwrap();
        connection.client_closes().await;
    })
    .await;
    // An answer that does not come takes all the time that there is, and nothing else is to.
    let (long, short) = (Duration::from_secs(60), Duration::from_millis(300));
    let no_name = "https://acme.invalid".to_owned();
    let table = [
        (closed.url(), long, "transport connect transient not_sent"),
        (no_tls, long, "transport connect not_sent"),
        (no_name, long, "transport connect transient not_sent"),
        (deaf.url(), short, "timeout transport transient"),
        (slow.url(), short, "timeout transport transient"),
    ];
    for (base_url, timeout, expected) in table {
        let client = builder(&base_url).http_client_builder(without_names());
        let client = client.timeout(timeout).build().unwrap();
        let error = Asked::Support.fails(&client).await;
        assert_eq!(kinds(&error), expected, "{base_url}: {error}");
        assert_eq!(error.attempts(), 1);
    }
}

/// Has none to give.
struct Without;

impl CredentialSource for Without {
    fn authorization(&self) -> AuthorizationFuture<'_> {
        Box::pin(async { Err(CredentialError::unavailable("the vault is locked")) })
    }
}

#[tokio::test]
async fn what_is_refused_here_is_one_kind_and_nothing_is_sent() {
    let server = Silence::start().await;
    let at = |base_url: &str| Zendesk::at(base_url);
    let url = server.url();
    let bad_agent = reqwest::Client::builder().user_agent("a\nb");
    let table = [
        (
            "no subdomain",
            Zendesk::for_subdomain("a.b").map(drop).unwrap_err().into(),
            "validation not_sent",
        ),
        (
            "no base URL",
            at("acme").build().unwrap_err(),
            "validation not_sent",
        ),
        (
            "http to a remote host",
            at("http://acme.example").build().unwrap_err(),
            "validation not_sent",
        ),
        (
            "a user agent of two lines",
            at(&url).user_agent("a\nb").build().unwrap_err(),
            "validation not_sent",
        ),
        (
            "an HTTP client that cannot be",
            at(&url).http_client_builder(bad_agent).build().unwrap_err(),
            "not_sent",
        ),
        (
            "a token with a line end",
            at(&url)
                .support(Credentials::bearer("a\n"))
                .build()
                .unwrap_err(),
            "auth not_sent",
        ),
        (
            "no integration name",
            at(&url)
                .zis("A", Credentials::bearer("a"))
                .build()
                .unwrap_err(),
            "validation not_sent",
        ),
        (
            "no credentials",
            Asked::Chat.fails(&at(&url).build().unwrap()).await,
            "auth not_sent",
        ),
        (
            "credentials for nobody",
            Asked::Support
                .fails(
                    &at(&url)
                        .support(Credentials::source(Without))
                        .build()
                        .unwrap(),
                )
                .await,
            "auth not_sent",
        ),
        (
            "a name that breaks its rule",
            client(&url)
                .zis("A b")
                .show_oauth_connection(by_name("abc"))
                .await
                .unwrap_err(),
            "validation not_sent",
        ),
    ];
    for (what, error, expected) in table {
        assert_eq!(kinds(&error), expected, "{what}: {error}");
        assert_eq!((error.attempts(), error.status()), (0, None), "{what}");
        assert!(
            error.api_error().is_none() && error.details().is_empty(),
            "{what}"
        );
    }
    server.assert_untouched().await;
}

#[tokio::test]
async fn a_call_that_got_no_connection_at_last_may_have_arrived_before() {
    // One connection is taken, and broken; then the name has no address any more.
    let server = Loopback::serving(1, async |mut connection: Connection, _| {
        connection.request().await;
    })
    .await;
    let twice = RetryPolicy::standard()
        .max_attempts(2)
        .base_delay(Duration::ZERO);
    let client = builder("http://localhost").retry_policy(twice);
    let client = client.http_client_builder(told_once(&server.url()));
    let error = Asked::Support.fails(&client.build().unwrap()).await;
    assert_eq!(kinds(&error), "transport connect transient", "{error}");
    assert_eq!((error.attempts(), server.requests().len()), (2, 1));
}

#[tokio::test]
async fn accessors_give_what_the_server_said() {
    let headers = [("x-request-id", "r-1"), ("retry-after", "3")];
    let body = r#"{"error": "RecordInvalid", "description": "Record validation errors",
        "details": {"name": [{"error": "BlankValue", "description": "Name: cannot be blank"}]}}"#;
    let error = answered(Asked::Support, 422, &headers, body).await;
    assert_eq!(error.code(), Some("RecordInvalid"));
    assert_eq!(error.message(), Some("Record validation errors"));
    let details = error.details();
    assert_eq!(
        (details[0].field, details[0].code),
        ("name", Some("BlankValue"))
    );
    assert_eq!(details[0].message, Some("Name: cannot be blank"));
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(
        error.retry_after(),
        Some(zendesk_oauth::RetryAfter::Delay(Duration::from_secs(3)))
    );
    assert_eq!(error.operation().unwrap().id, "show_oauth_client");
    assert_eq!(error.headers().unwrap()["retry-after"], "3");
    assert_eq!(error.body_text().unwrap(), body);
    assert_eq!(error.area(), Some(Area::Support));

    let error = answered(
        Asked::Zis,
        404,
        &[],
        r#"{"errors": [{"code": "1302", "detail": "Not found"}]}"#,
    )
    .await;
    assert_eq!(
        (error.code(), error.message()),
        (Some("1302"), Some("Not found"))
    );
    assert_eq!(error.area(), Some(Area::Zis));
    let error = answered(Asked::Chat, 401, &[], "Unauthorized").await;
    assert_eq!(
        (error.code(), error.message()),
        (None, Some("Unauthorized"))
    );
    let error = answered(Asked::Support, 200, &[], r#"{"client": {"id": "x"}}"#).await;
    assert!(
        error.decode_path().unwrap().starts_with("client"),
        "{error}"
    );
}

#[tokio::test]
async fn the_chain_continues_below_what_display_repeats() {
    let closed = Closed::port();
    let refused = closed.url();
    let error = Asked::Support.fails(&client(&refused)).await;
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("os error"), "{source}");
    assert!(!error.to_string().contains(&source), "{error}");

    let without = Zendesk::at(&refused).support(Credentials::source(Without));
    let error = Asked::Support.fails(&without.build().unwrap()).await;
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "the vault is locked"
    );
}

#[test]
fn errors_are_small_and_all_can_travel() {
    fn travels<T: Send + Sync + 'static>() {}
    fn is_cloned<T: Send + Sync + Clone + 'static>() {}
    travels::<Error>();
    travels::<zendesk_oauth::NameError>();
    assert!(size_of::<Error>() <= 32);
    assert!(size_of::<Result<(), Error>>() <= 32);
    is_cloned::<Zendesk>();
    is_cloned::<zendesk_oauth::support::OAuthClients>();
    is_cloned::<zendesk_oauth::zis::Zis>();
    is_cloned::<zendesk_oauth::chat::Chat>();
}
