//! What each request sends, and what it prints.

use std::time::Duration;

use serde_json::{Value, json};
use zendesk_oauth::support::TokenRequest;
use zendesk_oauth::{RetryPolicy, Secret};
use zendesk_oauth_tests::{Loopback, Request, answer};

use crate::endpoint;

const WEEK: Duration = Duration::from_secs(604_800);
const CALLBACK: &str = "https://app.example.com/callback";

fn from_code(code: &str) -> TokenRequest {
    TokenRequest::authorization_code("app", code, CALLBACK).scopes(["read", "write"])
}

async fn sent(request: TokenRequest) -> Request {
    let server = Loopback::answering(answer(503, &[], b"")).await;
    let call = endpoint(&server.url()).create(request);
    call.retry(RetryPolicy::standard()).await.unwrap_err();
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1, "a token request is not repeated");
    requests.remove(0)
}

#[tokio::test]
async fn each_grant_sends_what_it_was_given_and_nothing_else() {
    for (request, body) in [
        (
            from_code("CANARY-code")
                .client_secret("CANARY-secret")
                .code_verifier(Secret::from("CANARY-verifier"))
                .expires_in(Duration::from_secs(300))
                .refresh_token_expires_in(WEEK),
            json!({
                "grant_type": "authorization_code", "client_id": "app", "code": "CANARY-code",
                "redirect_uri": CALLBACK, "scope": "read write", "client_secret": "CANARY-secret",
                "code_verifier": "CANARY-verifier", "expires_in": 300,
                "refresh_token_expires_in": 604_800,
            }),
        ),
        (
            from_code("CANARY-code").code_verifier("CANARY-verifier"),
            json!({
                "grant_type": "authorization_code", "client_id": "app", "code": "CANARY-code",
                "redirect_uri": CALLBACK, "scope": "read write", "code_verifier": "CANARY-verifier",
            }),
        ),
        (
            TokenRequest::client_credentials("app", "CANARY-secret").scopes(["read"]),
            json!({
                "grant_type": "client_credentials", "client_id": "app",
                "client_secret": "CANARY-secret", "scope": "read",
            }),
        ),
        // Observed: a public client refreshes without a secret and without a scope.
        (
            TokenRequest::refresh_token("app", "CANARY-refresh"),
            json!({
                "grant_type": "refresh_token", "client_id": "app", "refresh_token": "CANARY-refresh",
            }),
        ),
        (
            TokenRequest::refresh_token("app", "CANARY-refresh")
                .client_secret("CANARY-secret")
                .scopes(["read"])
                .expires_in(Duration::from_secs(172_800)),
            json!({
                "grant_type": "refresh_token", "client_id": "app", "refresh_token": "CANARY-refresh",
                "client_secret": "CANARY-secret", "scope": "read", "expires_in": 172_800,
            }),
        ),
    ] {
        let request = sent(request).await;
        let place = (request.method.as_str(), request.target.as_str());
        assert_eq!(place, ("POST", "/oauth/tokens"));
        assert_eq!(request.header("content-type"), Some("application/json"));
        let sent: Value = serde_json::from_slice(&request.body).unwrap();
        assert_eq!(sent, body);
    }
}

/// The endpoint takes no other credentials than those of the request.
#[cfg(feature = "support")]
#[tokio::test]
async fn the_credentials_of_support_are_not_sent() {
    use zendesk_oauth::{Credentials, Zendesk};

    let server = Loopback::answering(answer(503, &[], b"")).await;
    let zendesk = Zendesk::at(&server.url()).support(Credentials::bearer("CANARY-token"));
    let tokens = zendesk.build().unwrap().grant_type_tokens();
    let request = from_code("CANARY-code").client_secret("CANARY-secret");
    tokens.create(request).await.unwrap_err();
    assert_eq!(server.requests()[0].header("authorization"), None);
}

#[test]
fn no_request_prints_a_secret() {
    let uri = "https://app.example.com:8443/CANARY-path?CANARY-query=1";
    let code = TokenRequest::authorization_code("app", "CANARY-code", uri);
    let requests = [
        code.client_secret("CANARY-secret")
            .code_verifier("CANARY-verifier"),
        TokenRequest::client_credentials("app", "CANARY-secret"),
        TokenRequest::refresh_token("app", "CANARY-refresh").client_secret("CANARY-secret"),
    ];
    let tokens = endpoint("http://127.0.0.1:1");
    for request in requests {
        let printed = format!("{request:?} {request:#?}");
        assert!(printed.contains("app"), "{printed}");
        let call = tokens.create(request);
        let printed = format!("{printed} {tokens:?} {call:?} {call:#?}");
        assert!(!printed.contains("CANARY"), "{printed}");
    }
}
