//! Connections that exist: what stands in the way of showing and refreshing them.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::*;

#[tokio::test]
async fn either_the_name_or_the_uuid_is_needed() {
    let zendesk = agreeing().await;
    let made = connected(&zendesk, whole_start()).await;
    let uuid = made["uuid"].as_str().unwrap();
    for path in [SHOW, REFRESH] {
        for (pairs, status, code) in [
            (vec![], 400, "1301"),
            (vec![("name", "my_connection"), ("uuid", uuid)], 400, "1301"),
            (vec![("uuid", "CANARY")], 422, "1303"),
            (vec![("name", "x")], 422, "1303"),
            (vec![("name", "CANARY name")], 422, "1303"),
            (vec![("name", "another")], 404, "1302"),
            (
                vec![("uuid", "ac10a230-0c43-45f8-b221-9e085ce90418")],
                404,
                "1302",
            ),
        ] {
            let answer = zis(&zendesk, Method::GET, &query(path, &pairs), None).await;
            refused(&answer, status, code);
            assert!(!answer.text.contains("CANARY"), "{}", answer.text);
        }
    }
}

#[tokio::test]
async fn a_connection_without_a_refresh_token_cannot_be_refreshed() {
    let zendesk = agreeing().await;
    let mut start = whole_start();
    start["allow_offline_access"] = json!(false);
    connected(&zendesk, start).await;
    let path = query(REFRESH, &[("name", "my_connection")]);
    refused(&zis(&zendesk, Method::GET, &path, None).await, 422, "1303");
}

#[tokio::test]
async fn a_refresh_that_the_third_party_refuses_leaves_the_connection_as_it_was() {
    let zendesk = agreeing().await;
    let made = connected(&zendesk, whole_start()).await;
    let path = format!("{CLIENTS}/{}", made["oauth_client_uuid"].as_str().unwrap());
    let change = json!({ "client_id": "somebody_else" });
    assert_eq!(
        zis(&zendesk, Method::PATCH, &path, Some(change))
            .await
            .status,
        StatusCode::OK
    );
    let path = query(REFRESH, &[("name", "my_connection")]);
    refused(&zis(&zendesk, Method::GET, &path, None).await, 400, "1301");
    let shown = zis(
        &zendesk,
        Method::GET,
        &query(SHOW, &[("name", "my_connection")]),
        None,
    )
    .await;
    assert_eq!(shown.json()["access_token"], made["access_token"]);
}

#[tokio::test]
async fn a_token_of_another_integration_sees_nothing() {
    let zendesk = agreeing().await;
    connected(&zendesk, whole_start()).await;
    let other = &zendesk.credentials().other_zis_token;
    for path in [SHOW, REFRESH] {
        let path = query(path, &[("name", "my_connection")]);
        let answer = answered(zendesk.request(Method::GET, &path).bearer_auth(other)).await;
        refused_as_text(
            &answer,
            401,
            "Authorization failed due to integration mismatch",
        );
    }
    let path = query(
        "/api/services/zis/connections/other_integration",
        &[("name", "my_connection")],
    );
    let answer = answered(zendesk.request(Method::GET, &path).bearer_auth(other)).await;
    refused(&answer, 404, "1302");
}
