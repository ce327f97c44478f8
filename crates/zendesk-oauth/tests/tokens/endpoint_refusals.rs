//! What fails, how often it was sent, and what the error says of it.

use std::time::Duration;

use zendesk_oauth::authorization::AuthorizationRequest;
use zendesk_oauth::reqwest::StatusCode;
use zendesk_oauth::token::{OAuthClientCredentials, TokenEndpoint};
use zendesk_oauth::{Error, Secret, Zendesk};
use zendesk_oauth_sandbox::{Fault, FaultRule};
use zendesk_oauth_tests::{Closed, Loopback, answer, answer_claiming};

use crate::endpoint_account::{Account, CALLBACK};

const OPERATION: &str = "create_token_for_grant_type";

/// The error of a refresh that is answered so; it was sent once.
async fn refused(answer: Vec<u8>) -> Error {
    let server = Loopback::answering(answer).await;
    let zendesk = Zendesk::at(&server.url()).build().unwrap();
    let endpoint = TokenEndpoint::new(&zendesk, OAuthClientCredentials::public("app"));
    let error = endpoint.refresh_token(&Secret::from("old")).await;
    let error = error.unwrap_err();
    assert_eq!(server.requests().len(), 1, "{error}");
    assert_eq!(error.operation().unwrap().id, OPERATION);
    assert_eq!(error.attempts(), 1);
    assert!(!error.is_not_sent());
    error
}

#[tokio::test]
async fn the_refusals_of_the_endpoint_are_told_apart() {
    let account = Account::new().await;
    let error = account.app().refresh_token(&Secret::from("unknown")).await;
    let error = error.unwrap_err();
    assert!(error.is_invalid_grant() && error.is_validation(), "{error}");
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));

    let request = AuthorizationRequest::new("app", CALLBACK, ["read"]).unwrap();
    let code = account.code(&request).await;
    let twice = code.clone();
    let first = account.app().authorization_code(&request, code).await;
    first.unwrap();
    let error = account.app().authorization_code(&request, twice).await;
    assert!(error.unwrap_err().is_invalid_grant());

    let wrong = OAuthClientCredentials::confidential("server", "CANARY-wrong");
    let wrong = TokenEndpoint::new(&account.zendesk, wrong);
    let error = wrong.client_credentials(["read"]).await.unwrap_err();
    assert!(error.is_auth() && !error.is_invalid_grant(), "{error}");
    assert_eq!(error.code(), Some("invalid_client"));

    let beyond = answer(
        400,
        &[("content-type", "application/json")],
        r#"{"error": "invalid_scope"}"#,
    );
    let error = refused(beyond).await;
    assert_eq!(error.code(), Some("invalid_scope"), "{error}");
    assert!(!error.is_invalid_grant(), "{error}");
}

#[tokio::test]
async fn what_cannot_be_right_is_not_sent() {
    let account = Account::new().await;
    let endpoint = |client| TokenEndpoint::new(&account.zendesk, client);
    let none = [""; 0];
    let request = AuthorizationRequest::new("app", CALLBACK, ["read"]).unwrap();
    let code = account.code(&request).await;
    let other = AuthorizationRequest::new("other", CALLBACK, ["read"]).unwrap();
    let old = Secret::from("old");
    let server = account.server();
    let errors = [
        (
            endpoint(OAuthClientCredentials::public(""))
                .refresh_token(&old)
                .await,
            "client_id",
        ),
        (
            endpoint(OAuthClientCredentials::confidential("server", ""))
                .refresh_token(&old)
                .await,
            "client_secret",
        ),
        (
            account.app().client_credentials(["read"]).await,
            "confidential",
        ),
        (
            account.app().refresh_token(&Secret::from(" ")).await,
            "refresh_token",
        ),
        (
            account.app().authorization_code(&other, code.clone()).await,
            "another OAuth client",
        ),
        (
            server.authorization_code(&request, code).await,
            "another OAuth client",
        ),
        (
            server
                .clone()
                .expires_in(Duration::MAX)
                .client_credentials(["read"])
                .await,
            "expires_in",
        ),
        (server.client_credentials(none).await, "scope"),
        (server.client_credentials(["a\"b"]).await, "scope"),
    ];
    for (outcome, says) in errors {
        let error = outcome.unwrap_err();
        assert!(error.is_not_sent() && error.is_validation(), "{error}");
        assert_eq!(error.operation().unwrap().id, OPERATION);
        assert!(error.to_string().contains(says), "{error}");
    }
    assert!(account.sent().is_empty());
}

