//! The stand-in for third parties, by itself.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::*;

const AUTHORIZE: &str = "/_provider/oauth/authorize";
const TOKEN: &str = "/_provider/oauth/token";
const BACK: &str = "http://localhost/back";

/// Sends the form of a consent page as a browser does.
pub(super) async fn decided(zendesk: &Zendesk, page: &Answer, decision: &str) -> Answer {
    let mut pairs = Vec::new();
    for input in page.text.split("<input ").skip(1) {
        let attribute = |name: &str| {
            let (_, rest) = input
                .split_once(&format!("{name}=\""))
                .expect("an attribute");
            let value = rest.split_once('"').expect("its end").0;
            value
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
        };
        pairs.push((attribute("name"), attribute("value")));
    }
    pairs.push(("decision".to_owned(), decision.to_owned()));
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    posted(zendesk, AUTHORIZE, &pairs).await
}

/// Sends a form.
async fn posted(zendesk: &Zendesk, path: &str, pairs: &[(&str, &str)]) -> Answer {
    let form = query("/", pairs).trim_start_matches("/?").to_owned();
    let request = zendesk.request(Method::POST, path).body(form);
    answered(request.header("content-type", "application/x-www-form-urlencoded")).await
}

/// An authorization code of a client that nobody registered.
async fn code(zendesk: &Zendesk, offline: bool) -> String {
    let mut pairs = vec![
        ("response_type", "code"),
        ("client_id", "somebody"),
        ("redirect_uri", BACK),
        ("scope", "read"),
    ];
    if offline {
        pairs.push(("access_type", "offline"));
    }
    let answer = browser(zendesk, &query(AUTHORIZE, &pairs)).await;
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.text);
    parameter(answer.header("location"), "code")
}

async fn redeemed(zendesk: &Zendesk, code: &str, redirect_uri: &str) -> Answer {
    let pairs = [
        ("grant_type", "authorization_code"),
        ("client_id", "somebody"),
        ("code", code),
        ("redirect_uri", redirect_uri),
    ];
    posted(zendesk, TOKEN, &pairs).await
}

#[track_caller]
fn oauth_error(answer: &Answer, status: u16, error: &str) {
    assert_eq!(
        (answer.status.as_u16(), answer.json()),
        (status, json!({ "error": error }))
    );
}

#[tokio::test]
async fn what_a_caller_sends_stays_text_on_the_consent_page() {
    let zendesk = Zendesk::start().await;
    let evil = "\"><script>alert('x')</script>&amp;";
    let pairs = [
        ("response_type", "code"),
        ("client_id", evil),
        ("redirect_uri", "https://client.int/?a=1&b=2"),
        ("state", evil),
        ("scope", evil),
    ];
    let page = browser(&zendesk, &query(AUTHORIZE, &pairs)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("<script"), "{}", page.text);
    assert!(page.text.contains("color-scheme"));
    for (name, value) in [
        ("x-frame-options", "DENY"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(page.header(name), value, "{name}");
    }
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("style-src 'sha256-") && !policy.contains("unsafe"),
        "{policy}"
    );
    let answer = decided(&zendesk, &page, "deny").await;
    let home = answer.header("location");
    assert!(
        home.starts_with("https://client.int/?a=1&b=2&error=access_denied"),
        "{home}"
    );
    assert_eq!(parameter(home, "state").replace("&#39;", "'"), evil);
}

#[tokio::test]
async fn a_code_is_neither_kept_nor_named_on_its_way_and_its_address_is_ascii() {
    let zendesk = agreeing().await;
    let pairs = [
        ("response_type", "code"),
        ("client_id", "somebody"),
        ("redirect_uri", "http://localhost/zur\u{fc}ck#n\u{e4}chstes"),
    ];
    let answer = browser(&zendesk, &query(AUTHORIZE, &pairs)).await;
    let home = answer.header("location");
    assert!(
        home.starts_with("http://localhost/zur%C3%BCck?code=") && home.ends_with("#n%C3%A4chstes"),
        "{home}"
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
}

#[tokio::test]
async fn nobody_is_sent_where_the_request_makes_no_sense() {
    let zendesk = agreeing().await;
    for pairs in [
        vec![],
        vec![("client_id", "somebody")],
        vec![("redirect_uri", BACK)],
        vec![
            ("client_id", "somebody"),
            ("redirect_uri", "javascript:alert(1)"),
        ],
        vec![("client_id", "somebody"), ("redirect_uri", "/back")],
    ] {
        let answer = browser(&zendesk, &query(AUTHORIZE, &pairs)).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::BAD_REQUEST, "")
        );
    }
    let implicit = [
        ("client_id", "somebody"),
        ("redirect_uri", BACK),
        ("response_type", "token"),
    ];
    let answer = browser(&zendesk, &query(AUTHORIZE, &implicit)).await;
    assert_eq!(
        parameter(answer.header("location"), "error"),
        "unsupported_response_type"
    );
}

