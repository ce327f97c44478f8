//! The registry of integrations.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::*;

const REGISTRY: &str = "/api/services/zis/registry/new_integration";

#[tokio::test]
async fn an_integration_comes_with_a_client_of_the_account() {
    let zendesk = Zendesk::start().await;
    let body = json!({ "description": "example integration" });
    let made = zendesk
        .admin(Method::POST, REGISTRY, Some(body.clone()))
        .await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    let made = made.json();
    assert_eq!(made.as_object().unwrap().len(), 3);
    assert_eq!(made["description"], "example integration");
    let key = made["jwt_public_key"].as_str().unwrap();
    assert!(key.starts_with("-----BEGIN PUBLIC KEY-----\n"), "{key}");
    let client = &made["zendesk_oauth_client"];
    assert_eq!(client["identifier"], "zis_new_integration");
    let path = format!("/api/v2/oauth/clients/{}", client["id"]);
    let shown = zendesk.get(&path).await.json();
    assert_eq!(shown["client"]["identifier"], "zis_new_integration");
    assert_eq!(shown["client"]["kind"], "confidential");
    let secret = client["secret"].as_str().unwrap();
    assert!(secret.len() > 20 && !shown.to_string().contains(secret));

    let again = zendesk.admin(Method::POST, REGISTRY, Some(body)).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let listed = zendesk.get("/api/services/zis/registry/integrations").await;
    assert!(!listed.text.contains(secret));
    let names: Vec<String> = listed.json()["integrations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        names,
        ["my_integration", "new_integration", "other_integration"]
    );
}

#[tokio::test]
async fn an_identifier_that_a_client_has_is_not_taken_from_it() {
    let zendesk = Zendesk::start().await;
    let body = json!({ "client": { "name": "First", "identifier": "zis_new_integration" } });
    let made = zendesk
        .admin(Method::POST, "/api/v2/oauth/clients", Some(body))
        .await;
    assert_eq!(made.status, StatusCode::CREATED);
    let answer = zendesk.admin(Method::POST, REGISTRY, None).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_name_or_a_body_that_makes_no_sense_is_refused_in_the_registrys_shape() {
    let zendesk = Zendesk::start().await;
    let long = format!("/api/services/zis/registry/{}", "x".repeat(65));
    for (path, body) in [
        ("/api/services/zis/registry/Upper", json!({})),
        ("/api/services/zis/registry/a%20b", json!({})),
        (long.as_str(), json!({})),
        (REGISTRY, json!([])),
        (REGISTRY, json!({ "description": 7 })),
    ] {
        let answer = zendesk.admin(Method::POST, path, Some(body)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        let body = answer.json();
        assert_eq!(body["errors"][0]["code"], "1010");
        assert_eq!(body["errors"][0]["status"], "400");
        assert!(body["message"].is_string());
    }
}

#[tokio::test]
async fn only_admins_register() {
    let zendesk = Zendesk::start().await;
    let credentials = zendesk.credentials().clone();
    let request = || zendesk.request(Method::POST, REGISTRY).json(&json!({}));
    for refused in [
        request(),
        request().bearer_auth("CANARY"),
        request().bearer_auth(&credentials.agent_token),
        request().bearer_auth(&credentials.chat_token),
    ] {
        let answer = answered(refused).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.json()["errors"][0]["code"], "1001");
        assert_eq!(answer.json()["message"], "Unauthorized");
    }
    let user = format!("{}/token", credentials.admin_email);
    let answer = answered(request().basic_auth(user, Some(&credentials.api_token))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

/// A token of an admin with those scopes.
async fn token(zendesk: &Zendesk, scopes: &[&str]) -> String {
    let body = json!({ "token": { "client_id": starter(zendesk).await, "scopes": scopes } });
    let path = "/api/v2/oauth/tokens";
    let made = zendesk.admin(Method::POST, path, Some(body)).await.json();
    made["token"]["full_token"]
        .as_str()
        .expect("as documented")
        .to_owned()
}

async fn starter(zendesk: &Zendesk) -> i64 {
    client_id(zendesk, "sandbox_starter").await
}

async fn client_id(zendesk: &Zendesk, identifier: &str) -> i64 {
    let listed = zendesk.get("/api/v2/oauth/clients").await.json();
    let mut clients = listed["clients"].as_array().expect("a list").iter();
    let found = clients.find(|it| it["identifier"] == identifier);
    found.and_then(|it| it["id"].as_i64()).expect("a client")
}

#[tokio::test]
async fn a_token_registers_and_lists_within_its_scopes() {
    let zendesk = Zendesk::start().await;
    const LIST: &str = "/api/services/zis/registry/integrations";
    for (scopes, registers, lists) in [
        (&["read"][..], false, true),
        (&["write"], true, false),
        (&["unrestricted", "tickets:write"], false, false),
    ] {
        let token = token(&zendesk, scopes).await;
        let list = zendesk.request(Method::GET, LIST);
        let register = zendesk.request(Method::POST, REGISTRY).json(&json!({}));
        for (request, may) in [(list, lists), (register, registers)] {
            let answer = answered(request.bearer_auth(&token)).await;
            if may {
                assert_eq!(answer.status, StatusCode::OK, "{scopes:?} {}", answer.text);
            } else {
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{scopes:?}");
                assert_eq!(answer.json()["errors"][0]["code"], "1001");
            }
        }
    }
}

#[tokio::test]
async fn the_client_of_an_integration_is_not_deleted_from_under_it() {
    let zendesk = Zendesk::start().await;
    let id = client_id(&zendesk, "zis_my_integration").await;
    let path = format!("/api/v2/oauth/clients/{id}");
    let refused = zendesk.admin(Method::DELETE, &path, None).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    assert_eq!(zendesk.get(&path).await.status, StatusCode::OK);
    let answer = zis(&zendesk, Method::GET, CLIENTS, None).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}
