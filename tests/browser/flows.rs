//! Both flows as a person goes through them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::header::LOCATION;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use zendesk_oauth_sandbox::Sandbox;
use zendesk_oauth_tests::{Loopback, answer};

use crate::chromium::Browser;

/// Where browsers are sent back to: it answers anything.
async fn callback() -> (Loopback, String) {
    let page = answer(
        200,
        &[("content-type", "text/html")],
        "<p>you may close this window</p>",
    );
    let server = Loopback::answering(page).await;
    let url = format!("{}/callback", server.url());
    (server, url)
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    let found = pairs.iter().find(|(key, _)| key == name);
    found.map_or_else(|| panic!("no {name}"), |(_, value)| value)
}

fn encoded(text: &str) -> String {
    let pairs: String = reqwest::Url::parse_with_params("http://x", [("v", text)])
        .expect("a URL")
        .query()
        .expect("a query")
        .to_owned();
    pairs.trim_start_matches("v=").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_allows_a_client_and_the_client_gets_its_token_with_pkce() {
    let Some(browser) = Browser::start("the PKCE flow").await else {
        return;
    };
    let sandbox = Sandbox::builder().start().await.expect("a sandbox");
    let (_server, redirect_uri) = callback().await;
    let http = reqwest::Client::new();
    let client = json!({
        "name": "Ticket <b>Exporter</b>",
        "identifier": "exporter",
        "kind": "public",
        "company": "Acme & Sons",
        "redirect_uri": [redirect_uri],
    });
    let created = http
        .post(format!("{}/api/v2/oauth/clients", sandbox.url()))
        .bearer_auth(&sandbox.credentials().admin_token)
        .json(&json!({ "client": client }));
    assert_eq!(created.send().await.expect("an answer").status(), 201);

    let verifier = "CANARY-verifier-0123456789-0123456789-0123456789";
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let authorize = format!(
        "{}/oauth/authorizations/new?response_type=code&client_id=exporter&redirect_uri={}&scope=read&state=xyz\
         &code_challenge={challenge}&code_challenge_method=S256",
        sandbox.url(),
        encoded(&redirect_uri),
    );
    browser.open(&authorize).await;
    let text = browser.text().await;
    assert!(
        text.contains("Ticket <b>Exporter</b>"),
        "markup in a name is text: {text}"
    );
    assert!(text.contains("Acme & Sons"), "{text}");
    browser.click("allow").await;
    let came_back = browser.arrived(&redirect_uri).await;
    assert_eq!(value(&came_back, "state"), "xyz");

    let token = json!({
        "grant_type": "authorization_code",
        "client_id": "exporter",
        "code": value(&came_back, "code"),
        "redirect_uri": redirect_uri,
        "scope": "read",
        "code_verifier": verifier,
    });
    let answer = http
        .post(format!("{}/oauth/tokens", sandbox.url()))
        .json(&token);
    let answer: Value = answer
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    let access_token = answer["access_token"].as_str().expect("a token");
    let listed = http
        .get(format!("{}/api/v2/oauth/clients", sandbox.url()))
        .bearer_auth(access_token);
    assert_eq!(listed.send().await.expect("an answer").status(), 200);

    browser.open(&authorize).await;
    browser.click("deny").await;
    let came_back = browser.arrived(&redirect_uri).await;
    assert_eq!(value(&came_back, "error"), "access_denied");
    assert_eq!(value(&came_back, "state"), "xyz");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_connects_a_third_party_and_zis_stores_the_connection() {
    let Some(browser) = Browser::start("the ZIS flow").await else {
        return;
    };
    let sandbox = Sandbox::builder().start().await.expect("a sandbox");
    let (_server, origin) = callback().await;
    let no_redirects = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let http = no_redirects.build().expect("a client");
    let credentials = sandbox.credentials();
    let zis_token = credentials.zis_token();
    let integration = credentials.integration();
    let zis = format!("{}/api/services/zis/connections", sandbox.url());
    let flow = json!({
        "name": "clicked",
        "oauth_client_name": credentials.zis_oauth_client,
        "origin_oauth_redirect_url": origin,
        "permission_scopes": "read write",
        "allow_offline_access": true,
    });
    let started = http
        .post(format!("{zis}/oauth/start/{integration}"))
        .bearer_auth(zis_token)
        .json(&flow);
    let started: Value = started
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    let redirect_url = started["redirect_url"].as_str().expect("a URL");
    let redirect = http.get(redirect_url).send().await.expect("an answer");
    assert_eq!(redirect.status(), 307);
    assert!(redirect.headers().contains_key(LOCATION));

    browser.open(redirect_url).await;
    browser.click("allow").await;
    let came_back = browser.arrived(&origin).await;
    let code = value(&came_back, "verification_code");
    let get = async |path: String| -> Value {
        let request = http.get(format!("{zis}{path}")).bearer_auth(zis_token);
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.expect("JSON")
    };
    let code = encoded(code);
    let stored = get(format!(
        "/oauth/access_codes/{integration}?verification_code={code}"
    ))
    .await;
    let shown = get(format!("/{integration}?name=clicked")).await;
    assert_eq!(shown["access_token"], stored["access_token"]);
    let refreshed = get(format!("/refresh/{integration}?name=clicked")).await;
    assert_ne!(refreshed["access_token"], stored["access_token"]);
    browser.close().await;
}
