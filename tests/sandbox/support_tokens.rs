//! `/api/v2/oauth/tokens`.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::oauth::{at, refresh_request, refusal, with};
use crate::zendesk::{Answer, Zendesk, answered};

pub(crate) const TOKENS: &str = "/api/v2/oauth/tokens";

pub(crate) async fn made(zendesk: &Zendesk, token: Value) -> Answer {
    zendesk
        .admin(Method::POST, TOKENS, Some(json!({ "token": token })))
        .await
}

pub(crate) async fn as_bearer(
    zendesk: &Zendesk,
    method: Method,
    path: &str,
    token: &str,
) -> Answer {
    answered(zendesk.request(method, path).bearer_auth(token)).await
}

#[tokio::test]
async fn a_token_is_whole_when_it_is_made_and_masked_from_then_on() {
    let zendesk = Zendesk::start().await;
    let client = zendesk.register("confidential").await;
    let answer = made(
        &zendesk,
        json!({ "client_id": client.id, "scopes": ["read", "no:such"], "x": 1 }),
    )
    .await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert!(answer.header("x-zendesk-api-warn").contains("token.x"));
    let created = answer.json()["token"].clone();
    let full = created["full_token"].as_str().unwrap();
    assert_eq!(created["token"].as_str().unwrap(), &full[..10]);
    let path = format!("{TOKENS}/{}", created["id"]);
    assert!(answer.header("location").ends_with(&format!("{path}.json")));
    let shown = zendesk.get(&path).await.json();
    let members: Vec<&String> = shown["token"].as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        [
            "client_id",
            "created_at",
            "expires_at",
            "id",
            "refresh_token",
            "refresh_token_expires_at",
            "scopes",
            "token",
            "url",
            "used_at",
            "user_id",
        ]
    );
    assert_eq!(shown["token"]["used_at"], Value::Null);
    assert_eq!(shown["token"]["expires_at"], "2026-11-02T09:30:00Z");
    assert_eq!(
        shown["token"]["url"],
        format!("{}/api/v2/tokens/{}", zendesk.sandbox.url(), created["id"])
    );
    let own = as_bearer(
        &zendesk,
        Method::GET,
        "/api/v2/oauth/tokens/current.json",
        full,
    )
    .await
    .json();
    assert_eq!(own["token"]["id"], created["id"]);
    assert_eq!(own["token"]["used_at"], "2026-11-02T09:00:00Z");
    let refresh_token = own["token"]["refresh_token"].as_str().unwrap();
    assert!(
        refresh_token.starts_with("...") && refresh_token.len() == 13,
        "{refresh_token}"
    );
}

