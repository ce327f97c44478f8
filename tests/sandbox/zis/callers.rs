//! What is refused whatever the request is about: credentials, paths, methods, bodies, limits.

use reqwest::{Method, StatusCode};
use serde_json::json;
use zendesk_oauth_sandbox::Sandbox;

use super::*;

/// The three operations that an admin's browser may use as well, and the one that it may not.
fn guarded() -> [(Method, String); 4] {
    let name = [("name", "my_connection")];
    [
        (Method::POST, START.to_owned()),
        (
            Method::GET,
            query(ACCESS_CODES, &[("verification_code", "CANARY")]),
        ),
        (Method::GET, query(SHOW, &name)),
        (Method::GET, query(REFRESH, &name)),
    ]
}

#[tokio::test]
async fn each_wrong_credential_has_its_refusal() {
    let zendesk = Zendesk::start().await;
    let credentials = zendesk.credentials().clone();
    for (method, path) in guarded() {
        let request = || zendesk.request(method.clone(), &path);
        let failed = "Authentication failed";
        let mismatch = "Authorization failed due to integration mismatch";
        refused_as_text(&answered(request()).await, 401, failed);
        for (token, text) in [
            ("CANARY", failed),
            (&credentials.expired_token, failed),
            (&credentials.chat_token, failed),
            (&credentials.admin_token, mismatch),
            (&credentials.other_zis_token, mismatch),
        ] {
            refused_as_text(&answered(request().bearer_auth(token)).await, 401, text);
        }
        let user = format!("{}/token", credentials.admin_email);
        let answer = answered(request().basic_auth(&user, Some(&credentials.api_token))).await;
        refused_as_text(&answer, 403, "API token is not supported");
        let answer = answered(request().basic_auth(&user, Some("CANARY"))).await;
        refused_as_text(&answer, 401, failed);
        let cookie = "_zendesk_session=CANARY";
        refused_as_text(
            &answered(request().header("cookie", cookie)).await,
            401,
            failed,
        );
    }
    zendesk
        .sandbox
        .set_switch("zis_auth_failure", "json")
        .unwrap();
    for (method, path) in guarded() {
        let request = || zendesk.request(method.clone(), &path);
        refused(&answered(request()).await, 401, "1200");
        let user = format!("{}/token", credentials.admin_email);
        let answer = answered(request().basic_auth(&user, Some(&credentials.api_token))).await;
        refused(&answer, 403, "1200");
    }
}

#[tokio::test]
async fn an_integration_that_there_is_not_gives_404() {
    let zendesk = Zendesk::start().await;
    let cookie = format!("_zendesk_session={}", zendesk.credentials().admin_session);
    for (method, path) in guarded() {
        for other in ["nowhere", "my_integration.json"] {
            let path = path.replace("my_integration", other);
            refused(
                &zis(&zendesk, method.clone(), &path, None).await,
                404,
                "1302",
            );
            if !path.contains("/refresh/") {
                let request = zendesk
                    .request(method.clone(), &path)
                    .header("cookie", &cookie);
                refused(&answered(request).await, 404, "1302");
            }
        }
    }
}

#[tokio::test]
async fn another_method_gives_405_and_another_path_404() {
    let zendesk = Zendesk::start().await;
    for (method, path) in [
        (Method::POST, query(REFRESH, &[("name", "my_connection")])),
        (
            Method::PUT,
            format!("{CLIENTS}/ac10a230-0c43-45f8-b221-9e085ce90418"),
        ),
        (Method::GET, START.to_owned()),
        (Method::DELETE, SHOW.to_owned()),
        (
            Method::POST,
            "/api/services/zis/connections/oauth/start_redirect".to_owned(),
        ),
    ] {
        let answer = zis(&zendesk, method, &path, None).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
    let answer = zis(
        &zendesk,
        Method::HEAD,
        &query(SHOW, &[("name", "another")]),
        None,
    )
    .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let path = "/api/services/zis/connections/oauth/nothing/at/all";
    refused(&zis(&zendesk, Method::GET, path, None).await, 404, "1302");
}

#[tokio::test]
async fn a_body_that_is_too_long_gives_413() {
    let zendesk = Zendesk::of(Sandbox::builder().body_limit(64)).await;
    let long = json!({ "name": "x".repeat(64) });
    let answer = zis(&zendesk, Method::POST, START, Some(long.clone())).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let path = "/api/services/zis/connections/oauth/tokens/my_integration";
    let answer = answered(zendesk.request(Method::POST, path).json(&long)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_request_too_many_is_refused_in_the_shape_of_zis_without_credentials_too() {
    let zendesk = Zendesk::start().await;
    zendesk.sandbox.set_switch("rate_limit", "1").unwrap();
    zendesk
        .sandbox
        .set_switch("too_many_requests", "json")
        .unwrap();
    zis(&zendesk, Method::GET, CLIENTS, None).await;
    for path in [
        "/api/services/zis/connections/oauth/start_redirect",
        "/api/services/zis/connections/oauth/tokens/my_integration",
        SHOW,
    ] {
        refused(&browser(&zendesk, path).await, 429, "1300");
    }
}
