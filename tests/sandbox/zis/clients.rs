//! ZIS OAuth clients.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::*;

#[tokio::test]
async fn a_client_is_created_listed_changed_and_deleted() {
    let zendesk = Zendesk::start().await;
    let body = json!({
        "name": "another_client",
        "auth_url": "https://client.int/auth",
        "token_url": "https://client.int/token",
        "client_id": "my_client_id",
        "client_secret": "CANARY-secret",
        "default_scopes": "read write",
    });
    let created = zis(&zendesk, Method::POST, CLIENTS, Some(body.clone())).await;
    assert_eq!(created.status, StatusCode::OK, "{}", created.text);
    let created = created.json();
    for (name, value) in body.as_object().unwrap() {
        assert_eq!(&created[name], value, "{name}");
    }
    assert_eq!(created["grant_type"], "authorization_code");
    assert_eq!(created["integration"], "my_integration");
    assert_eq!(created["created_by"], "Ada Admin");
    assert_eq!(created["created_at"], "2026-11-02T09:00:00Z");
    let again = zis(&zendesk, Method::POST, CLIENTS, Some(body)).await;
    assert_eq!(again.status, StatusCode::CONFLICT);

    let path = format!("{CLIENTS}/{}", created["uuid"].as_str().unwrap());
    zendesk
        .sandbox
        .clock()
        .advance(jiff::SignedDuration::from_mins(1));
    let change = json!({ "client_secret": "CANARY-new", "grant_type": "client_credentials" });
    let changed = zis(&zendesk, Method::PATCH, &path, Some(change)).await;
    assert_eq!(changed.status, StatusCode::OK);
    let changed = changed.json();
    assert_eq!(changed["client_secret"], "CANARY-new");
    assert_eq!(changed["grant_type"], "client_credentials");
    assert_eq!(changed["auth_url"], "https://client.int/auth");
    assert_eq!(changed["updated_at"], "2026-11-02T09:01:00Z");
    let taken = zis(
        &zendesk,
        Method::PATCH,
        &path,
        Some(json!({ "name": "my_oauth_client" })),
    )
    .await;
    assert_eq!(taken.status, StatusCode::CONFLICT);

    let listed = zis(&zendesk, Method::GET, CLIENTS, None).await.json();
    let clients = listed["clients"].as_array().unwrap();
    assert_eq!(clients.len(), 2);
    assert!(clients.contains(&changed));
    let deleted = zis(&zendesk, Method::DELETE, &path, None).await;
    assert_eq!(
        (deleted.status, deleted.text.as_str()),
        (StatusCode::NO_CONTENT, "")
    );
    refused(
        &zis(&zendesk, Method::DELETE, &path, None).await,
        404,
        "1302",
    );
    refused(
        &zis(&zendesk, Method::PATCH, &path, Some(json!({}))).await,
        404,
        "1302",
    );
}

#[tokio::test]
async fn a_client_takes_its_connections_and_flows_with_it() {
    let zendesk = agreeing().await;
    let made = connected(&zendesk, whole_start()).await;
    let mut start = whole_start();
    start["name"] = json!("waiting");
    let url = started(&zendesk, start.clone()).await;
    start["name"] = json!("verified");
    let code = verified(&zendesk, start).await;
    let path = format!("{CLIENTS}/{}", made["oauth_client_uuid"].as_str().unwrap());
    assert_eq!(
        zis(&zendesk, Method::DELETE, &path, None).await.status,
        StatusCode::NO_CONTENT
    );
    let path = query(SHOW, &[("name", "my_connection")]);
    refused(&zis(&zendesk, Method::GET, &path, None).await, 404, "1302");
    refused(&browser(&zendesk, &url).await, 404, "1302");
    refused(&exchanged(&zendesk, &code).await, 400, "1301");
}

#[tokio::test]
async fn a_client_that_makes_no_sense_is_refused() {
    let zendesk = Zendesk::start().await;
    let whole = json!({
        "name": "another_client",
        "token_url": "https://client.int/token",
        "client_id": "id",
        "client_secret": "CANARY-secret",
    });
    for member in ["name", "token_url", "client_id", "client_secret"] {
        let mut body = whole.clone();
        body.as_object_mut().unwrap().remove(member);
        refused(
            &zis(&zendesk, Method::POST, CLIENTS, Some(body)).await,
            400,
            "1301",
        );
        let mut body = whole.clone();
        body[member] = json!(" ");
        refused(
            &zis(&zendesk, Method::POST, CLIENTS, Some(body)).await,
            422,
            "1303",
        );
    }
    for (member, value) in [
        ("auth_url", json!("CANARY")),
        ("token_url", json!("/_provider/oauth/token")),
        ("grant_type", json!("implicit")),
        ("default_scopes", json!(["read"])),
    ] {
        let mut body = whole.clone();
        body[member] = value;
        let answer = zis(&zendesk, Method::POST, CLIENTS, Some(body)).await;
        refused(&answer, 422, "1303");
        assert!(!answer.text.contains("CANARY"));
    }
    let path = format!("{CLIENTS}/CANARY");
    refused(
        &zis(&zendesk, Method::DELETE, &path, None).await,
        422,
        "1303",
    );
}
