//! How long tokens live, what the answer says of it, and in which form they come.

use jiff::SignedDuration;
use reqwest::StatusCode;
use serde_json::json;

use super::keys;
use crate::oauth::{at, code_request, merged, refusal, secret_request, with};

#[tokio::test]
async fn lifetimes_are_heeded_within_their_bounds() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    for (access, refresh) in [(300, 604_800), (172_800, 7_776_000)] {
        let asked = json!({ "expires_in": access, "refresh_token_expires_in": refresh });
        let pair = zendesk.pair(&client, asked).await;
        assert_eq!(pair["expires_in"], access);
        assert_eq!(pair["refresh_token_expires_in"], refresh);
    }
    let code = zendesk.code(&client, &[]).await;
    for asked in [
        json!({ "expires_in": 299 }),
        json!({ "expires_in": 172_801 }),
        json!({ "expires_in": 600.5 }),
        json!({ "expires_in": -600 }),
        json!({ "expires_in": 99_999_999_999_999_999_999_u128 as f64 }),
        json!({ "expires_in": "CANARY" }),
        json!({ "expires_in": [600] }),
        json!({ "refresh_token_expires_in": 604_799 }),
        json!({ "refresh_token_expires_in": 7_776_001 }),
        json!({ "refresh_token_expires_in": true }),
    ] {
        let answer = zendesk
            .ask(&merged(code_request(&client, &code), asked.clone()))
            .await;
        assert_eq!(
            refusal(&answer),
            (400, "invalid_request".to_owned()),
            "{asked}"
        );
    }
}

#[tokio::test]
async fn tokens_of_older_clients_expire_when_asked_until_2027_04_01() {
    let zendesk = at("2026-04-29T23:59:59Z", ("consent", "approve")).await;
    let old = zendesk.register("public").await;
    zendesk
        .sandbox
        .clock()
        .advance(SignedDuration::from_secs(1));
    let new = zendesk.register("confidential").await;
    let pair = zendesk
        .pair(&new, json!({ "client_secret": new.secret }))
        .await;
    assert_eq!(pair["expires_in"], 1_800);
    let alone = zendesk.pair(&old, json!({})).await;
    assert_eq!(keys(&alone), ["access_token", "scope", "token_type"]);
    let asked = zendesk.pair(&old, json!({ "expires_in": 172_800 })).await;
    assert_eq!(asked["expires_in"], 172_800);
    assert_eq!(asked["refresh_token_expires_in"], 2_592_000);
    zendesk.sandbox.clock().advance(
        "2027-04-01T00:00:00Z"
            .parse::<jiff::Timestamp>()
            .unwrap()
            .duration_since(zendesk.sandbox.clock().now()),
    );
    assert_eq!(zendesk.tried(&alone).await, StatusCode::OK);
    let pair = zendesk.pair(&old, json!({})).await;
    assert_eq!(pair["expires_in"], 1_800);
    assert_eq!(pair["refresh_token_expires_in"], 2_592_000);
}

#[tokio::test]
async fn the_status_can_be_the_documented_one() {
    let zendesk = with("token_status", "201").await;
    let client = zendesk.register("confidential").await;
    assert_eq!(zendesk.ask(&secret_request(&client)).await.status, 201);
}

#[tokio::test]
async fn the_end_can_be_left_out_unless_it_was_asked_for() {
    let zendesk = with("consent", "approve").await;
    zendesk
        .sandbox
        .set_switch("expires_in", "when-requested")
        .unwrap();
    let client = zendesk.register("public").await;
    let pair = zendesk.pair(&client, json!({})).await;
    assert!(pair.get("expires_in").is_none());
    assert_eq!(pair["refresh_token_expires_in"], 2_592_000);
    let asked = zendesk.pair(&client, json!({ "expires_in": 600 })).await;
    assert_eq!(asked["expires_in"], 600);
    zendesk
        .sandbox
        .clock()
        .advance(SignedDuration::from_mins(30));
    assert_eq!(zendesk.tried(&pair).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_account_can_give_half_an_hour_whatever_is_asked() {
    let zendesk = with("requested_ttl", "1800").await;
    let client = zendesk.register("confidential").await;
    for asked in [86_400, 172_800, 604_800] {
        let request = merged(secret_request(&client), json!({ "expires_in": asked }));
        assert_eq!(zendesk.ask(&request).await.json()["expires_in"], 1_800);
    }
}

#[tokio::test]
async fn access_tokens_can_be_jwts() {
    let zendesk = with("access_token", "jwt").await;
    let client = zendesk.register("confidential").await;
    let token = zendesk.ask(&secret_request(&client)).await.json();
    let other = zendesk.ask(&secret_request(&client)).await.json();
    assert_ne!(token["access_token"], other["access_token"]);
    let text = token["access_token"].as_str().unwrap();
    let parts: Vec<&str> = text.split('.').collect();
    // {"alg":"EdDSA","typ":"at+jwt"} and {"exp":1793611800}, which is 2026-11-02T09:30:00Z.
    assert_eq!(parts[0], "eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9");
    assert_eq!(parts[1], "eyJleHAiOjE3OTM2MTE4MDB9");
    assert_eq!((parts[2].len(), parts.len()), (86, 3));
    assert_eq!(zendesk.tried(&token).await, StatusCode::OK);
}
