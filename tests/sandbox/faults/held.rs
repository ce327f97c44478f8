//! Calls that a fault holds up, and what they hold meanwhile.

use std::sync::Arc;

use reqwest::{Method, StatusCode};
use serde_json::json;
use zendesk_oauth_sandbox::{Fault, FaultRule};

use super::{CLIENTS, new_client};
use crate::zendesk::{Zendesk, answered};

/// Waits for something that other tasks bring about.
async fn until(condition: impl Fn() -> bool) {
    while !condition() {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn latency_holds_a_call_and_nobody_else() {
    let zendesk = Arc::new(Zendesk::start().await);
    let rule = FaultRule::on("create_oauth_client", Fault::latency_ms(60_000)).nth(1);
    zendesk.sandbox.faults().add(rule).unwrap();
    let held = {
        let zendesk = Arc::clone(&zendesk);
        let body = Some(new_client("new"));
        tokio::spawn(async move { zendesk.admin(Method::POST, CLIENTS, body).await })
    };
    until(|| zendesk.sandbox.faults().list()[0].struck == 1).await;
    assert_eq!(zendesk.sandbox.in_flight(), 1);
    assert_eq!(zendesk.get(CLIENTS).await.status, StatusCode::OK);
    let root = answered(zendesk.request(Method::GET, "/_sandbox/")).await;
    assert_eq!(root.json()["in_flight"], 1);

    // Another of the same name collides with it, as long as it is under way.
    let create = |identifier| zendesk.admin(Method::POST, CLIENTS, Some(new_client(identifier)));
    assert_eq!(create("other").await.status, StatusCode::CREATED);
    let collided = create("new").await;
    assert_eq!(collided.status, StatusCode::CONFLICT);
    assert!(collided.header("content-type").starts_with("text/plain"));
    held.abort();
    until(|| zendesk.sandbox.in_flight() == 0).await;
    assert_eq!(create("new").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_client_is_the_same_however_its_id_is_written() {
    let zendesk = Arc::new(Zendesk::start().await);
    let created = zendesk.admin(Method::POST, CLIENTS, Some(new_client("new")));
    let id = created.await.json()["client"]["id"].to_string();
    let rule = FaultRule::on("update_oauth_client", Fault::latency_ms(60_000)).nth(1);
    zendesk.sandbox.faults().add(rule).unwrap();
    let renamed = || Some(json!({ "client": { "name": "M" } }));
    let held = {
        let (zendesk, path) = (Arc::clone(&zendesk), format!("{CLIENTS}/{id}"));
        tokio::spawn(async move { zendesk.admin(Method::PUT, &path, renamed()).await })
    };
    until(|| zendesk.sandbox.faults().list()[0].struck == 1).await;
    for written in [
        id.clone(),
        format!("+{id}"),
        format!("0{id}"),
        format!("{id}.json"),
    ] {
        let path = format!("{CLIENTS}/{written}");
        let collided = zendesk.admin(Method::PUT, &path, renamed()).await;
        assert_eq!(collided.status, StatusCode::CONFLICT, "{written}");
    }
    held.abort();
}

#[tokio::test]
async fn what_was_held_takes_place_in_the_end() {
    let zendesk = Zendesk::start().await;
    let rule = FaultRule::on("create_oauth_client", Fault::latency_ms(1));
    zendesk.sandbox.faults().add(rule).unwrap();
    let created = zendesk
        .admin(Method::POST, CLIENTS, Some(new_client("new")))
        .await;
    assert_eq!(created.status, StatusCode::CREATED);
}
