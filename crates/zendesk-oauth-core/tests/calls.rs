//! Calls of a client in the shape of generated code, against a server on loopback.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod common;

use common::generated::{Client, Thing};
use common::{TOKEN, client};
use std::collections::BTreeMap;
use zendesk_oauth_core::client::{DecodeProblem, Error};
use zendesk_oauth_core::{ApiErrorBody, Extra, Secret, Transport};
use zendesk_oauth_tests::{Loopback, answer};

const THING: &str =
    r#"{"id": 7, "secret": "CANARY-secret", "created_at": "2018-10-17T02:32:45", "new": 1}"#;

#[test]
fn call_futures_are_send() {
    fn send<T: Send>(_: T) {}
    let client = client("http://localhost:1");
    let form = BTreeMap::new();
    send(client.show_thing("1", None));
    send(client.start_redirect(&form));
    send(client.delete_thing(1));
}

#[tokio::test]
async fn a_value_comes_with_its_status_headers_body_and_operation() {
    let server = Loopback::answering(answer(
        200,
        &[("x-request-id", "r-1"), ("retry-after", "2")],
        THING,
    ))
    .await;
    let thing = client(&server.url())
        .show_thing("a/b", Some("x y"))
        .await
        .unwrap();
    assert_eq!(thing.id, 7);
    assert_eq!(thing.secret.as_ref().unwrap().expose(), "CANARY-secret");
    assert!(
        thing
            .created_at
            .as_ref()
            .unwrap()
            .to_system_time()
            .is_some()
    );
    assert_eq!(thing.extra.keys().collect::<Vec<_>>(), ["new"]);
    assert_eq!(thing.status(), 200);
    assert_eq!(thing.headers()["x-request-id"], "r-1");
    assert_eq!(thing.request_id(), Some("r-1"));
    assert!(thing.retry_after().is_some());
    assert_eq!(thing.operation().id, "show_thing");
    assert_eq!(thing.body(), THING.as_bytes());
    assert!(format!("{thing:?}").contains("r-1"));
    assert!(!format!("{thing:?}").contains("CANARY"));

    let request = &server.requests()[0];
    assert!(
        request
            .to_string()
            .starts_with("GET /things/a%2Fb?code=x+y HTTP/1.1\r\n"),
        "{request}"
    );
}

