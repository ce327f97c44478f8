//! What is refused before a connection exists.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::*;

#[tokio::test]
async fn a_flow_starts_only_with_what_it_needs() {
    let zendesk = agreeing().await;
    connected(&zendesk, whole_start()).await;
    let client = "my_oauth_client";
    let other = "ac10a230-0c43-45f8-b221-9e085ce90418";
    let cases = [
        (json!([]), 400, "1301"),
        (json!({}), 400, "1301"),
        (json!({ "oauth_client_name": client }), 400, "1301"),
        (json!({ "name": "CANARY" }), 400, "1301"),
        (
            json!({ "name": "CANARY", "oauth_client_name": "CANARY" }),
            404,
            "1302",
        ),
        (
            json!({ "name": "CANARY", "oauth_client_uuid": other }),
            404,
            "1302",
        ),
        (
            json!({ "name": "CANARY", "oauth_client_name": client, "oauth_client_uuid": other }),
            404,
            "1302",
        ),
        (
            json!({ "name": "", "oauth_client_name": client }),
            422,
            "1303",
        ),
        (
            json!({ "name": "ab", "oauth_client_name": client }),
            422,
            "1303",
        ),
        (
            json!({ "name": "x".repeat(65), "oauth_client_name": client }),
            422,
            "1303",
        ),
        (
            json!({ "name": "CANARY/", "oauth_client_name": client }),
            422,
            "1303",
        ),
        (
            json!({ "name": 7, "oauth_client_name": client }),
            422,
            "1303",
        ),
        (
            json!({ "name": "zendesk", "oauth_client_name": client }),
            422,
            "1303",
        ),
        (
            json!({ "name": "CANARY", "oauth_client_uuid": "CANARY" }),
            422,
            "1303",
        ),
        (
            json!({ "name": "CANARY", "oauth_client_name": client, "grant_type": "CANARY" }),
            422,
            "1303",
        ),
        (
            json!({ "name": "CANARY", "oauth_client_name": client, "allow_offline_access": "yes" }),
            422,
            "1303",
        ),
        (
            json!({ "name": "CANARY", "oauth_client_name": client, "oauth_url_subdomain": "a.b" }),
            422,
            "1303",
        ),
        (
            json!({ "name": "CANARY", "oauth_client_name": client, "permission_scopes": "\"" }),
            422,
            "1303",
        ),
        (
            json!({ "name": "CANARY", "oauth_client_name": client, "origin_oauth_redirect_url": "/home" }),
            422,
            "1303",
        ),
        (
            json!({ "name": "CANARY", "oauth_client_name": client, "origin_oauth_redirect_url": "javascript:x" }),
            422,
            "1303",
        ),
    ];
    for (body, status, code) in cases {
        let answer = zis(&zendesk, Method::POST, START, Some(body.clone())).await;
        assert_eq!(answer.status.as_u16(), status, "{body} got {}", answer.text);
        refused(&answer, status, code);
        assert!(!answer.text.contains("CANARY"), "{}", answer.text);
    }
    let token = &zendesk.credentials().zis_token;
    let broken = zendesk
        .request(Method::POST, START)
        .bearer_auth(token)
        .body("{\"name\":");
    refused(&answered(broken).await, 400, "1301");
}

#[tokio::test]
async fn a_name_that_is_taken_gives_409() {
    let zendesk = agreeing().await;
    // Two flows may run for a name; the one that is exchanged later has lost.
    let late = verified(&zendesk, whole_start()).await;
    connected(&zendesk, whole_start()).await;
    let answer = zis(&zendesk, Method::POST, START, Some(whole_start())).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!(
        answer.json(),
        json!({ "errors": [{ "detail": "Conflict", "status": "409" }] })
    );
    refused(&exchanged(&zendesk, &late).await, 400, "1301");
}

#[tokio::test]
async fn the_name_zendesk_is_for_oauth_towards_zendesk() {
    let zendesk = Zendesk::start().await;
    let body = json!({
        "name": "to_zendesk",
        "client_id": "id",
        "client_secret": "CANARY-secret",
        "auth_url": "https://{subdomain}.zendesk.com/oauth/authorizations/new",
        "token_url": "https://{subdomain}.zendesk.com/oauth/tokens",
    });
    assert_eq!(
        zis(&zendesk, Method::POST, CLIENTS, Some(body))
            .await
            .status,
        StatusCode::OK
    );
    let start = json!({ "name": "zendesk", "oauth_client_name": "to_zendesk", "oauth_url_subdomain": "foobar" });
    let url = started(&zendesk, start).await;
    let asked = browser(&zendesk, &url).await;
    assert!(
        asked
            .header("location")
            .starts_with("https://foobar.zendesk.com/oauth/authorizations/new?")
    );
}