#[tokio::test]
async fn what_a_token_was_not_made_for_is_forbidden() {
    let zendesk = Zendesk::start().await;
    let client = zendesk.register("confidential").await;
    let token = made(
        &zendesk,
        json!({ "client_id": client.id, "scopes": ["no:such"] }),
    )
    .await
    .json();
    let full = token["token"]["full_token"].as_str().unwrap();
    let answer = as_bearer(&zendesk, Method::GET, TOKENS, full).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(
        answer.json()["description"],
        "Missing the following required scopes: read"
    );
    let answer = as_bearer(&zendesk, Method::GET, "/api/v2/users/me", full).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn tokens_of_older_clients_made_here_expire_when_asked() {
    let zendesk = at("2026-04-01T00:00:00Z", ("consent", "approve")).await;
    let client = zendesk.register("confidential").await;
    let token = made(
        &zendesk,
        json!({ "client_id": client.id, "scopes": ["read"] }),
    )
    .await
    .json();
    for member in [
        "expires_at",
        "refresh_token",
        "refresh_token_expires_at",
        "used_at",
    ] {
        assert_eq!(token["token"][member], Value::Null, "{member}");
    }
    let asked = json!({ "client_id": client.id, "scopes": ["read"], "expires_in": 300 });
    let token = made(&zendesk, asked).await.json();
    assert_eq!(token["token"]["expires_at"], "2026-04-01T00:05:00Z");
}

#[tokio::test]
async fn what_cannot_become_a_token_is_refused() {
    let zendesk = Zendesk::start().await;
    let client = zendesk.register("confidential").await;
    for (token, status) in [
        (json!({ "scopes": ["read"] }), 422),
        (json!({ "client_id": 999, "scopes": ["read"] }), 422),
        (json!({ "client_id": client.id }), 422),
        (json!({ "client_id": client.id, "scopes": [] }), 422),
        (
            json!({ "client_id": client.id, "scopes": vec!["read"; 101] }),
            422,
        ),
        (
            json!({ "client_id": client.identifier, "scopes": ["read"] }),
            400,
        ),
        (json!({ "client_id": client.id, "scopes": "read" }), 400),
        (
            json!({ "client_id": client.id, "scopes": ["read"], "expires_in": 1 }),
            400,
        ),
        (
            json!({ "client_id": client.id, "scopes": ["read"], "expires_in": "CANARY" }),
            400,
        ),
        (
            json!({ "client_id": client.id, "scopes": ["read"], "expires_in": null }),
            400,
        ),
        (json!({ "client_id": null, "scopes": ["read"] }), 400),
        (json!({ "client_id": client.id, "scopes": null }), 400),
        (json!("CANARY"), 400),
        (Value::Null, 400),
    ] {
        let answer = made(&zendesk, token.clone()).await;
        assert_eq!(answer.status.as_u16(), status, "{token}");
        assert!(!answer.text.contains("CANARY"));
    }
}

#[tokio::test]
async fn a_token_is_shown_to_and_revoked_by_its_owner_and_admins() {
    let zendesk = Zendesk::start().await;
    let credentials = zendesk.credentials();
    let agent = &credentials.agent_token;
    let current = "/api/v2/oauth/tokens/current";
    let id_of = |answer: Answer| answer.json()["token"]["id"].as_i64().unwrap();
    let own = id_of(as_bearer(&zendesk, Method::GET, current, agent).await);
    let foreign = id_of(zendesk.get(current).await);
    let (own, foreign) = (format!("{TOKENS}/{own}"), format!("{TOKENS}/{foreign}"));
    assert_eq!(
        as_bearer(&zendesk, Method::GET, &own, agent).await.status,
        200
    );
    for method in [Method::GET, Method::DELETE] {
        let answer = as_bearer(&zendesk, method, &foreign, agent).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(zendesk.get(&own).await.status, 200);
    let read_only = &credentials.read_only_token;
    assert_eq!(
        as_bearer(&zendesk, Method::DELETE, &own, read_only)
            .await
            .status,
        403
    );
    let answer = zendesk.admin(Method::DELETE, &own, None).await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::NO_CONTENT, "")
    );
    let dead = as_bearer(&zendesk, Method::GET, current, agent).await;
    assert_eq!(dead.status, StatusCode::UNAUTHORIZED);
    assert_eq!(dead.json()["error"], "invalid_token");
    assert_eq!(
        dead.header("www-authenticate"),
        "Bearer realm=Zendesk::OAuth"
    );
    assert_eq!(zendesk.get(&own).await.json()["error"], "RecordNotFound");
    assert_eq!(zendesk.get(&format!("{TOKENS}/currant")).await.status, 400);
}

#[tokio::test]
async fn the_current_token_can_be_revoked_whatever_its_scopes() {
    let zendesk = Zendesk::start().await;
    let current = "/api/v2/oauth/tokens/current";
    let credentials = zendesk.credentials();
    let token = &credentials.read_only_token;
    let answer = as_bearer(&zendesk, Method::DELETE, current, token).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(
        as_bearer(&zendesk, Method::GET, current, token)
            .await
            .status,
        401
    );
    let credentials = zendesk.credentials();
    let user = format!("{}/token", credentials.admin_email);
    let basic = zendesk
        .request(Method::GET, current)
        .basic_auth(user, Some(&credentials.api_token));
    assert_eq!(answered(basic).await.json()["error"], "invalid_token");
    assert_eq!(
        answered(zendesk.request(Method::GET, current)).await.status,
        401
    );
}

#[tokio::test]
async fn who_revokes_a_token_revokes_what_refreshes_it() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    let pair = zendesk.pair(&client, json!({})).await;
    let token = pair["access_token"].as_str().unwrap();
    let current = "/api/v2/oauth/tokens/current";
    as_bearer(&zendesk, Method::DELETE, current, token).await;
    let answer = zendesk.ask(&refresh_request(&client, &pair)).await;
    assert_eq!(refusal(&answer), (400, "invalid_grant".to_owned()));
}