#[tokio::test]
async fn credentials_go_where_the_document_wants_them_and_nowhere_else() {
    let server = Loopback::answering_in_turn([
        answer(200, &[], THING),
        answer(201, &[], THING),
        answer(204, &[], ""),
    ])
    .await;
    let client = client(&server.url());
    client.show_thing("1", None).await.unwrap();
    let thing = Thing {
        id: 1,
        secret: Some(Secret::from("s3cret")),
        created_at: None,
        extra: Extra::default(),
    };
    client.create_thing(&thing).await.unwrap();
    client.delete_thing(1).await.unwrap();

    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    let bearer = format!("Bearer {TOKEN}");
    assert_eq!(requests[0].header("authorization"), Some(bearer.as_str()));
    let created = requests[1].to_string();
    assert!(!created.to_ascii_lowercase().contains("authorization"));
    assert_eq!(
        requests[1].body, br#"{"id":1,"secret":"s3cret","created_at":null}"#,
        "{created}"
    );
    assert_eq!(requests[2].header("authorization"), Some(bearer.as_str()));
    for request in &requests {
        assert!(!request.to_string().contains("api-version"), "{request}");
        let agent = request.header("user-agent").unwrap();
        assert!(agent.starts_with("zendesk-oauth/"), "{request}");
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_followed() {
    let location = "https://provider.example/?state=CANARY";
    let server = Loopback::answering(answer(307, &[("location", location)], "null")).await;
    let redirect = client(&server.url())
        .start_redirect(&BTreeMap::from([("a", "b c")]))
        .await
        .unwrap();
    assert_eq!(redirect.location().expose(), location);
    assert!(!format!("{redirect:?}").contains("CANARY"));
    assert_eq!(server.requests()[0].body, b"a=b+c");
}

#[tokio::test]
async fn an_error_keeps_everything_and_says_what_to_do() {
    let body = r#"{"error":"invalid_token","error_description":"The access token provided is expired, revoked, malformed or invalid for other reasons."}"#;
    let server = Loopback::answering(answer(401, &[("x-zendesk-request-id", "z.1")], body)).await;
    let error = client(&server.url())
        .show_thing("1", None)
        .await
        .unwrap_err();
    assert!(matches!(&error, Error::ErrorResponse(value) if value.code() == Some("invalid_token")));
    assert!(error.is_unauthorized() && !error.is_transient() && !error.is_refusal());
    assert_eq!(error.body_text().unwrap(), body);
    assert_eq!(error.operation().unwrap().id, "show_thing");
    assert_eq!(
        error.to_string(),
        "show_thing (GET /things/{thing_id}): 401 Unauthorized, invalid_token: The access token provided is expired, \
         revoked, malformed or invalid for other reasons. [request id z.1]. The access token is expired, revoked or \
         malformed: get a new one."
    );
}

#[tokio::test]
async fn a_rate_limit_in_plain_text_keeps_its_retry_after() {
    let text = "Number of allowed API requests per minute exceeded";
    let server = Loopback::answering(answer(
        429,
        &[("content-type", "text/plain"), ("retry-after", "93")],
        text,
    ))
    .await;
    let error = client(&server.url())
        .show_thing("1", None)
        .await
        .unwrap_err();
    assert!(error.is_rate_limited() && error.is_transient());
    let wait = error
        .retry_after()
        .unwrap()
        .delay(std::time::SystemTime::now());
    assert_eq!(wait.as_secs(), 93);
    assert!(
        error.to_string().contains(text) && error.to_string().contains("retry_after()"),
        "{error}"
    );
}

#[tokio::test]
async fn an_undeclared_status_keeps_everything_too() {
    let server =
        Loopback::answering(answer(503, &[("retry-after", "1")], "<html>CANARY</html>")).await;
    let error = client(&server.url()).delete_thing(1).await.unwrap_err();
    assert!(matches!(error, Error::UnexpectedResponse(_)) && error.is_transient());
    assert!(error.retry_after().is_some());
    assert!(error.api_error().unwrap().is_html());
    assert_eq!(error.body_text().unwrap(), "<html>CANARY</html>");
    assert!(error.to_string().contains("retry_after()"), "{error}");
}

#[tokio::test]
async fn a_decode_failure_keeps_the_answer_and_names_the_place() {
    let body = r#"{"id": 7, "secret": 4711}"#;
    let server = Loopback::answering_in_turn([
        answer(200, &[("x-request-id", "r-2")], body),
        answer(
            200,
            &[("content-type", "text/html")],
            "<!DOCTYPE html><p>CANARY",
        ),
        answer(200, &[], ""),
    ])
    .await;
    let client = client(&server.url());

    let error = client.show_thing("1", None).await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(
        (error.status().unwrap().as_u16(), error.request_id()),
        (200, Some("r-2"))
    );
    assert_eq!(error.body_text().unwrap(), body);
    assert!(
        error
            .to_string()
            .contains("show_thing (GET /things/{thing_id}): 200 OK"),
        "{error}"
    );
    assert!(!error.to_string().contains("4711"), "{error}");

    let error = client.show_thing("1", None).await.unwrap_err();
    assert!(error.to_string().contains("a login page"), "{error}");

    let error = client.show_thing("1", None).await.unwrap_err();
    assert!(matches!(&error, Error::Decode(failure) if *failure.problem() == DecodeProblem::Empty));
}

#[tokio::test]
async fn a_client_whose_base_url_is_not_its_transports_sends_nothing() {
    let transport = Transport::builder("https://acme.zendesk.com")
        .build()
        .unwrap();
    let client = Client {
        baseurl: "http://127.0.0.1:1".to_owned(),
        ..Client::new(transport)
    };
    let error: Error<ApiErrorBody> = client.show_thing("1", None).await.unwrap_err();
    assert!(error.is_refusal(), "{error}");
    assert!(
        error.to_string().contains("not below the base URL"),
        "{error}"
    );
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_an_error() {
    for headers in [vec![], vec![("location", "")], vec![("location", " ")]] {
        let server = Loopback::answering(answer(307, &headers, "")).await;
        let form = std::collections::BTreeMap::new();
        let error = client(&server.url()).start_redirect(&form).await;
        let error = error.unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert!(error.to_string().contains("needs a `Location`"), "{error}");
    }
}
