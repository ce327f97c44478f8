//! The client's own credentials, and bodies that are no request at all.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::keys;
use crate::oauth::{merged, refusal, secret_request};
use crate::zendesk::{Zendesk, answered};

#[tokio::test]
async fn a_secret_gets_a_token_of_who_made_the_client() {
    let zendesk = Zendesk::start().await;
    let client = zendesk.register("confidential").await;
    let request = secret_request(&client);
    let token = zendesk.ask(&request).await.json();
    assert_eq!(
        keys(&token),
        ["access_token", "expires_in", "scope", "token_type"]
    );
    let me = zendesk.request(Method::GET, "/api/v2/users/me");
    let me = answered(me.bearer_auth(token["access_token"].as_str().unwrap())).await;
    assert_eq!(me.json()["user"]["email"], "admin@example.com");
    for (change, refused) in [
        (
            json!({ "client_secret": "CANARY" }),
            (401, "invalid_client"),
        ),
        (json!({ "client_secret": null }), (401, "invalid_client")),
        (json!({ "client_id": "CANARY" }), (401, "invalid_client")),
        (
            json!({ "client_id": "zdg-stats_widget" }),
            (400, "unauthorized_client"),
        ),
        (json!({ "scope": null }), (400, "invalid_scope")),
        (json!({ "grant_type": null }), (400, "invalid_request")),
        (
            json!({ "grant_type": "password" }),
            (400, "unsupported_grant_type"),
        ),
        (
            json!({ "grant_type": "CANARY" }),
            (400, "unsupported_grant_type"),
        ),
    ] {
        let answer = zendesk.ask(&merged(request.clone(), change.clone())).await;
        assert_eq!(
            refusal(&answer),
            (refused.0, refused.1.to_owned()),
            "{change}"
        );
    }
    let public = zendesk.register("public").await;
    let answer = zendesk.ask(&secret_request(&public)).await;
    assert_eq!(refusal(&answer), (400, "unauthorized_client".to_owned()));
    let path = format!("/api/v2/oauth/clients/{}", client.id);
    zendesk.admin(Method::DELETE, &path, None).await;
    assert_eq!(refusal(&zendesk.ask(&request).await).1, "invalid_client");
    assert_eq!(zendesk.tried(&token).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn hostile_bodies_are_refused_in_the_shape_of_oauth() {
    let zendesk = Zendesk::start().await;
    let deep = "[".repeat(100_000);
    for (content_type, body) in [
        ("application/json", ""),
        ("application/json", "{"),
        ("application/json", "[]"),
        ("application/json", "null"),
        ("application/json", "\"CANARY\""),
        ("application/json", deep.as_str()),
        ("application/json", "{\"grant_type\":{\"CANARY\":1}}"),
        ("application/json", "{\"grant_type\":7}"),
        (
            "application/json",
            "{\"grant_type\":\"refresh_token\",\"client_id\":[],\"refresh_token\":\"x\"}",
        ),
        ("application/json", "{\"grant_type\":\"\"}"),
        ("application/x-www-form-urlencoded", ""),
        ("application/x-www-form-urlencoded", "%ff=%00&grant_type"),
        ("text/plain", "grant_type=refresh_token"),
        ("multipart/form-data", "CANARY"),
    ] {
        let request = zendesk
            .request(Method::POST, "/oauth/tokens")
            .header("content-type", content_type);
        let answer = answered(request.body(body.to_owned())).await;
        assert_eq!(
            refusal(&answer),
            (400, "invalid_request".to_owned()),
            "{content_type}"
        );
    }
    let bytes = zendesk
        .request(Method::POST, "/oauth/tokens")
        .header("content-type", "application/json");
    let answer = answered(bytes.body(b"{\"grant_type\":\"\xff\"}".to_vec())).await;
    assert_eq!(refusal(&answer), (400, "invalid_request".to_owned()));
    let get = answered(zendesk.request(Method::GET, "/oauth/tokens")).await;
    assert_eq!(get.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_scope_that_is_none_gives_a_token_whose_requests_are_forbidden() {
    let zendesk = Zendesk::start().await;
    let client = zendesk.register("confidential").await;
    let request = secret_request(&client);
    for scope in [
        json!("bogus"),
        json!("bogus more:bogus"),
        json!(["read", "write"]),
        json!(["a read b"]),
    ] {
        let change = json!({ "scope": scope });
        let answer = zendesk.ask(&merged(request.clone(), change)).await;
        assert_eq!(answer.status, StatusCode::OK, "{scope}");
        let token = answer.json();
        assert_eq!(token["scope"], "", "{scope}");
        assert_eq!(zendesk.tried(&token).await, StatusCode::FORBIDDEN);
    }
    let half = json!({ "scope": "bogus read" });
    let token = zendesk.ask(&merged(request, half)).await.json();
    assert_eq!(token["scope"], "read");
    assert_eq!(zendesk.tried(&token).await, StatusCode::OK);
}
