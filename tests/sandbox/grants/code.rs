//! Codes and their verifiers.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::keys;
use crate::oauth::{VERIFIER, code_request, form, merged, refresh_request, refusal, with};
use crate::zendesk::answered;

#[tokio::test]
async fn a_code_and_its_verifier_get_a_pair() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    let code = zendesk.code(&client, &[]).await;
    let answer = zendesk.ask(&code_request(&client, &code)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("pragma"), "no-cache");
    let pair = answer.json();
    let all = [
        "access_token",
        "expires_in",
        "refresh_token",
        "refresh_token_expires_in",
        "scope",
        "token_type",
    ];
    assert_eq!(keys(&pair), all);
    assert_eq!(
        (&pair["token_type"], &pair["scope"]),
        (&json!("bearer"), &json!("read write"))
    );
    assert_eq!(pair["expires_in"], 1_800);
    assert_eq!(pair["refresh_token_expires_in"], 2_592_000);
    assert_eq!(pair["access_token"].as_str().unwrap().len(), 64);
    assert_eq!(zendesk.tried(&pair).await, StatusCode::OK);
    zendesk
        .sandbox
        .clock()
        .advance(SignedDuration::from_secs(1_799));
    assert_eq!(zendesk.tried(&pair).await, StatusCode::OK);
    zendesk
        .sandbox
        .clock()
        .advance(SignedDuration::from_secs(1));
    assert_eq!(zendesk.tried(&pair).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn forms_are_taken_as_well_as_json() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    let code = zendesk.code(&client, &[]).await;
    let mut request = merged(code_request(&client, &code), json!({ "expires_in": "600" }));
    let pairs = request.as_object().unwrap().iter();
    let pairs = pairs.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()));
    let pairs: Vec<_> = pairs.collect();
    let form = form(zendesk.request(Method::POST, "/oauth/tokens"), &pairs);
    assert_eq!(answered(form).await.json()["expires_in"], 600);
    request["code"] = zendesk.code(&client, &[]).await.into();
    request["expires_in"] = 601.into();
    assert_eq!(zendesk.ask(&request).await.json()["expires_in"], 601);
}

#[tokio::test]
async fn a_wrong_attempt_is_refused_and_leaves_the_code_good() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    let other = zendesk.register("confidential").await;
    let code = zendesk.code(&client, &[]).await;
    let request = code_request(&client, &code);
    let long = "x".repeat(43);
    for (change, refused) in [
        (json!({ "code_verifier": long }), (400, "invalid_grant")),
        (json!({ "code_verifier": "CANARY" }), (400, "invalid_grant")),
        (json!({ "code_verifier": null }), (400, "invalid_request")),
        (
            json!({ "redirect_uri": "https://app.example.com/callback" }),
            (400, "invalid_grant"),
        ),
        (json!({ "redirect_uri": "" }), (400, "invalid_request")),
        (json!({ "code": "CANARY-code" }), (400, "invalid_grant")),
        (json!({ "code": null }), (400, "invalid_request")),
        (
            json!({ "client_id": other.identifier, "client_secret": other.secret }),
            (400, "invalid_grant"),
        ),
        (
            json!({ "client_id": "CANARY-nobody" }),
            (401, "invalid_client"),
        ),
        (json!({ "client_id": null }), (400, "invalid_request")),
        (
            json!({ "client_secret": "CANARY-secret" }),
            (401, "invalid_client"),
        ),
        (json!({ "scope": null }), (400, "invalid_scope")),
        (
            json!({ "scope": "read impersonate" }),
            (400, "invalid_scope"),
        ),
        (json!({ "expires_in": 299 }), (400, "invalid_request")),
    ] {
        let answer = zendesk.ask(&merged(request.clone(), change.clone())).await;
        assert_eq!(
            refusal(&answer),
            (refused.0, refused.1.to_owned()),
            "{change}"
        );
    }
    let narrower = merged(request, json!({ "scope": "read bogus" }));
    assert_eq!(zendesk.ask(&narrower).await.json()["scope"], "read");
}

