//! What is remembered of requests, and what is not.

use std::sync::{Arc, Mutex};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use zendesk_oauth_sandbox::Sandbox;

use crate::zendesk::{Zendesk, answered};

const CLIENTS: &str = "/api/v2/oauth/clients";

async fn served(zendesk: &Zendesk, query: &str) -> Vec<Value> {
    let path = format!("/_sandbox/journal{query}");
    let answer = answered(zendesk.request(Method::GET, &path)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()["entries"].as_array().expect("a list").clone()
}

#[tokio::test]
async fn an_entry_says_what_was_asked_and_answered() {
    let zendesk = Zendesk::start().await;
    let body =
        json!({ "client": { "name": "Test", "identifier": "new", "secret": "CANARY-secret" } });
    let path = format!("{CLIENTS}.json?page[size]=2&state=CANARY-state");
    let created = zendesk.admin(Method::POST, &path, Some(body)).await;
    let entries = served(&zendesk, "").await;
    let expected = json!({
        "number": 1,
        "time": "2026-11-02T09:00:00Z",
        "operation": "create_oauth_client",
        "method": "POST",
        "path": "/api/v2/oauth/clients.json",
        "query": { "page[size]": "2", "state": "[redacted]" },
        "body": { "client": { "name": "Test", "identifier": "new", "secret": "[redacted]" } },
        "status": 201,
        "request_id": created.header("x-request-id"),
        "forced": false,
    });
    assert_eq!(entries, std::slice::from_ref(&expected));
    let in_hand = serde_json::to_value(zendesk.sandbox.journal()).expect("entries are JSON");
    assert_eq!(in_hand, json!([expected]));
}

#[tokio::test]
async fn entries_are_selected_and_forgotten() {
    let zendesk = Zendesk::start().await;
    for _ in 0..3 {
        zendesk.get(CLIENTS).await;
        zendesk.get("/api/v2/users/me/oauth/clients").await;
    }
    let numbers = async |query: &str| {
        let entries = served(&zendesk, query).await;
        let numbers = entries.iter().filter_map(|entry| entry["number"].as_u64());
        numbers.collect::<Vec<_>>()
    };
    assert_eq!(numbers("").await, [1, 2, 3, 4, 5, 6]);
    assert_eq!(numbers("?limit=2").await, [5, 6]);
    assert_eq!(numbers("?after=2&limit=2").await, [3, 4]);
    assert_eq!(numbers("?operation=list_oauth_clients").await, [1, 3, 5]);
    assert_eq!(numbers("?after=6").await, [0; 0]);
    for query in [
        "?limit=CANARY",
        "?after=-1",
        "?operation=CANARY",
        "?colour=CANARY",
    ] {
        let path = format!("/_sandbox/journal{query}");
        let refused = answered(zendesk.request(Method::GET, &path)).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(!refused.text.contains("CANARY"), "{}", refused.text);
    }
    let cleared = answered(zendesk.request(Method::DELETE, "/_sandbox/journal")).await;
    assert_eq!(cleared.status, StatusCode::NO_CONTENT);
    zendesk.get(CLIENTS).await;
    assert_eq!(numbers("").await, [7]);
}

#[tokio::test]
async fn at_most_a_thousand_requests_are_remembered() {
    let zendesk = Zendesk::start().await;
    for _ in 0..1_001 {
        answered(zendesk.request(Method::GET, "/api/")).await;
    }
    let journal = zendesk.sandbox.journal();
    assert_eq!((journal.len(), journal[0].number), (1_000, 2));
}

#[tokio::test]
async fn nothing_that_callers_sent_in_confidence_is_printed() {
    let zendesk = Zendesk::start().await;
    let send = |method: Method, path: &str| {
        let request = zendesk.request(method, path);
        let request = request.header("x-anything", "CANARY-header");
        request.header("cookie", "_zendesk_session=CANARY-session")
    };
    let bearer = "CANARY-bearer";
    let json = json!({
        "client": { "name": ["CANARY".len()], "secret": "CANARY-secret", "x": [{ "y": "CANARY-y" }] },
        "refresh_token": "CANARY-refresh",
        "redirect_uri": "https://CANARY-user:CANARY-password@localhost/back?code=CANARY-code#CANARY-end",
    });
    let form = "client_secret=CANARY-secret&code=CANARY-code&CANARY-alone&redirect_uri=CANARY-uri";
    let long = format!("{{\"token\":\"{}\"}}", "CANARY".repeat(4_000));
    for path in [
        "/api/v2/oauth/clients?token=CANARY-query&CANARY-alone&page%5Bafter%5D=CANARY-cursor",
        "/api/v2/oauth/clients/CANARY-id",
        "/api/v2/oauth/clients/CANARY-id.json",
        "/api/v2/CANARY-path/CANARY%20path?%ff=CANARY",
        "/api/v2/chat/oauth/tokens/CANARY-id",
        "/api/services/zis/CANARY-id/x",
        "/oauth/tokens?code=CANARY-code",
        "/CANARY-path",
    ] {
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
            answered(send(method.clone(), path).bearer_auth(bearer).json(&json)).await;
            let typed = |kind| send(method.clone(), path).header("content-type", kind);
            answered(typed("application/x-www-form-urlencoded").body(form)).await;
            answered(typed("text/plain").body("CANARY-text")).await;
            answered(typed("application/json").body("{CANARY-json")).await;
            answered(typed("application/json").body(long.clone())).await;
            answered(send(method, path).basic_auth("CANARY-user", Some("CANARY-password"))).await;
        }
        let method = Method::from_bytes(b"CANARY").expect("a token is a method");
        answered(send(method, path)).await;
    }
    let journal = zendesk.sandbox.journal();
    assert_eq!(journal.len(), 8 * 25);
    let mut printed = String::new();
    printed.push_str(&format!(
        "{journal:?} {:?} {:?}",
        zendesk.sandbox,
        zendesk.sandbox.faults()
    ));
    printed.push_str(&serde_json::to_string(&journal).expect("entries are JSON"));
    for path in [
        "",
        "/",
        "/journal",
        "/faults",
        "/snapshots",
        "/switches",
        "/clock",
    ] {
        let path = format!("/_sandbox{path}");
        printed.push_str(&answered(zendesk.request(Method::GET, &path)).await.text);
    }
    let before = printed.split("CANARY").next().unwrap_or_default();
    let near: String = before.chars().rev().take(80).collect();
    let near: String = near.chars().rev().collect();
    assert_eq!(before.len(), printed.len(), "after {near}");
    assert!(printed.contains("refresh_token"));
}

