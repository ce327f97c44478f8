//! Each of the six operations, and what each option sends.

use reqwest::Url;
use serde_json::json;
use zendesk_oauth::zis::{
    ConnectionKey, CreateZisOAuthToken, OAuthClientRef, StartOAuthFlow, VerificationCode,
    ZisGrantType,
};
use zendesk_oauth::{Area, Secret, reqwest};

use crate::account::Account;
use crate::browser;

#[tokio::test]
async fn every_option_of_the_start_is_sent_and_what_is_not_set_is_not() {
    let account = Account::agreeing().await;
    let uuid = "9c81f444-4beb-4ba7-9bcc-6b2d068e7ade";
    let whole = StartOAuthFlow::new("my_connection", OAuthClientRef::uuid(uuid).unwrap())
        .unwrap()
        .grant_type(ZisGrantType::AuthorizationCode)
        .permission_scopes(["read", "write"])
        .origin_oauth_redirect_url("https://client.int/callback")
        .oauth_url_subdomain("foobar")
        .allow_offline_access(false);
    let error = account.zis.start_oauth_flow(whole).await.unwrap_err();
    assert!(error.is_not_found(), "there is no such client: {error}");
    let name = account.sandbox.credentials().zis_oauth_client().to_owned();
    let least = StartOAuthFlow::new("my_connection", OAuthClientRef::name(&name)).unwrap();
    let started = account.zis.start_oauth_flow(least).await.unwrap();
    assert!(started.redirect_url.expose().contains("flow_token="));
    let seen = account.seen("start_oauth_flow");
    assert_eq!(
        seen[0].sent,
        json!({
            "name": "my_connection",
            "oauth_client_uuid": uuid,
            "grant_type": "authorization_code",
            "permission_scopes": "read write",
            "origin_oauth_redirect_url": "https://client.int/callback",
            "oauth_url_subdomain": "foobar",
            "allow_offline_access": false,
        })
    );
    let least = json!({ "name": "my_connection", "oauth_client_name": name });
    assert_eq!(seen[1].sent, least);
}

#[tokio::test]
async fn the_operations_lead_from_a_start_to_a_refreshed_connection() {
    let account = Account::agreeing().await;
    let zis = &account.zis;
    let request = account
        .request()
        .origin_oauth_redirect_url("https://client.int/callback");
    let started = zis.start(request).await.unwrap();
    assert!(started.verification_code().is_none());

    // The redirect takes no credentials, and a client without any can ask.
    let token = started.flow_token().unwrap();
    let stranger = account.stranger();
    let redirect = stranger.start_oauth_redirect(token.clone()).await.unwrap();
    let location = redirect.location().expose();
    assert!(location.contains("/_provider/oauth/authorize?"));
    let again = zis.redirect(token).with_response().await.unwrap();
    assert_eq!(again.status(), 307);

    let home = browser::until_home(started.browser_url().expose()).await;
    let code = VerificationCode::from_callback(home.as_str()).unwrap();
    let made = zis.exchange_verification_code(code).await.unwrap();
    let uuid = made.uuid.clone().unwrap();

    let by_name = zis.show("my_connection").await.unwrap();
    let by_uuid = zis
        .show_oauth_connection(ConnectionKey::uuid(&uuid).unwrap())
        .await
        .unwrap();
    for shown in [&by_name, &by_uuid] {
        assert_eq!(shown.uuid.as_ref(), Some(&uuid));
        let token = shown.access_token.as_ref().unwrap().expose();
        assert_eq!(token, made.access_token.as_ref().unwrap().expose());
    }
    let key = ConnectionKey::uuid(&uuid).unwrap();
    let one = zis.refresh_oauth_token(&key).await.unwrap();
    let two = zis.refresh("my_connection").await.unwrap();
    let token = |token: &Option<Secret>| token.as_ref().unwrap().expose().to_owned();
    assert_ne!(token(&one.access_token), token(&made.access_token));
    assert_ne!(token(&two.access_token), token(&one.access_token));
}

