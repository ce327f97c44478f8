//! The same seed and the same calls give the same answers.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use zendesk_oauth_sandbox::{Sandbox, SandboxBuilder, Seed};

use crate::zendesk::{Answer, Zendesk};

/// Status, headers and body, without what another port and another second of the machine change.
fn told(zendesk: &Zendesk, answer: &Answer) -> String {
    let mut headers: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "date")
        .map(|(name, value)| format!("{name}: {}", value.to_str().expect("text")))
        .collect();
    headers.sort();
    let told = format!("{}\n{}\n{}", answer.status, headers.join("\n"), answer.text);
    told.replace(zendesk.sandbox.url(), "http://SANDBOX")
}

/// Calls of every kind that there is, refusals too; returns every answer.
pub(crate) async fn calls(zendesk: &Zendesk) -> String {
    let client = |number: u32| {
        let identifier = format!("client_{number}");
        Some(json!({ "client": { "name": "A", "identifier": identifier, "kind": "confidential" } }))
    };
    let renamed = Some(json!({ "client": { "name": "B", "kind": "public" } }));
    let clients = "/api/v2/oauth/clients";
    let mut told_all = String::new();
    let mut ids = Vec::new();
    for number in [1, 2, 3, 3] {
        let answer = zendesk.admin(Method::POST, clients, client(number)).await;
        told_all += &told(zendesk, &answer);
        if answer.status == StatusCode::CREATED {
            ids.push(answer.json()["client"]["id"].clone());
        }
    }
    // A fault may have kept some from being made.
    let one = |at: usize| format!("{clients}/{}", ids.get(at).unwrap_or(&json!(1)));
    let rest: [(Method, String, Option<Value>); 7] = [
        (Method::PUT, one(0), renamed),
        (Method::PUT, format!("{}/generate_secret", one(1)), None),
        (Method::DELETE, one(2), None),
        (Method::GET, one(2), None),
        (
            Method::GET,
            format!("{clients}?page[size]=2&sort=-name"),
            None,
        ),
        (Method::GET, format!("{clients}?per_page=2"), None),
        (
            Method::GET,
            "/api/v2/users/me/oauth/clients".to_owned(),
            None,
        ),
    ];
    for (method, path, body) in rest {
        told_all += &told(zendesk, &zendesk.admin(method, &path, body).await);
    }
    told_all
}

fn with_a_fault() -> SandboxBuilder {
    let text = "
        users: [{name: Ada, email: ada@example.com, role: admin}]
        generate: {clients: 4, tokens: 4}
        faults: [{probability: 0.3, operation: create_oauth_client, fault: {status: 503}}]";
    Sandbox::builder().seed(Seed::parse("seed.yaml", text).expect("a seed"))
}

#[tokio::test]
async fn the_same_seed_and_the_same_calls_give_the_same_bytes() {
    for builder in [Sandbox::builder, with_a_fault] {
        let (one, other) = (Zendesk::of(builder()).await, Zendesk::of(builder()).await);
        assert_ne!(one.sandbox.url(), other.sandbox.url());
        let (of_one, of_other) = (calls(&one).await, calls(&other).await);
        assert_eq!(of_one, of_other);
        let credentials = one.sandbox.credentials();
        assert_eq!(
            credentials.admin_token,
            other.sandbox.credentials().admin_token
        );
    }
}

#[tokio::test]
async fn another_number_gives_other_secrets() {
    let one = Zendesk::start().await;
    let other = Zendesk::of(Sandbox::builder().random(2)).await;
    assert_ne!(calls(&one).await, calls(&other).await);
    let token = one.sandbox.credentials().admin_token;
    assert_ne!(token, other.sandbox.credentials().admin_token);
}

#[tokio::test]
async fn a_reset_makes_everything_as_at_the_start() {
    for builder in [Sandbox::builder, with_a_fault] {
        let zendesk = Zendesk::of(builder()).await;
        let token = zendesk.sandbox.credentials().admin_token;
        let before = calls(&zendesk).await;
        zendesk
            .sandbox
            .clock()
            .advance(jiff::SignedDuration::from_hours(5));
        zendesk.sandbox.set_switch("token_status", "201").unwrap();
        zendesk
            .sandbox
            .faults()
            .add(zendesk_oauth_sandbox::Fault::status(500))
            .unwrap();
        assert_ne!(calls(&zendesk).await, before);
        zendesk.sandbox.reset().expect("a seed that is taken");
        assert_eq!(zendesk.sandbox.credentials().admin_token, token);
        assert_eq!(calls(&zendesk).await, before);
    }
}
