//! The journal does not show what was a secret once, either.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::zendesk::{Answer, Zendesk, answered};

const CLIENTS: &str = "/api/v2/oauth/clients";
const TOKENS: &str = "/api/v2/oauth/tokens";

fn text(answer: &Answer, pointer: &str) -> String {
    let json = answer.json();
    let value = json.pointer(pointer).and_then(Value::as_str);
    value.expect("a text there").to_owned()
}

/// A request where the journal would show the value if it were not a secret.
async fn mention(zendesk: &Zendesk, secret: &str) {
    let path = format!("{CLIENTS}?sort={secret}");
    zendesk.get(&path).await;
}

fn shown(zendesk: &Zendesk) -> String {
    serde_json::to_string(&zendesk.sandbox.journal()).expect("entries are JSON")
}

async fn client(zendesk: &Zendesk) -> (Value, String) {
    let body = json!({ "client": { "name": "N", "identifier": "new", "kind": "confidential" } });
    let created = zendesk.admin(Method::POST, CLIENTS, Some(body)).await;
    (
        created.json()["client"]["id"].clone(),
        text(&created, "/client/secret"),
    )
}

/// A token that can be refreshed, with its id.
async fn token(zendesk: &Zendesk, client: &Value) -> (Value, String) {
    let body = json!({ "token": { "client_id": client, "scopes": ["read"] } });
    let created = zendesk.admin(Method::POST, TOKENS, Some(body)).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.text);
    (
        created.json()["token"]["id"].clone(),
        text(&created, "/token/full_token"),
    )
}

#[tokio::test]
async fn a_token_that_was_revoked() {
    for form in ["opaque", "jwt"] {
        let zendesk = Zendesk::start().await;
        zendesk
            .sandbox
            .set_switch("access_token", form)
            .expect("a switch");
        let (client, _) = client(&zendesk).await;
        let (id, secret) = token(&zendesk, &client).await;
        mention(&zendesk, &secret).await;
        zendesk
            .admin(Method::DELETE, &format!("{TOKENS}/{id}"), None)
            .await;
        mention(&zendesk, &secret).await;
        assert!(!shown(&zendesk).contains(&secret), "{form}");
    }
}

/// Nobody has read the journal while it lived, and it was there from the beginning.
#[tokio::test]
async fn a_token_of_the_seed_that_was_revoked() {
    let zendesk = Zendesk::start().await;
    let secret = zendesk.credentials().agent_token;
    let current = format!("{TOKENS}/current");
    let request = zendesk.request(Method::DELETE, &current);
    let revoked = answered(request.bearer_auth(&secret)).await;
    assert!(revoked.status.is_success(), "{}", revoked.text);
    let dead = answered(zendesk.request(Method::GET, &current).bearer_auth(&secret)).await;
    assert_eq!(dead.status, StatusCode::UNAUTHORIZED);
    mention(&zendesk, &secret).await;
    assert!(!shown(&zendesk).contains(&secret));
}

#[tokio::test]
async fn a_client_s_secret_that_was_made_anew_and_one_that_went_with_it() {
    let zendesk = Zendesk::start().await;
    let (id, first) = client(&zendesk).await;
    let path = format!("{CLIENTS}/{id}/generate_secret");
    let second = zendesk.admin(Method::PUT, &path, None).await;
    let second = text(&second, "/client/secret");
    zendesk
        .admin(Method::DELETE, &format!("{CLIENTS}/{id}"), None)
        .await;
    for secret in [first, second] {
        mention(&zendesk, &secret).await;
        assert!(!shown(&zendesk).contains(&secret));
    }
}

#[tokio::test]
async fn a_token_that_a_snapshot_does_not_have() {
    let zendesk = Zendesk::start().await;
    let before = zendesk.sandbox.snapshot();
    let (client, _) = client(&zendesk).await;
    let (_, secret) = token(&zendesk, &client).await;
    let with_token = zendesk.sandbox.snapshot();
    mention(&zendesk, &secret).await;
    zendesk.sandbox.restore(&before).expect("its own");
    mention(&zendesk, &secret).await;
    assert!(!shown(&zendesk).contains(&secret));
    // And one that comes back with a snapshot after a reset, and goes again.
    zendesk.sandbox.reset().expect("the seed");
    zendesk.sandbox.restore(&with_token).expect("its own");
    zendesk.sandbox.restore(&before).expect("its own");
    mention(&zendesk, &secret).await;
    assert!(!shown(&zendesk).contains(&secret));
}

#[tokio::test]
async fn a_secret_of_a_zis_client_that_the_caller_chose() {
    let zendesk = Zendesk::start().await;
    let known = zendesk.credentials();
    let path = format!(
        "/api/services/zis/connections/oauth/clients/{}",
        known.integration
    );
    let send = async |method: Method, path: &str, body: Option<Value>| {
        let mut request = zendesk.request(method, path).bearer_auth(&known.zis_token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        answered(request).await
    };
    let secret = "CANARY-of-the-third-party";
    let body = json!({
        "name": "third", "client_id": "a", "client_secret": secret, "grant_type": "client_credentials",
        "token_url": "https://a.example/token",
    });
    let created = send(Method::POST, &path, Some(body)).await;
    assert!(created.status.is_success(), "{}", created.text);
    let uuid = text(&created, "/uuid");
    let deleted = send(Method::DELETE, &format!("{path}/{uuid}"), None).await;
    assert!(deleted.status.is_success(), "{}", deleted.text);
    mention(&zendesk, secret).await;
    let shown = shown(&zendesk);
    assert!(!shown.contains(secret), "{shown}");
    assert!(shown.contains(&uuid), "{shown}");
}