#[tokio::test]
async fn a_token_is_had_by_both_grants_without_credentials_of_the_integration() {
    let account = Account::agreeing().await;
    let credentials = account.sandbox.credentials();
    let stranger = account.stranger();
    let (id, secret) = (credentials.client_id(), credentials.client_secret());
    let redirect_uri = "http://localhost:8080/callback";
    let page = Url::parse_with_params(
        &format!("{}/oauth/authorizations/new", account.sandbox.url()),
        [
            ("response_type", "code"),
            ("client_id", id),
            ("redirect_uri", redirect_uri),
            ("scope", "read"),
        ],
    );
    let cookie = format!("_zendesk_session={}", credentials.admin_session());
    let home = browser::follow(page.unwrap().as_str(), Some(&cookie)).await;
    let (_, code) = home.query_pairs().find(|(name, _)| name == "code").unwrap();

    let request = CreateZisOAuthToken::authorization_code(
        id,
        Secret::from(secret),
        Secret::from(code.as_ref()),
        redirect_uri,
    );
    let token = stranger
        .create_zis_oauth_token(request.scopes(["read"]))
        .await
        .unwrap();
    assert!(!token.access_token.expose().is_empty());
    assert_eq!(token.scope.as_deref(), Some("read"));

    let request = CreateZisOAuthToken::client_credentials(id, Secret::from(secret));
    let request = request.scopes(["read", "write"]);
    let token = stranger.create_token(request).await.unwrap();
    assert_eq!(token.scope.as_deref(), Some("read write"));
    let seen = account.seen("create_zis_oauth_token");
    let members = |index: usize| seen[index].sent.as_object().unwrap().len();
    assert_eq!((members(0), members(1)), (6, 4));
}

#[tokio::test]
async fn what_needs_credentials_is_not_sent_without() {
    let account = Account::agreeing().await;
    let stranger = account.stranger();
    let error = stranger.show("my_connection").await.unwrap_err();
    assert!(
        error.is_auth() && error.area() == Some(Area::Zis),
        "{error}"
    );
    let connect = stranger.connect(account.request(), |_| unreachable!("nothing is started"));
    let error = connect.await.unwrap_err();
    assert!(error.is_auth(), "{error}");
    let error = stranger
        .wait_until_ready("my_connection")
        .await
        .unwrap_err();
    assert!(error.is_auth(), "{error}");
    assert_eq!(account.sandbox.journal().len(), 0);
}

#[tokio::test]
async fn wrong_names_are_reported_and_nothing_is_sent() {
    let account = Account::agreeing().await;
    let zis = &account.zis;
    for error in [
        zis.show("a b").await.unwrap_err(),
        zis.refresh("").await.unwrap_err(),
        zis.wait_until_ready("x").await.unwrap_err(),
        zis.refresh_if_near_expiry("x", std::time::Duration::ZERO)
            .await
            .unwrap_err(),
        ConnectionKey::uuid("my_connection").unwrap_err().into(),
        OAuthClientRef::uuid("my_client").unwrap_err().into(),
        StartOAuthFlow::new("no", account.client())
            .unwrap_err()
            .into(),
        StartOAuthFlow::new("my_connection", OAuthClientRef::name(""))
            .unwrap_err()
            .into(),
    ] {
        assert!(error.is_validation() && error.is_not_sent(), "{error}");
    }
    assert_eq!(account.sandbox.journal().len(), 0);
}

#[tokio::test]
async fn a_name_that_is_taken_gives_a_conflict() {
    let account = Account::agreeing().await;
    let request = || {
        account
            .request()
            .grant_type(ZisGrantType::ClientCredentials)
    };
    let connect = account
        .zis
        .connect(request(), |_| unreachable!("nobody is asked"));
    connect.await.unwrap();
    let error = account.zis.start(request()).await.unwrap_err();
    assert!(error.is_conflict(), "{error}");
}
