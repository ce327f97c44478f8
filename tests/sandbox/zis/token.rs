//! The proxy of the token URL.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::*;

const TOKENS: &str = "/api/services/zis/connections/oauth/tokens/my_integration";

#[tokio::test]
async fn a_token_request_that_makes_no_sense_is_refused() {
    let zendesk = Zendesk::start().await;
    let whole = json!({
        "grant_type": "authorization_code",
        "client_id": "CANARY-id",
        "client_secret": "CANARY-secret",
        "code": "CANARY-code",
        "redirect_uri": "https://client.int/callback",
        "scope": "read write",
    });
    let send = async |path: &str, body: String| {
        let answer = answered(zendesk.request(Method::POST, path).body(body)).await;
        assert!(!answer.text.contains("CANARY"), "{}", answer.text);
        answer
    };
    let nowhere = "/api/services/zis/connections/oauth/tokens/nowhere";
    refused(&send(nowhere, whole.to_string()).await, 404, "1302");
    for body in ["", "[]", "{", "grant_type=authorization_code"] {
        refused(&send(TOKENS, body.to_owned()).await, 400, "1301");
    }
    for member in ["grant_type", "client_id", "client_secret"] {
        let mut body = whole.clone();
        body.as_object_mut().unwrap().remove(member);
        refused(&send(TOKENS, body.to_string()).await, 400, "1301");
    }
    for (member, value) in [
        ("client_id", json!("")),
        ("client_secret", json!(7)),
        ("code", json!(" ")),
        ("redirect_uri", json!("CANARY")),
        ("scope", json!("")),
        ("scope", json!(["read"])),
    ] {
        let mut body = whole.clone();
        body[member] = value;
        refused(&send(TOKENS, body.to_string()).await, 422, "1303");
    }
}

/// A client of the account: its identifier and its secret.
async fn client(zendesk: &Zendesk, kind: &str) -> (String, String) {
    let body = json!({ "client": { "name": "Proxied", "identifier": kind, "kind": kind } });
    let made = zendesk
        .admin(Method::POST, "/api/v2/oauth/clients", Some(body))
        .await;
    assert_eq!(made.status, StatusCode::CREATED);
    let secret = made.json()["client"]["secret"]
        .as_str()
        .expect("as documented")
        .to_owned();
    (kind.to_owned(), secret)
}

async fn granted(zendesk: &Zendesk, grant_type: &str, id: &str, secret: &str) -> Answer {
    let body = json!({
        "grant_type": grant_type,
        "client_id": id,
        "client_secret": secret,
        "code": "CANARY-code",
        "redirect_uri": "https://client.int/callback",
        "scope": "read write",
    });
    answered(zendesk.request(Method::POST, TOKENS).json(&body)).await
}

#[tokio::test]
async fn a_grant_that_there_is_not_is_refused() {
    let zendesk = Zendesk::start().await;
    let (id, secret) = client(&zendesk, "confidential").await;
    refused(
        &granted(&zendesk, "CANARY", &id, &secret).await,
        400,
        "1301",
    );
}

#[tokio::test]
async fn the_grants_of_the_token_url_shine_through() {
    let zendesk = Zendesk::start().await;
    let (id, secret) = client(&zendesk, "confidential").await;
    let (public, public_secret) = client(&zendesk, "public").await;
    let answer = granted(&zendesk, "client_credentials", &id, &secret).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let body = answer.json();
    let members: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(members, ["access_token", "scope", "token_type"]);
    let answer = granted(&zendesk, "client_credentials", &id, "CANARY").await;
    refused_as_text(&answer, 401, "Authentication failed");
    let answer = granted(&zendesk, "client_credentials", &public, &public_secret).await;
    refused_as_text(&answer, 403, "Forbidden");
    refused(
        &granted(&zendesk, "authorization_code", &id, &secret).await,
        400,
        "1301",
    );
}

#[tokio::test]
async fn a_pair_is_not_renewed_where_its_next_refresh_token_would_be_lost() {
    let zendesk = crate::oauth::with("consent", "approve").await;
    let client = zendesk.register("confidential").await;
    let pair = zendesk.pair(&client, json!({})).await;
    let renewal = json!({
        "grant_type": "refresh_token",
        "client_id": client.identifier,
        "client_secret": client.secret,
        "refresh_token": pair["refresh_token"],
        "scope": "read write",
    });
    let answer = answered(zendesk.request(Method::POST, TOKENS).json(&renewal)).await;
    refused(&answer, 400, "1301");
    assert_eq!(zendesk.tried(&pair).await, StatusCode::OK);
    let answer = zendesk.ask(&renewal).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}
