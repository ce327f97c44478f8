//! From a person's consent to a pair, and from a pair to the next.

use std::time::Duration;

use zendesk_oauth::authorization::AuthorizationRequest;
use zendesk_oauth::reqwest::{self, redirect};
use zendesk_oauth::support::{NewOAuthClient, TokenRequest};
use zendesk_oauth::{Credentials, Zendesk};

use crate::Account;

const CALLBACK: &str = "https://app.example.com/callback";

#[tokio::test]
async fn a_code_gives_a_pair_and_each_refresh_token_gives_the_next_one_once() {
    let account = Account::new().await;
    account.sandbox.set_switch("consent", "approve").unwrap();
    let admin = Credentials::bearer(account.sandbox.credentials().admin_token);
    let zendesk = Zendesk::at(account.sandbox.url()).support(admin);
    let zendesk = zendesk.build().unwrap();
    let app = NewOAuthClient::public("App", "app", CALLBACK);
    zendesk.oauth_clients().create(app).await.unwrap();
    let asked = AuthorizationRequest::new("app", CALLBACK, ["read"]).unwrap();
    let browser = reqwest::Client::builder().redirect(redirect::Policy::none());
    let page = browser.build().unwrap().get(asked.url(&zendesk).expose());
    let page = page.send().await.unwrap();
    let callback = page.headers()["location"].to_str().unwrap();
    let code = asked.code_from_callback(callback).unwrap();

    let request = TokenRequest::authorization_code(asked.client_id(), &code, asked.redirect_uri())
        .code_verifier(asked.code_verifier().unwrap().clone())
        .scopes([asked.scope()])
        .expires_in(Duration::from_secs(172_800))
        .refresh_token_expires_in(Duration::from_secs(604_800));
    let tokens = zendesk.grant_type_tokens();
    let first = tokens.create(request.clone()).await.unwrap();
    assert_eq!(first.expires_in, Some(172_800));
    assert_eq!(first.refresh_token_expires_in, Some(604_800));
    let old = first.refresh_token.unwrap();
    let refresh = TokenRequest::refresh_token("app", old.clone());
    let next = tokens.create(refresh.clone()).await.unwrap();
    assert_eq!(next.scope.as_deref(), Some("read"));
    assert_ne!(next.refresh_token.unwrap().expose(), old.expose());
    for again in [refresh, request] {
        let error = tokens.create(again).await.unwrap_err();
        assert_eq!(error.code(), Some("invalid_grant"), "{error}");
    }
}
