//! What comes back, from the sandbox and from odd servers.

use std::time::Duration;

use zendesk_oauth::Error;
use zendesk_oauth::support::{TokenForGrantType, TokenRequest};
use zendesk_oauth_tests::{Loopback, answer, printed};

use crate::{Account, endpoint};

const HALF_AN_HOUR: Duration = Duration::from_secs(1_800);

impl Account {
    fn own(&self) -> TokenRequest {
        let secret = self.client_secret.clone();
        TokenRequest::client_credentials(&self.client_id, secret).scopes(["read"])
    }
}

#[tokio::test]
async fn a_client_gets_a_token_for_its_secret_whether_the_status_is_200_or_201() {
    let account = Account::new().await;
    for status in ["200", "201"] {
        account.sandbox.set_switch("token_status", status).unwrap();
        let request = account.own().expires_in(HALF_AN_HOUR);
        let token = account
            .tokens
            .create(request)
            .with_response()
            .await
            .unwrap();
        assert_eq!(token.status().as_str(), status);
        assert_eq!(token.expires_in, Some(1_800));
        assert_eq!(token.scope.as_deref(), Some("read"));
        assert_eq!(token.token_type.as_deref(), Some("bearer"));
        assert!(token.refresh_token.is_none());
        assert!(!token.access_token.expose().is_empty());
    }
}

#[tokio::test]
async fn an_expiry_that_the_answer_leaves_out_is_none() {
    let account = Account::new().await;
    let switch = account.sandbox.set_switch("expires_in", "when-requested");
    switch.unwrap();
    let token = account.tokens.create(account.own()).await.unwrap();
    assert_eq!(token.expires_in, None);
    let json = [("content-type", "application/json")];
    let body = r#"{"access_token": "CANARY-a", "expires_in": null, "refresh_token": "CANARY-r"}"#;
    let server = Loopback::answering(answer(201, &json, body)).await;
    let token = endpoint(&server.url()).create(account.own()).await.unwrap();
    assert_eq!(token.expires_in, None);
    assert_eq!(token.refresh_token.as_ref().unwrap().expose(), "CANARY-r");
    assert!(!format!("{token:?}").contains("CANARY"));
}

#[tokio::test]
async fn refusals_have_the_code_of_oauth_and_advice() {
    let account = Account::new().await;
    let wrong = TokenRequest::client_credentials(&account.client_id, "CANARY-wrong");
    let unknown = TokenRequest::client_credentials("CANARY_unknown", "CANARY-wrong");
    let used = TokenRequest::refresh_token(&account.client_id, "CANARY-used");
    for (request, status, code) in [
        (wrong.scopes(["read"]), 401, "invalid_client"),
        (unknown.scopes(["read"]), 401, "invalid_client"),
        (
            used.client_secret(account.client_secret.clone()),
            400,
            "invalid_grant",
        ),
    ] {
        let error: Error = account.tokens.create(request).await.unwrap_err();
        assert_eq!(error.status().map(|it| it.as_u16()), Some(status));
        assert_eq!(error.code(), Some(code));
        assert_eq!((error.is_auth(), error.area()), (status == 401, None));
        assert!(!error.is_transient());
        let printed = printed(&error);
        assert!(
            printed.contains(code) && !printed.contains("CANARY"),
            "{printed}"
        );
    }
}

#[tokio::test]
async fn an_answer_without_a_token_is_not_as_documented() {
    let account = Account::new().await;
    let json = [("content-type", "application/json")];
    for body in [
        r#"{"token_type": "bearer", "refresh_token": "CANARY-r"}"#,
        r#"{"access_token": "CANARY-a", "expires_in": "CANARY-soon"}"#,
        "CANARY",
    ] {
        let server = Loopback::answering(answer(200, &json, body)).await;
        let error = endpoint(&server.url()).create(account.own()).await;
        let error = error.map(|it: TokenForGrantType| it.extra).unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert!(!printed(&error).contains("CANARY"), "{error}");
        // What was rotated is not lost: it is in the body, for who asks.
        assert_eq!(error.body_text().as_deref(), Some(body));
    }
}

#[tokio::test]
async fn a_token_for_a_scope_that_is_none_says_that_it_opens_nothing() {
    let account = Account::new().await;
    let request = account.own().scopes(["bogus"]);
    let token = account.tokens.create(request).await.unwrap();
    assert_eq!(token.scope.as_deref(), Some(""));
}
