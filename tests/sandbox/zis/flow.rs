//! Flows from their start to the connection.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::*;

/// The members of the documented connection.
const MEMBERS: [&str; 13] = [
    "access_token",
    "created_by",
    "integration",
    "name",
    "oauth_access_token_response_body",
    "oauth_client_uuid",
    "oauth_url_subdomain",
    "permission_scope",
    "refresh_token",
    "token_expiry",
    "token_type",
    "uuid",
    "zendesk_account_id",
];

fn members(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

#[tokio::test]
async fn a_flow_leads_from_its_start_to_a_connection_that_can_be_refreshed() {
    let zendesk = agreeing().await;
    let url = started(&zendesk, whole_start()).await;
    let prefix = format!(
        "{}/api/services/zis/connections/oauth/start_redirect?flow_token=",
        zendesk.sandbox.url()
    );
    assert!(url.starts_with(&prefix), "{url}");
    let answers = followed(&zendesk, &url).await;
    let statuses: Vec<u16> = answers.iter().map(|it| it.status.as_u16()).collect();
    assert_eq!(statuses, [307, 302, 302]);
    assert_eq!(answers[0].text, "");
    let asked = answers[0].header("location");
    assert!(asked.starts_with(&format!(
        "{}/_provider/oauth/authorize?",
        zendesk.sandbox.url()
    )));
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "my_client_id"),
        ("scope", "read write"),
        ("access_type", "offline"),
    ] {
        assert_eq!(parameter(asked, name), value, "{name}");
    }
    let called_back = answers[1].header("location").to_owned();
    assert_eq!(parameter(&called_back, "state"), parameter(asked, "state"));
    let home = answers[2].header("location");
    assert!(
        home.starts_with("https://client.int/callback?from=test&verification_code="),
        "{home}"
    );

    // Nothing exists before the exchange.
    let by_name = query(SHOW, &[("name", "my_connection")]);
    refused(
        &zis(&zendesk, Method::GET, &by_name, None).await,
        404,
        "1302",
    );
    let code = parameter(home, "verification_code");
    let made = exchanged(&zendesk, &code).await.json();
    let mut expected = MEMBERS.to_vec();
    expected.extend(["origin_oauth_redirect_url", "raw_callback_params"]);
    expected.sort_unstable();
    assert_eq!(members(&made), expected);
    assert_eq!(made["name"], "my_connection");
    assert_eq!(made["integration"], "my_integration");
    assert_eq!(made["created_by"], "Ada Admin");
    assert_eq!(made["permission_scope"], "read write");
    assert_eq!(made["oauth_url_subdomain"], "foobar");
    assert_eq!(made["token_expiry"], "2026-11-02T10:00:00Z");
    assert_eq!(made["token_type"], "bearer");
    assert_eq!(made["zendesk_account_id"], 123_456);
    assert_eq!(
        made["origin_oauth_redirect_url"],
        "https://client.int/callback?from=test"
    );
    let raw = called_back.split_once('?').unwrap().1;
    assert_eq!(made["raw_callback_params"], raw);
    let body: Value =
        serde_json::from_str(made["oauth_access_token_response_body"].as_str().unwrap()).unwrap();
    assert_eq!(body["access_token"], made["access_token"]);
    assert_eq!(body["refresh_token"], made["refresh_token"]);
    assert_eq!(body["expires_in"], 3600);

    let shown = zis(&zendesk, Method::GET, &by_name, None).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert_eq!(members(&shown.json()), MEMBERS);
    for member in MEMBERS {
        assert_eq!(shown.json()[member], made[member], "{member}");
    }

    zendesk
        .sandbox
        .clock()
        .advance(SignedDuration::from_mins(50));
    let uuid = made["uuid"].as_str().unwrap();
    let answer = zis(
        &zendesk,
        Method::GET,
        &query(REFRESH, &[("uuid", uuid)]),
        None,
    )
    .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let fresh = answer.json();
    assert_eq!(members(&fresh), MEMBERS);
    assert_eq!(fresh["uuid"], made["uuid"]);
    assert_eq!(fresh["token_expiry"], "2026-11-02T10:50:00Z");
    assert_ne!(fresh["access_token"], made["access_token"]);
    assert_ne!(fresh["refresh_token"], made["refresh_token"]);
    let shown = zis(&zendesk, Method::GET, &query(SHOW, &[("uuid", uuid)]), None).await;
    assert_eq!(shown.json(), fresh);
}

#[tokio::test]
async fn a_person_agrees_on_the_page_of_the_third_party() {
    let zendesk = Zendesk::start().await;
    let url = started(&zendesk, whole_start()).await;
    let answers = followed(&zendesk, &url).await;
    let page = answers.last().unwrap();
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text.contains("id=\"allow\"") && page.text.contains("id=\"deny\""),
        "{}",
        page.text
    );
    assert!(!page.text.contains("<script"));
    let answer = super::provider::decided(&zendesk, page, "allow").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let answers = followed(&zendesk, answer.header("location")).await;
    let code = parameter(
        answers.last().unwrap().header("location"),
        "verification_code",
    );
    assert_eq!(exchanged(&zendesk, &code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_denial_comes_home_as_an_error_and_ends_the_flow() {
    for deny_by_switch in [true, false] {
        let zendesk = Zendesk::start().await;
        if deny_by_switch {
            zendesk
                .sandbox
                .set_switch("provider_consent", "deny")
                .unwrap();
        }
        let url = started(&zendesk, whole_start()).await;
        let mut answers = followed(&zendesk, &url).await;
        if !deny_by_switch {
            let answer = super::provider::decided(&zendesk, answers.last().unwrap(), "deny").await;
            answers = followed(&zendesk, answer.header("location")).await;
        }
        let home = answers.last().unwrap().header("location");
        assert!(
            home.starts_with("https://client.int/callback?from=test&error=access_denied"),
            "{home}"
        );
        assert_eq!(
            parameter(home, "error_description"),
            "The user denied the request"
        );
        assert_eq!(parameter(home, "verification_code"), "");
        refused(&browser(&zendesk, &url).await, 404, "1302");
    }
}

#[tokio::test]
async fn an_admin_in_a_browser_starts_exchanges_and_shows_but_does_not_refresh() {
    let zendesk = agreeing().await;
    let cookie = format!("_zendesk_session={}", zendesk.credentials().admin_session);
    let send = |method, path: String| zendesk.request(method, &path).header("cookie", &cookie);
    let start = answered(send(Method::POST, START.to_owned()).json(&whole_start())).await;
    let url = start.json()["redirect_url"].as_str().unwrap().to_owned();
    let answers = followed(&zendesk, &url).await;
    let code = parameter(
        answers.last().unwrap().header("location"),
        "verification_code",
    );
    let path = query(ACCESS_CODES, &[("verification_code", &code)]);
    assert_eq!(
        answered(send(Method::GET, path)).await.status,
        StatusCode::OK
    );
    let name = [("name", "my_connection")];
    assert_eq!(
        answered(send(Method::GET, query(SHOW, &name))).await.status,
        StatusCode::OK
    );
    let answer = answered(send(Method::GET, query(REFRESH, &name))).await;
    refused_as_text(&answer, 401, "Authentication failed");
}
