//! Refresh tokens.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::oauth::{merged, refresh_request, refusal, with};
use crate::zendesk::answered;

#[tokio::test]
async fn a_refresh_token_is_good_once_and_the_old_pair_dies() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    let old = zendesk.pair(&client, json!({})).await;
    // The access token's end is not the refresh token's.
    zendesk
        .sandbox
        .clock()
        .advance(SignedDuration::from_hours(1));
    let asked = json!({ "expires_in": 300, "refresh_token_expires_in": 604_800 });
    let new = zendesk
        .ask(&merged(refresh_request(&client, &old), asked))
        .await
        .json();
    assert_eq!(
        (&new["expires_in"], &new["scope"]),
        (&json!(300), &json!("read write"))
    );
    assert_eq!(new["refresh_token_expires_in"], 604_800);
    assert_eq!(zendesk.tried(&old).await, StatusCode::UNAUTHORIZED);
    assert_eq!(zendesk.tried(&new).await, StatusCode::OK);
    let answer = zendesk.ask(&refresh_request(&client, &old)).await;
    assert_eq!(refusal(&answer), (400, "invalid_grant".to_owned()));
    assert_eq!(zendesk.tried(&new).await, StatusCode::OK);
    zendesk
        .sandbox
        .clock()
        .advance(SignedDuration::from_secs(604_800));
    let answer = zendesk.ask(&refresh_request(&client, &new)).await;
    assert_eq!(refusal(&answer), (400, "invalid_grant".to_owned()));
}

#[tokio::test]
async fn what_is_refreshed_may_become_narrower_and_not_wider() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    let pair = zendesk.pair(&client, json!({})).await;
    let request = refresh_request(&client, &pair);
    for (change, refused) in [
        (
            json!({ "scope": "read users:read" }),
            (400, "invalid_scope"),
        ),
        (json!({ "expires_in": "CANARY" }), (400, "invalid_request")),
        (json!({ "refresh_token": null }), (400, "invalid_request")),
        (json!({ "refresh_token": "CANARY" }), (400, "invalid_grant")),
    ] {
        let answer = zendesk.ask(&merged(request.clone(), change.clone())).await;
        assert_eq!(
            refusal(&answer),
            (refused.0, refused.1.to_owned()),
            "{change}"
        );
    }
    let narrower = merged(request, json!({ "scope": "read" }));
    let pair = zendesk.ask(&narrower).await.json();
    assert_eq!(pair["scope"], "read");
    let wider = merged(
        refresh_request(&client, &pair),
        json!({ "scope": "read write" }),
    );
    assert_eq!(refusal(&zendesk.ask(&wider).await).1, "invalid_scope");
}

#[tokio::test]
async fn a_refresh_token_serves_its_own_client_only() {
    let zendesk = with("consent", "approve").await;
    let (public, confidential) = (
        zendesk.register("public").await,
        zendesk.register("confidential").await,
    );
    let pair = zendesk.pair(&public, json!({})).await;
    let secret = json!({ "client_secret": confidential.secret });
    let answer = zendesk
        .ask(&merged(
            refresh_request(&confidential, &pair),
            secret.clone(),
        ))
        .await;
    assert_eq!(refusal(&answer), (400, "invalid_grant".to_owned()));
    let pair = zendesk.pair(&confidential, secret.clone()).await;
    let without = refresh_request(&confidential, &pair);
    assert_eq!(
        refusal(&zendesk.ask(&without).await),
        (401, "invalid_client".to_owned())
    );
    assert_eq!(zendesk.ask(&merged(without, secret)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_32_who_race_for_a_refresh_token_one_wins() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    let pair = zendesk.pair(&client, json!({})).await;
    let request = refresh_request(&client, &pair);
    let racers: Vec<_> = (0..32)
        .map(|_| {
            tokio::spawn(answered(
                zendesk
                    .request(Method::POST, "/oauth/tokens")
                    .json(&request),
            ))
        })
        .collect();
    let mut won = Vec::new();
    for racer in racers {
        let answer = racer.await.unwrap();
        match answer.status {
            StatusCode::OK => won.push(answer.json()),
            _ => assert_eq!(refusal(&answer), (400, "invalid_grant".to_owned())),
        }
    }
    assert_eq!(won.len(), 1);
    assert_eq!(zendesk.tried(&won[0]).await, StatusCode::OK);
    assert_eq!(zendesk.tried(&pair).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_reply_can_be_lost_after_the_rotation() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    let pair = zendesk.pair(&client, json!({})).await;
    zendesk.sandbox.set_switch("refresh_reply", "lost").unwrap();
    let request = refresh_request(&client, &pair);
    let lost = zendesk
        .request(Method::POST, "/oauth/tokens")
        .json(&request);
    assert!(lost.send().await.is_err());
    assert_eq!(zendesk.tried(&pair).await, StatusCode::UNAUTHORIZED);
    assert_eq!(
        refusal(&zendesk.ask(&request).await),
        (400, "invalid_grant".to_owned())
    );
    // Only what rotates is lost.
    zendesk.pair(&client, json!({})).await;
}