#[tokio::test]
async fn a_flow_token_works_until_the_third_party_calls_back() {
    let zendesk = agreeing().await;
    let redirect = "/api/services/zis/connections/oauth/start_redirect";
    refused(&browser(&zendesk, redirect).await, 400, "1301");
    refused(
        &browser(&zendesk, &query(redirect, &[("flow_token", "")])).await,
        400,
        "1301",
    );
    refused(
        &browser(&zendesk, &query(redirect, &[("flow_token", "CANARY")])).await,
        404,
        "1302",
    );
    let url = started(&zendesk, whole_start()).await;
    for _ in 0..2 {
        assert_eq!(
            browser(&zendesk, &url).await.status,
            StatusCode::TEMPORARY_REDIRECT
        );
    }
    followed(&zendesk, &url).await;
    refused(&browser(&zendesk, &url).await, 404, "1302");
    let url = started(&zendesk, whole_start()).await;
    zendesk
        .sandbox
        .clock()
        .advance(SignedDuration::from_mins(10));
    refused(&browser(&zendesk, &url).await, 404, "1302");
}

#[tokio::test]
async fn a_verification_code_works_once_in_time_and_in_its_integration() {
    let zendesk = agreeing().await;
    refused(
        &zis(&zendesk, Method::GET, ACCESS_CODES, None).await,
        400,
        "1301",
    );
    refused(&exchanged(&zendesk, "CANARY").await, 400, "1301");
    let code = verified(&zendesk, whole_start()).await;
    let elsewhere = query(
        "/api/services/zis/connections/oauth/access_codes/other_integration",
        &[("verification_code", &code)],
    );
    let other = &zendesk.credentials().other_zis_token;
    let answer = answered(zendesk.request(Method::GET, &elsewhere).bearer_auth(other)).await;
    refused(&answer, 400, "1301");
    assert_eq!(exchanged(&zendesk, &code).await.status, StatusCode::OK);
    refused(&exchanged(&zendesk, &code).await, 400, "1301");
    let mut start = whole_start();
    start["name"] = json!("another");
    let code = verified(&zendesk, start).await;
    zendesk
        .sandbox
        .clock()
        .advance(SignedDuration::from_mins(10));
    refused(&exchanged(&zendesk, &code).await, 400, "1301");
}

#[tokio::test]
async fn a_callback_needs_a_state_that_somebody_waits_for() {
    let zendesk = agreeing().await;
    let callback = "/api/services/zis/connections/oauth/callback";
    refused(&browser(&zendesk, callback).await, 400, "1301");
    refused(
        &browser(&zendesk, &query(callback, &[("code", "CANARY")])).await,
        400,
        "1301",
    );
    refused(
        &browser(&zendesk, &query(callback, &[("state", "CANARY")])).await,
        400,
        "1301",
    );
    let unknown = query(callback, &[("state", "CANARY"), ("code", "CANARY")]);
    refused(&browser(&zendesk, &unknown).await, 404, "1302");
    // A code that the third party never gave is good for nothing.
    let url = started(&zendesk, whole_start()).await;
    let asked = browser(&zendesk, &url).await;
    let state = parameter(asked.header("location"), "state");
    let forged = query(callback, &[("state", &state), ("code", "CANARY")]);
    let home = browser(&zendesk, &forged).await;
    let code = parameter(home.header("location"), "verification_code");
    refused(&exchanged(&zendesk, &code).await, 400, "1301");
    refused(&browser(&zendesk, &forged).await, 404, "1302");
}

#[tokio::test]
async fn a_third_party_elsewhere_cannot_be_asked_and_the_code_is_spent_all_the_same() {
    let zendesk = Zendesk::start().await;
    let body = json!({
        "name": "elsewhere",
        "grant_type": "client_credentials",
        "client_id": "id",
        "client_secret": "CANARY-secret",
        "token_url": "https://client.int/_provider/oauth/token",
    });
    let client = zis(&zendesk, Method::POST, CLIENTS, Some(body))
        .await
        .json();
    let start = json!({ "name": "machine", "oauth_client_name": "elsewhere" });
    let url = started(&zendesk, start.clone()).await;
    refused(&zis(&zendesk, Method::GET, &url, None).await, 400, "1301");
    let path = format!("{CLIENTS}/{}", client["uuid"].as_str().unwrap());
    let own = format!("{}/_provider/oauth/token", zendesk.sandbox.url());
    let change = json!({ "token_url": own });
    let changed = zis(&zendesk, Method::PATCH, &path, Some(change)).await;
    assert_eq!(changed.status, StatusCode::OK);
    refused(&zis(&zendesk, Method::GET, &url, None).await, 400, "1301");
    let url = started(&zendesk, start).await;
    let made = zis(&zendesk, Method::GET, &url, None).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
}
