//! A document with everything that the lint allows: its client compiles, and what it sends is right.
//!
//! After a change of the generator: `cargo xtask gen --root tests/rich`.

#![allow(missing_docs, reason = "a test has no readers of its API")]

#[rustfmt::skip]
#[allow(dead_code, missing_docs, unreachable_pub, unused_imports, clippy::all, clippy::pedantic)]
#[path = "crates/zendesk-rich/src/generated.rs"]
mod generated;

use std::path::Path;

use generated::{
    Client, OPERATIONS,
    types::{Form, Kind, Node},
};
use reqwest::Request;
use zendesk_oauth_core::{
    Credentials, Redacted, Timestamp, Transport,
    client::{CallError, ClientHooks, ClientInfo, OperationInfo, Response},
};
use zendesk_oauth_tests::{Loopback, answer};

impl ClientHooks<Transport> for Client {
    async fn exec(&self, request: Request, info: &OperationInfo) -> Result<Response, CallError> {
        self.inner().execute(OPERATIONS, request, info).await
    }
}

#[test]
fn the_generated_client_is_up_to_date() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rich"));
    let documents = xtask::outputs::read_documents(root).unwrap_or_else(|it| panic!("{it}"));
    xtask::lint::check_all(&documents).unwrap_or_else(|problems| panic!("{problems}"));
    let outputs = xtask::generate::generate(&documents[0]).unwrap_or_else(|it| panic!("{it}"));
    xtask::outputs::check(root, &outputs)
        .unwrap_or_else(|failure| panic!("{failure}, with --root tests/rich"));
}

#[tokio::test]
async fn parameters_of_every_place_are_sent_as_documented() {
    let body = br#"{"id": 1, "kinds": ["small", "odd"], "flow": "CANARY-flow", "type": "t", "a-b": "c", "1st": "x",
        "matrix": [[1]], "parent": {"id": 2, "kinds": [], "flow": "CANARY"}}"#;
    let server = Loopback::answering(answer(203, &[], body)).await;
    let client = Client::new(&server.url(), Credentials::none()).expect("a base URL");
    let call = client
        .show_node()
        .node_id(7)
        .kind(Kind::VeryLarge)
        .tags(vec!["a b".to_owned(), "c&d".to_owned()])
        .token("CANARY-token")
        .since(Timestamp::from("2026-11-22T00:00:00Z"))
        .x_mode("fast")
        .x_kind(Kind::from("second hand"));
    assert!(!format!("{call:?}").contains("CANARY"));
    let node = call.send().await.expect("a success");
    assert_eq!(node.kinds, [Kind::Small, Kind::Unknown("odd".to_owned())]);
    let printed = format!("{node:?} {}", Redacted(&*node));
    assert!(!printed.contains("CANARY"), "{printed}");
    let back: Node = node.into_inner();
    let back = serde_json::to_value(&back).expect("a node can be written");
    assert_eq!(
        back,
        serde_json::from_slice::<serde_json::Value>(body).expect("JSON")
    );

    let request = &server.requests()[0];
    assert_eq!(
        request.target,
        "/nodes/7/very-large.json?since=2026-11-22T00%3A00%3A00Z&tags=a+b&tags=c%26d&token=CANARY-token"
    );
    assert_eq!(request.header("x-mode"), Some("fast"));
    assert_eq!(request.header("x-kind"), Some("second hand"));
}

#[tokio::test]
async fn a_form_is_sent_as_a_form_without_defaults() {
    let server = Loopback::answering(answer(204, &[], b"")).await;
    let client = Client::new(&server.url(), Credentials::none()).expect("a base URL");
    let form = Form::builder()
        .grant_type(Kind::Small)
        .client_secret("CANARY=secret");
    assert!(!format!("{form:?}").contains("CANARY"));
    client
        .send_form()
        .body(form)
        .send()
        .await
        .expect("a success");
    let request = &server.requests()[0];
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(
        request.body,
        b"client_secret=CANARY%3Dsecret&grant_type=small"
    );
}