#[tokio::test]
async fn nothing_is_sent_twice_by_the_endpoint_itself() {
    let text = "Number of allowed API requests per minute exceeded";
    let limited = answer(
        429,
        &[("retry-after", "7"), ("content-type", "text/plain")],
        text,
    );
    let error = refused(limited).await;
    assert!(error.is_rate_limited() && error.retry_after().is_some());
    let error = refused(answer(503, &[("retry-after", "7")], "")).await;
    assert!(error.is_server_error() && error.retry_after().is_some());
    for status in [408, 500, 502, 504] {
        let error = refused(answer(status, &[], "<html>")).await;
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(!error.is_invalid_grant());
    }
    assert!(refused(Vec::new()).await.is_transport());
    assert!(
        refused(answer(302, &[("location", "/oauth/tokens")], ""))
            .await
            .is_redirect()
    );
}

#[tokio::test]
async fn an_answer_without_a_token_that_can_be_sent_says_that_zendesk_has_acted() {
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "<html>CANARY</html>",
        r#"{"access_token":"#,
        r#"{"access_token":null}"#,
        r#"{"access_token":""}"#,
        r#"{"access_token":"CANARY a"}"#,
        r#"{"access_token":"CANARY\n"}"#,
        r#"{"access_token":{"CANARY":1}}"#,
        r#"{"access_token":"CANARY","expires_in":1e999}"#,
    ] {
        let error = refused(answer(200, &[], body)).await;
        assert!(error.is_decode() && !error.is_transient(), "{error}");
        assert!(error.status().unwrap().is_success());
        assert!(!error.to_string().contains("CANARY"), "{error}");
    }
    let cut = answer_claiming(200, &[], r#"{"access_token":"CANARY","#, 900);
    let error = refused(cut).await;
    assert!(error.is_transport() && error.status().unwrap().is_success());
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let port = Closed::port();
    let zendesk = Zendesk::at(&port.url()).build().unwrap();
    let endpoint = TokenEndpoint::new(&zendesk, OAuthClientCredentials::public("app"));
    let error = endpoint.refresh_token(&Secret::from("old")).await;
    let error = error.unwrap_err();
    assert!(error.is_connect() && error.is_not_sent(), "{error}");
}

#[tokio::test]
async fn a_reply_that_is_lost_after_rotation_is_not_asked_for_again() {
    let account = Account::new().await;
    let old = account.logged_in().await.refresh_token.unwrap();
    account.sandbox.set_switch("refresh_reply", "lost").unwrap();
    let error = account.app().refresh_token(&old).await.unwrap_err();
    assert!(error.is_transport() && !error.is_not_sent(), "{error}");
    assert_eq!(account.sent().len(), 2);
    account.sandbox.set_switch("refresh_reply", "sent").unwrap();
    let error = account.app().refresh_token(&old).await.unwrap_err();
    assert!(error.is_invalid_grant());
}

#[tokio::test]
async fn an_outage_before_the_call_leaves_the_refresh_token_good() {
    let account = Account::new().await;
    let old = account.logged_in().await.refresh_token.unwrap();
    let rule = FaultRule::on(OPERATION, Fault::status(503)).times(1);
    account.sandbox.faults().add(rule).unwrap();
    let error = account.app().refresh_token(&old).await.unwrap_err();
    assert!(error.is_server_error() && error.attempts() == 1);
    account.app().refresh_token(&old).await.unwrap();
}
