//! Each grant, from the request to the token.

use std::time::Duration;

use serde_json::json;
use zendesk_oauth::authorization::AuthorizationRequest;
use zendesk_oauth::token::{Lifetime, LifetimeSource};

use crate::endpoint_account::{Account, CALLBACK};

const HALF_AN_HOUR: Duration = Duration::from_secs(1_800);
const MONTH: Duration = Duration::from_secs(2_592_000);

fn of_the_answer(lasts: Duration) -> Lifetime {
    Lifetime::limited(lasts, LifetimeSource::Answer)
}

#[tokio::test]
async fn a_public_client_redeems_a_code_with_its_verifier() {
    for status in ["200", "201"] {
        let account = Account::new().await;
        account.sandbox.set_switch("token_status", status).unwrap();
        let request = AuthorizationRequest::new("app", CALLBACK, ["read", "write"]).unwrap();
        let code = account.code(&request).await;
        let text = code.secret().expose().to_owned();
        let issued = account.app().authorization_code(&request, code).await;
        let issued = issued.unwrap();
        assert_eq!(issued.lifetime, of_the_answer(HALF_AN_HOUR));
        assert_eq!(issued.refresh_token_lasts, Some(MONTH));
        assert_eq!(issued.scope.as_deref(), Some("read write"));
        assert!(issued.refresh_token.is_some());
        assert!(account.takes(&issued.access_token).await);

        let sent = account.sent();
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].content_type, "application/json");
        assert!(!sent[0].has_authorization);
        let expected = json!({
            "grant_type": "authorization_code", "client_id": "app", "code": text,
            "redirect_uri": CALLBACK, "scope": "read write",
            "code_verifier": request.code_verifier().unwrap().expose(),
            "expires_in": 1_800, "refresh_token_expires_in": 2_592_000,
        });
        assert_eq!(sent[0].body, expected);
    }
}

#[tokio::test]
async fn a_confidential_client_redeems_a_code_with_its_secret() {
    let account = Account::new().await;
    let with = AuthorizationRequest::new("server", CALLBACK, ["read"]).unwrap();
    let scopes = ["read"];
    let without = AuthorizationRequest::confidential_without_pkce("server", CALLBACK, scopes);
    for request in [with, without.unwrap()] {
        let code = account.code(&request).await;
        let issued = account.server().authorization_code(&request, code).await;
        assert!(account.takes(&issued.unwrap().access_token).await);
        let sent = account.sent().pop().unwrap().body;
        assert!(sent.get("client_secret").is_some());
        let verifier = request.code_verifier().map(|verifier| json!(verifier));
        assert_eq!(sent.get("code_verifier").cloned(), verifier);
    }
}

#[tokio::test]
async fn a_refresh_token_gives_a_new_pair_and_is_good_once() {
    for status in ["200", "201"] {
        let account = Account::new().await;
        account.sandbox.set_switch("token_status", status).unwrap();
        let old = account.logged_in().await;
        let refresh_token = old.refresh_token.unwrap();
        let new = account.app().refresh_token(&refresh_token).await.unwrap();
        assert!(!account.takes(&old.access_token).await);
        assert!(account.takes(&new.access_token).await);
        assert_ne!(new.refresh_token.unwrap().expose(), refresh_token.expose());
        assert_eq!(new.lifetime, of_the_answer(HALF_AN_HOUR));
        assert_eq!(new.scope.as_deref(), Some("read"));
        let sent = account.sent().pop().unwrap().body;
        let expected = json!({
            "grant_type": "refresh_token", "client_id": "app",
            "refresh_token": refresh_token.expose(),
            "expires_in": 1_800, "refresh_token_expires_in": 2_592_000,
        });
        assert_eq!(sent, expected);

        let again = account.app().refresh_token(&refresh_token).await;
        assert!(again.unwrap_err().is_invalid_grant());
        assert_eq!(account.sent().len(), 3);
    }
}

#[tokio::test]
async fn client_credentials_give_a_token_alone() {
    for status in ["200", "201"] {
        let account = Account::new().await;
        account.sandbox.set_switch("token_status", status).unwrap();
        let issued = account.server().client_credentials(["read"]).await.unwrap();
        assert!(issued.refresh_token.is_none() && issued.refresh_token_lasts.is_none());
        assert_eq!(issued.lifetime, of_the_answer(HALF_AN_HOUR));
        assert_eq!(issued.scope.as_deref(), Some("read"));
        assert!(account.takes(&issued.access_token).await);
    }
}

#[tokio::test]
async fn other_lifetimes_are_asked_for_and_the_answer_is_believed() {
    let account = Account::new().await;
    let (day, week) = (Duration::from_secs(86_400), Duration::from_secs(604_800));
    let endpoint = account.app().expires_in(day).refresh_token_expires_in(week);
    let request = AuthorizationRequest::new("app", CALLBACK, ["read"]).unwrap();
    let code = account.code(&request).await;
    let issued = endpoint.authorization_code(&request, code).await.unwrap();
    assert_eq!(issued.lifetime, of_the_answer(day));
    assert_eq!(issued.refresh_token_lasts, Some(week));

    account.sandbox.set_switch("requested_ttl", "1800").unwrap();
    let refresh_token = issued.refresh_token.unwrap();
    let issued = endpoint.refresh_token(&refresh_token).await.unwrap();
    let sent = account.sent().pop().unwrap().body;
    assert_eq!(
        (&sent["expires_in"], &sent["refresh_token_expires_in"]),
        (&json!(86_400), &json!(604_800))
    );
    assert_eq!(issued.lifetime, of_the_answer(HALF_AN_HOUR));
}

#[tokio::test]
async fn because_it_is_asked_for_the_lifetime_is_answered() {
    let account = Account::new().await;
    account.sandbox.apply_profile("account-2026").unwrap();
    let issued = account.logged_in().await;
    assert_eq!(issued.access_token.expose().split('.').count(), 3);
    assert_eq!(issued.lifetime, of_the_answer(HALF_AN_HOUR));
}