#[tokio::test]
async fn a_code_that_is_used_twice_takes_its_tokens_with_it() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    let code = zendesk.code(&client, &[]).await;
    let request = code_request(&client, &code);
    let first = zendesk.ask(&request).await.json();
    let second = zendesk.ask(&refresh_request(&client, &first)).await.json();
    let other = zendesk.pair(&client, json!({})).await;
    assert_eq!(zendesk.tried(&second).await, StatusCode::OK);
    let answer = zendesk.ask(&request).await;
    assert_eq!(refusal(&answer), (400, "invalid_grant".to_owned()));
    assert_eq!(zendesk.tried(&second).await, StatusCode::UNAUTHORIZED);
    assert_eq!(zendesk.tried(&other).await, StatusCode::OK);
    let answer = zendesk.ask(&refresh_request(&client, &second)).await;
    assert_eq!(refusal(&answer), (400, "invalid_grant".to_owned()));
}

#[tokio::test]
async fn a_code_is_good_for_120_seconds() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    for (seconds, status) in [(119, StatusCode::OK), (120, StatusCode::BAD_REQUEST)] {
        let code = zendesk.code(&client, &[]).await;
        zendesk
            .sandbox
            .clock()
            .advance(SignedDuration::from_secs(seconds));
        assert_eq!(
            zendesk.ask(&code_request(&client, &code)).await.status,
            status
        );
    }
}

#[tokio::test]
async fn a_confidential_client_shows_its_secret_or_the_verifier_or_both() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("confidential").await;
    let (secret, none) = (json!(client.secret), Value::Null);
    let without = &[("code_challenge", ""), ("code_challenge_method", "")][..];
    for (page, secret, verifier, status) in [
        (&[][..], &secret, VERIFIER, 200),
        (&[], &none, VERIFIER, 200),
        (&[], &json!("CANARY"), VERIFIER, 401),
        (&[], &secret, "", 400),
        (without, &secret, "", 200),
        (without, &none, "", 401),
        // There was no challenge that it could be the verifier of.
        (without, &secret, VERIFIER, 400),
    ] {
        let code = zendesk.code(&client, page).await;
        let shown = json!({ "client_secret": secret, "code_verifier": verifier });
        let answer = zendesk
            .ask(&merged(code_request(&client, &code), shown))
            .await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
}

#[tokio::test]
async fn a_client_that_becomes_public_does_not_make_its_codes_do_alone() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("confidential").await;
    let without = [("code_challenge", ""), ("code_challenge_method", "")];
    let (bare, with_challenge) = (
        zendesk.code(&client, &without).await,
        zendesk.code(&client, &[]).await,
    );
    let path = format!("/api/v2/oauth/clients/{}", client.id);
    let public = json!({ "client": { "kind": "public" } });
    let changed = zendesk.admin(Method::PUT, &path, Some(public)).await;
    assert_eq!(changed.json()["client"]["kind"], "public");
    let nothing = json!({ "code_verifier": null });
    let request = merged(code_request(&client, &bare), nothing);
    let refused = (401, "invalid_client".to_owned());
    assert_eq!(refusal(&zendesk.ask(&request).await), refused);
    let answer = zendesk.ask(&code_request(&client, &with_challenge)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    // Another kind is another secret.
    let path = format!("{path}/generate_secret");
    let renewed = zendesk.admin(Method::PUT, &path, None).await.json();
    let secret = json!({ "client_secret": renewed["client"]["secret"] });
    let answer = zendesk.ask(&merged(request, secret)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

#[tokio::test]
async fn plain_challenges_are_compared_as_they_are() {
    let zendesk = with("consent", "approve").await;
    let client = zendesk.register("public").await;
    for method in ["plain", ""] {
        let page = [
            ("code_challenge", VERIFIER),
            ("code_challenge_method", method),
        ];
        let code = zendesk.code(&client, &page).await;
        assert_eq!(zendesk.ask(&code_request(&client, &code)).await.status, 200);
    }
}
