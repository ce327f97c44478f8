//! The control API.

mod clock;
mod guard;
mod rules;
mod snapshots;
mod switches;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use zendesk_oauth_sandbox::Sandbox;

use crate::zendesk::{Answer, Zendesk, answered};

async fn control(zendesk: &Zendesk, method: Method, path: &str, body: Option<Value>) -> Answer {
    let mut request = zendesk.request(method, &format!("/_sandbox{path}"));
    if let Some(body) = body {
        request = request.json(&body);
    }
    let answer = answered(request).await;
    assert!(answer.header("x-request-id").ends_with("-CTL"));
    assert!(answer.header("date").ends_with(" GMT"));
    answer
}

async fn get(zendesk: &Zendesk, path: &str) -> Value {
    let answer = control(zendesk, Method::GET, path, None).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer.json()
}

/// A refusal, whose text does not have what was sent.
async fn refused(
    zendesk: &Zendesk,
    method: Method,
    path: &str,
    body: &str,
    status: StatusCode,
) -> String {
    let request = zendesk.request(method, &format!("/_sandbox{path}"));
    let answer = answered(request.body(body.to_owned())).await;
    assert_eq!(answer.status, status, "{path} {}", answer.text);
    assert!(!answer.text.contains("CANARY"), "{}", answer.text);
    assert_eq!(answer.header("content-type"), "application/json");
    let error = answer.json()["error"].clone();
    error.as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn the_root_says_what_this_is() {
    let zendesk = Zendesk::start().await;
    zendesk.get("/api/v2/oauth/clients").await;
    for path in ["", "/"] {
        let root = get(&zendesk, path).await;
        assert_eq!(root["name"], "zendesk-oauth-sandbox");
        assert_eq!(root["url"], zendesk.sandbox.url());
        assert_eq!(
            root["time"],
            json!({ "now": "2026-11-02T09:00:00Z", "running": false })
        );
        assert_eq!(
            (&root["in_flight"], &root["requests"]),
            (&json!(0), &json!(1))
        );
        assert_eq!(root["switches"]["token_status"], "200");
        for link in root["links"].as_object().expect("links").values() {
            let link = link.as_str().expect("an address");
            let answer = answered(zendesk.request(Method::GET, link)).await;
            assert_eq!(answer.status, StatusCode::OK, "{link}");
        }
    }
}

#[tokio::test]
async fn operations_are_listed() {
    let zendesk = Zendesk::start().await;
    let expected: Vec<&str> = Sandbox::operations().collect();
    let listed = get(&zendesk, "/operations").await;
    assert_eq!(listed, json!({ "operations": expected }));
    assert!(expected.contains(&"create_oauth_client"));
}

#[tokio::test]
async fn wrong_paths_and_methods_are_told_what_there_is() {
    let zendesk = Zendesk::start().await;
    for path in ["/CANARY", "/faults/1/CANARY", "/clock/", "/snapshots/1/2/3"] {
        let error = refused(&zendesk, Method::GET, path, "", StatusCode::NOT_FOUND).await;
        assert!(error.contains("GET|PATCH /_sandbox/clock, POST /_sandbox/clock/advance"));
    }
    for (method, path, allowed) in [
        (Method::DELETE, "/clock", "GET, PATCH"),
        (Method::POST, "", "GET"),
        (Method::POST, "/", "GET"),
        (Method::GET, "/snapshots/1/restore", "POST"),
        (Method::PUT, "/faults/1", "DELETE"),
    ] {
        let request = zendesk.request(method.clone(), &format!("/_sandbox{path}"));
        assert_eq!(answered(request).await.header("allow"), allowed, "{path}");
        let status = StatusCode::METHOD_NOT_ALLOWED;
        let error = refused(&zendesk, method, path, "", status).await;
        assert!(error.ends_with(&format!("it takes {allowed}")), "{error}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused() {
    let zendesk = Zendesk::of(Sandbox::builder().body_limit(100)).await;
    let body = format!("{{\"now\":\"{}\"}}", "x".repeat(100));
    let status = StatusCode::PAYLOAD_TOO_LARGE;
    let error = refused(&zendesk, Method::PATCH, "/clock", &body, status).await;
    assert!(error.contains("100 bytes"), "{error}");
}

/// Method, path and body of the lines of the documentation that begin with `curl`.
fn documented() -> Vec<(Method, &'static str, &'static str)> {
    let text = include_str!("../../../crates/zendesk-oauth-sandbox/CONTROL.md");
    let lines = text.lines().filter(|line| line.starts_with("curl "));
    let read = lines.map(|line| {
        let between = |from: &str, to| Some(line.split_once(from)?.1.split_once(to)?.0);
        let method = between("-X ", ' ').unwrap_or("GET");
        let method = method.parse().expect("a method");
        let path = between("$SANDBOX/_sandbox", '"').expect("a path of the control API");
        (method, path, between("-d '", '\'').unwrap_or_default())
    });
    read.collect()
}

#[tokio::test]
async fn every_documented_call_works_and_every_call_is_documented() {
    let zendesk = Zendesk::start().await;
    let documented = documented();
    for (method, path, body) in &documented {
        let request = zendesk.request(method.clone(), &format!("/_sandbox{path}"));
        let answer = answered(request.body(*body)).await;
        assert!(
            answer.status.is_success(),
            "{method} {path} {}",
            answer.text
        );
    }
    let status = StatusCode::NOT_FOUND;
    let error = refused(&zendesk, Method::GET, "/CANARY", "", status).await;
    let (_, resources) = error.split_once("it has ").expect("what there is");
    for resource in resources.split(", ") {
        let (methods, path) = resource.split_once(' ').expect("methods and a path");
        let pattern = path.replace("{id}", "1").replace("{name}", "strict");
        for method in methods.split('|') {
            let found = documented.iter().any(|(own, path, _)| {
                let path = path.split('?').next().unwrap_or_default();
                own == method && format!("/_sandbox{path}") == pattern
            });
            assert!(found, "{method} {path}");
        }
    }
}
