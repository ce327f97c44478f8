//! What a seed gives a sandbox.

use reqwest::{Method, StatusCode};
use zendesk_oauth_sandbox::{Sandbox, SandboxBuilder, Seed};

use crate::zendesk::{Zendesk, answered};

fn seeded(text: &str) -> SandboxBuilder {
    Sandbox::builder().seed(Seed::parse("seed.yaml", text).expect("a seed"))
}

const SHOP: &str = "
clock: 2026-05-01T12:00:00Z
switches: {page_size_over_100: refused}
users:
  - {id: 7, name: Ada, email: ada@example.com, role: admin}
  - {name: Sue, email: sue@example.com, role: admin, suspended: true}
clients:
  - {id: 70, identifier: shop, name: Shop, kind: public, user: ada@example.com, created_at: 2026-02-03T04:05:06Z}
tokens:
  - {client: shop, user: ada@example.com, scopes: [read, write], token: CANARY-ada}
  - {client: shop, user: ada@example.com, scopes: [read, write], token: CANARY-old, expires_at: -1s}
  - {client: shop, user: sue@example.com, scopes: [read, write], token: CANARY-sue}
api_tokens: [{token: CANARY-api}]
sessions: [{user: ada@example.com, cookie: CANARY-cookie}]
faults: [{operation: list_my_oauth_clients, nth: 2, fault: {status: 502, body: {why: seed}}}]
";

#[tokio::test]
async fn what_the_seed_says_is_there() {
    let zendesk = Zendesk::of(seeded(SHOP)).await;
    let credentials = zendesk.sandbox.credentials();
    assert_eq!(credentials.admin_token, "CANARY-ada");
    assert_eq!(credentials.admin_email, "ada@example.com");
    assert_eq!(credentials.expired_token.as_deref(), Some("CANARY-old"));
    assert_eq!(credentials.api_token.as_deref(), Some("CANARY-api"));
    assert_eq!(credentials.agent_token, None);
    assert!(!format!("{credentials:?} {:?}", zendesk.sandbox).contains("CANARY"));
    assert_eq!(
        zendesk.sandbox.clock().now().to_string(),
        "2026-05-01T12:00:00Z"
    );
    let client = zendesk.get("/api/v2/oauth/clients/70").await.json()["client"].clone();
    assert_eq!(
        (
            &client["identifier"],
            &client["kind"],
            &client["user_id"],
            &client["created_at"]
        ),
        (
            &"shop".into(),
            &"public".into(),
            &7.into(),
            &"2026-02-03T04:05:06Z".into()
        )
    );
    let many = zendesk.get("/api/v2/oauth/clients?page[size]=101").await;
    assert_eq!(many.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn credentials_of_the_seed_serve_as_far_as_they_should() {
    let zendesk = Zendesk::of(seeded(SHOP)).await;
    let list = || zendesk.request(Method::GET, "/api/v2/oauth/clients");
    for (token, status) in [
        ("CANARY-ada", 200),
        ("CANARY-old", 401),
        ("CANARY-sue", 401),
    ] {
        let answer = answered(list().bearer_auth(token)).await;
        assert_eq!(answer.status, status, "{token}");
    }
    let basic = list().basic_auth("ada@example.com/token", Some("CANARY-api"));
    assert_eq!(answered(basic).await.status, StatusCode::OK);
    let cookie = list().header("cookie", "_zendesk_session=CANARY-cookie");
    assert_eq!(answered(cookie).await.status, StatusCode::OK);
}

#[tokio::test]
async fn faults_of_the_seed_strike_again_after_a_reset() {
    let zendesk = Zendesk::of(seeded(SHOP)).await;
    for _ in 0..2 {
        for status in [200, 502, 200] {
            let answer = zendesk.get("/api/v2/users/me/oauth/clients").await;
            assert_eq!(answer.status, status);
            assert_eq!(answer.text.contains("seed"), status == 502);
        }
        zendesk.sandbox.reset().expect("a seed that is taken");
    }
}

#[tokio::test]
async fn what_the_builder_is_told_wins_over_the_seed() {
    let builder = seeded(SHOP)
        .frozen_at("2026-06-01T00:00:00Z".parse().unwrap())
        .switches(zendesk_oauth_sandbox::Switches::default())
        .admin_token("CANARY-fixed");
    let zendesk = Zendesk::of(builder).await;
    for _ in 0..2 {
        assert_eq!(
            zendesk.sandbox.clock().now().to_string(),
            "2026-06-01T00:00:00Z"
        );
        assert_eq!(zendesk.sandbox.credentials().admin_token, "CANARY-fixed");
        let many = zendesk.get("/api/v2/oauth/clients?page[size]=101").await;
        assert_eq!(many.status, StatusCode::OK);
        let old = zendesk.request(Method::GET, "/api/v2/oauth/clients");
        let old = answered(old.bearer_auth("CANARY-ada")).await;
        assert_eq!(old.status, StatusCode::UNAUTHORIZED);
        zendesk.sandbox.reset().expect("a seed that is taken");
    }
}

#[tokio::test]
async fn an_empty_seed_has_no_clients_and_an_admin() {
    let zendesk = Zendesk::of(seeded("")).await;
    let listed = zendesk.get("/api/v2/oauth/clients").await;
    assert_eq!(listed.status, StatusCode::OK);
    assert_eq!(listed.json()["clients"], serde_json::json!([]));
}

#[tokio::test]
async fn a_reseed_replaces_everything_and_one_that_is_refused_nothing() {
    let zendesk = Zendesk::of(Sandbox::builder().admin_token("CANARY-fixed")).await;
    let other = SHOP.replace("CANARY-sue", "CANARY-fixed");
    let error = zendesk
        .sandbox
        .reseed(Seed::parse("other.yaml", &other).unwrap());
    let error = error.unwrap_err().to_string();
    assert!(error.starts_with("other.yaml: tokens: "), "{error}");
    assert_eq!(
        zendesk.sandbox.credentials().admin_email,
        "admin@example.com"
    );
    let shop = Seed::parse("shop.yaml", SHOP).unwrap();
    zendesk.sandbox.reseed(shop).unwrap();
    assert_eq!(zendesk.sandbox.credentials().admin_email, "ada@example.com");
    let listed = zendesk.get("/api/v2/oauth/clients").await.json();
    assert_eq!(listed["clients"].as_array().unwrap().len(), 1);
    assert_eq!(listed["clients"][0]["id"], 70);
}

#[tokio::test]
async fn a_seed_on_disk_is_read_as_its_text_is() {
    let path = std::env::temp_dir().join(format!("seed-{}.yaml", std::process::id()));
    std::fs::write(&path, SHOP).unwrap();
    let zendesk = Zendesk::of(Sandbox::builder().seed(Seed::read(&path).unwrap())).await;
    assert_eq!(zendesk.sandbox.credentials().admin_token, "CANARY-ada");
    std::fs::remove_file(&path).unwrap();
}