#[tokio::test]
async fn a_code_works_once_in_time_and_for_the_place_that_it_was_sent_to() {
    let zendesk = agreeing().await;
    let good = code(&zendesk, false).await;
    let answer = redeemed(&zendesk, &good, BACK).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.header("cache-control"), "no-store");
    let tokens = answer.json();
    let access_token = tokens["access_token"].as_str().unwrap();
    assert!(
        access_token.len() == 56 && access_token.ends_with("=="),
        "{access_token}"
    );
    assert_eq!(tokens["expires_in"], 3600);
    assert_eq!(tokens["scope"], "read");
    assert_eq!(tokens["refresh_token"], Value::Null);
    oauth_error(&redeemed(&zendesk, &good, BACK).await, 400, "invalid_grant");
    let elsewhere = code(&zendesk, false).await;
    oauth_error(
        &redeemed(&zendesk, &elsewhere, "http://localhost/").await,
        400,
        "invalid_grant",
    );
    oauth_error(
        &redeemed(&zendesk, &elsewhere, BACK).await,
        400,
        "invalid_grant",
    );
    let late = code(&zendesk, false).await;
    zendesk
        .sandbox
        .clock()
        .advance(SignedDuration::from_mins(10));
    oauth_error(&redeemed(&zendesk, &late, BACK).await, 400, "invalid_grant");
}

#[tokio::test]
async fn a_refresh_token_is_rotated_and_works_once() {
    let zendesk = agreeing().await;
    let code = code(&zendesk, true).await;
    let first = redeemed(&zendesk, &code, BACK).await.json();
    let refreshed = async |token: &Value, client: &str| {
        let body =
            json!({ "grant_type": "refresh_token", "refresh_token": token, "client_id": client });
        answered(zendesk.request(Method::POST, TOKEN).json(&body)).await
    };
    let token = &first["refresh_token"];
    oauth_error(
        &refreshed(token, "somebody_else").await,
        400,
        "invalid_grant",
    );
    let second = refreshed(token, "somebody").await;
    assert_eq!(second.status, StatusCode::OK, "{}", second.text);
    let second = second.json();
    assert_ne!(second["access_token"], first["access_token"]);
    assert_ne!(&second["refresh_token"], token);
    oauth_error(&refreshed(token, "somebody").await, 400, "invalid_grant");
    assert_eq!(
        refreshed(&second["refresh_token"], "somebody").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn the_secret_is_checked_where_a_zis_oauth_client_leads_here() {
    let zendesk = Zendesk::start().await;
    let listed = zis(&zendesk, Method::GET, CLIENTS, None).await.json();
    let client = &listed["clients"][0];
    assert_eq!(
        client["token_url"],
        format!("{}{TOKEN}", zendesk.sandbox.url())
    );
    let (id, secret) = (
        client["client_id"].as_str().unwrap(),
        client["client_secret"].as_str().unwrap(),
    );
    let minted = async |secret: &str| {
        let pairs = [
            ("grant_type", "client_credentials"),
            ("client_id", id),
            ("client_secret", secret),
        ];
        posted(&zendesk, TOKEN, &pairs).await
    };
    assert_eq!(minted(secret).await.status, StatusCode::OK);
    oauth_error(&minted("CANARY").await, 401, "invalid_client");
    oauth_error(&minted("").await, 401, "invalid_client");
    let request = zendesk
        .request(Method::POST, TOKEN)
        .basic_auth(id, Some(secret));
    let request = request.json(&json!({ "grant_type": "client_credentials" }));
    assert_eq!(answered(request).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_token_request_that_makes_no_sense_is_refused_as_the_rfc_has_it() {
    let zendesk = Zendesk::start().await;
    oauth_error(&posted(&zendesk, TOKEN, &[]).await, 400, "invalid_request");
    let answer = posted(&zendesk, TOKEN, &[("grant_type", "client_credentials")]).await;
    oauth_error(&answer, 401, "invalid_client");
    let answer = posted(
        &zendesk,
        TOKEN,
        &[("grant_type", "password"), ("client_id", "x")],
    )
    .await;
    oauth_error(&answer, 400, "unsupported_grant_type");
    let answer = posted(
        &zendesk,
        TOKEN,
        &[("grant_type", "authorization_code"), ("client_id", "x")],
    )
    .await;
    oauth_error(&answer, 400, "invalid_request");
}
