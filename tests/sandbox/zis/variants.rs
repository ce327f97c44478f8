//! Flows that go another way than the usual one.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::*;

#[tokio::test]
async fn a_flow_without_a_way_home_ends_on_a_page() {
    let zendesk = agreeing().await;
    let body = json!({ "name": "homeless", "oauth_client_name": "my_oauth_client" });
    let url = started(&zendesk, body.clone()).await;
    let answers = followed(&zendesk, &url).await;
    let page = answers.last().unwrap();
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.header("content-type").starts_with("text/html"));
    let (_, rest) = page
        .text
        .split_once("<code id=\"verification_code\">")
        .unwrap();
    let made = exchanged(&zendesk, rest.split_once('<').unwrap().0)
        .await
        .json();
    assert_eq!(made["origin_oauth_redirect_url"], Value::Null);
    assert_eq!(made["oauth_url_subdomain"], Value::Null);
    // The client's default; and nobody asked for a refresh token.
    assert_eq!(made["permission_scope"], "read write");
    assert_eq!(made["refresh_token"], Value::Null);

    zendesk
        .sandbox
        .set_switch("provider_consent", "deny")
        .unwrap();
    let url = started(
        &zendesk,
        json!({ "name": "denied", "oauth_client_name": "my_oauth_client" }),
    )
    .await;
    let answers = followed(&zendesk, &url).await;
    let page = answers.last().unwrap();
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("access_denied"), "{}", page.text);
}

#[tokio::test]
async fn the_code_comes_home_under_the_name_that_the_switch_says() {
    let zendesk = agreeing().await;
    zendesk
        .sandbox
        .set_switch("zis_callback", "verification_token")
        .unwrap();
    let url = started(&zendesk, whole_start()).await;
    let answers = followed(&zendesk, &url).await;
    let home = answers.last().unwrap().header("location");
    assert_eq!(parameter(home, "verification_code"), "");
    let code = parameter(home, "verification_token");
    assert_eq!(exchanged(&zendesk, &code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn client_credentials_skip_the_browser() {
    let zendesk = Zendesk::start().await;
    let body = json!({
        "name": "my_machine",
        "grant_type": "client_credentials",
        "client_id": "machine",
        "client_secret": "CANARY-machine-secret",
        "token_url": format!("{}/_provider/oauth/token", zendesk.sandbox.url()),
    });
    let client = zis(&zendesk, Method::POST, CLIENTS, Some(body)).await;
    assert_eq!(client.status, StatusCode::OK, "{}", client.text);
    let url = started(
        &zendesk,
        json!({ "name": "machine", "oauth_client_name": "my_machine" }),
    )
    .await;
    let prefix = format!("{}{ACCESS_CODES}?verification_code=", zendesk.sandbox.url());
    assert!(url.starts_with(&prefix), "{url}");
    let made = zis(&zendesk, Method::GET, &url, None).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    let made = made.json();
    for absent in ["refresh_token", "raw_callback_params", "permission_scope"] {
        assert_eq!(made[absent], Value::Null, "{absent}");
    }
    let path = query(REFRESH, &[("name", "machine")]);
    let fresh = zis(&zendesk, Method::GET, &path, None).await;
    assert_eq!(fresh.status, StatusCode::OK, "{}", fresh.text);
    assert_ne!(fresh.json()["access_token"], made["access_token"]);
}

#[tokio::test]
async fn an_open_subdomain_is_filled_in() {
    let zendesk = Zendesk::start().await;
    let body = json!({
        "name": "with_subdomain",
        "client_id": "id",
        "client_secret": "CANARY-secret",
        "auth_url": "https://{subdomain}.example.com/authorize?tenant={subdomain}",
        "token_url": "https://{subdomain}.example.com/token",
    });
    assert_eq!(
        zis(&zendesk, Method::POST, CLIENTS, Some(body))
            .await
            .status,
        StatusCode::OK
    );
    let start = json!({ "name": "abroad", "oauth_client_name": "with_subdomain" });
    refused(
        &zis(&zendesk, Method::POST, START, Some(start.clone())).await,
        422,
        "1303",
    );
    let mut start = start;
    start["oauth_url_subdomain"] = json!("foobar");
    let url = started(&zendesk, start).await;
    let answer = browser(&zendesk, &url).await;
    let asked = answer.header("location");
    assert!(
        asked.starts_with("https://foobar.example.com/authorize?tenant=foobar&response_type=code"),
        "{asked}"
    );
    // The sandbox calls nobody outside: the third party cannot be asked for tokens.
    let back = query(
        "/api/services/zis/connections/oauth/callback",
        &[
            ("code", "CANARY-code"),
            ("state", &parameter(asked, "state")),
        ],
    );
    let page = browser(&zendesk, &back).await;
    let (_, rest) = page
        .text
        .split_once("<code id=\"verification_code\">")
        .unwrap();
    refused(
        &exchanged(&zendesk, rest.split_once('<').unwrap().0).await,
        400,
        "1301",
    );
}