#[tokio::test]
async fn a_secret_of_the_sandbox_is_hidden_wherever_it_turns_up() {
    let zendesk = Zendesk::start().await;
    let created = zendesk
        .admin(
            Method::POST,
            CLIENTS,
            Some(json!({ "client": { "name": "N", "identifier": "new" } })),
        )
        .await
        .json();
    let secret = created["client"]["secret"]
        .as_str()
        .expect("a secret")
        .to_owned();
    let credentials = zendesk.credentials();
    let known = [
        secret,
        credentials.admin_token.clone(),
        credentials.expired_token.clone(),
        credentials.api_token.clone(),
        credentials.admin_session.clone(),
    ];
    for value in &known {
        let client =
            json!({ "client": { "name": value, "identifier": format!("x {value}"), value: 1 } });
        zendesk.admin(Method::POST, CLIENTS, Some(client)).await;
        zendesk
            .get(&format!("/api/{value}?name={value}&{value}=1"))
            .await;
    }
    let printed = format!("{:?}", zendesk.sandbox.journal());
    for value in &known {
        assert!(!printed.contains(value.as_str()));
    }
    assert!(printed.contains("[redacted]"));
}

#[tokio::test]
async fn an_exchange_in_hand_has_everything_and_prints_no_secret() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let exchanges = Arc::clone(&seen);
    let builder = Sandbox::builder().observer(move |exchange| {
        exchanges
            .lock()
            .expect("nobody panics")
            .push(exchange.clone());
    });
    let sandbox = builder.start().await.expect("a free port");
    for method in [&b"POST"[..], b"CANARY"] {
        let method = Method::from_bytes(method).expect("a token is a method");
        let url = format!("{}{CLIENTS}?token=CANARY-query", sandbox.url());
        let request = reqwest::Client::new().request(method, url);
        let request = request.bearer_auth("CANARY-bearer").body("CANARY-body");
        answered(request).await;
    }
    let seen = seen.lock().expect("nobody panics");
    assert_eq!(seen.len(), 2);
    assert_eq!(
        seen[0].request_headers["authorization"],
        "Bearer CANARY-bearer"
    );
    assert_eq!(
        seen[0].response_headers["date"],
        "Mon, 02 Nov 2026 09:00:00 GMT"
    );
    let printed = format!("{seen:?} {seen:#?} {sandbox:?}");
    assert!(!printed.contains("CANARY"), "{printed}");
}
