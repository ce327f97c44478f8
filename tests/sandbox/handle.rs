//! The sandbox in the hands of its own process.

use std::io;

use reqwest::{Method, StatusCode};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use zendesk_oauth_sandbox::{Clock, Fault, Faults, Sandbox, Snapshot};

use crate::zendesk::Zendesk;

const CLIENTS: &str = "/api/v2/oauth/clients";

/// A connection on which one request was answered.
async fn connected(sandbox: &Sandbox) -> TcpStream {
    let address = sandbox.url().strip_prefix("http://").expect("plain HTTP");
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let request = format!("GET /api/ HTTP/1.1\r\nHost: {address}\r\n\r\n");
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it reads");
    let mut head = [0; 12];
    stream.read_exact(&mut head).await.expect("it answers");
    assert_eq!(&head, b"HTTP/1.1 401");
    stream
}

/// Returns when the other side has closed the connection.
async fn closed(mut stream: TcpStream) {
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
}

/// Whether nobody listens there: the port can be had.
fn is_free(address: &str) -> bool {
    let bound = std::net::TcpListener::bind(address);
    !matches!(bound, Err(error) if error.kind() == io::ErrorKind::AddrInUse)
}

#[tokio::test]
async fn dropping_the_handle_closes_port_and_connections() {
    let sandbox = Sandbox::builder().start().await.expect("a free port");
    let address = sandbox.url().trim_start_matches("http://").to_owned();
    let stream = connected(&sandbox).await;
    assert!(!is_free(&address));
    drop(sandbox);
    closed(stream).await;
    let refused = TcpStream::connect(&address).await;
    assert!(refused.is_err());
}

#[tokio::test]
async fn stopping_finishes_what_is_under_way() {
    let sandbox = Sandbox::builder().start().await.expect("a free port");
    let faults = sandbox.faults();
    faults.add(Fault::latency_ms(20)).expect("a rule");
    let request = reqwest::Client::new().get(format!("{}{CLIENTS}", sandbox.url()));
    let request = request.bearer_auth(&sandbox.credentials().admin_token);
    let under_way = tokio::spawn(request.send());
    while faults.list()[0].struck == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    let idle = connected(&sandbox).await;
    let address = sandbox.url().trim_start_matches("http://").to_owned();
    sandbox.stop().await.expect("the file is written");
    let answer = under_way.await.expect("no panic").expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    closed(idle).await;
    assert!(TcpStream::connect(&address).await.is_err());
}

#[tokio::test]
async fn clock_switches_and_profiles_are_in_hand() {
    let zendesk = Zendesk::start().await;
    let sandbox = &zendesk.sandbox;
    let clock = sandbox.clock();
    let at = |text: &str| text.parse::<jiff::Timestamp>().expect("an instant");
    clock.set(at("2027-04-30T00:00:00Z"));
    clock.advance(jiff::SignedDuration::from_secs(-1));
    assert_eq!(sandbox.clock().now(), at("2027-04-29T23:59:59Z"));
    clock.resume();
    assert!(sandbox.clock().is_running());
    clock.freeze();
    assert_eq!(
        (clock.is_running(), clock.now()),
        (false, sandbox.clock().now())
    );
    sandbox.apply_profile("strict").expect("a profile");
    assert_eq!(
        zendesk
            .get(&format!("{CLIENTS}?page[size]=101"))
            .await
            .status,
        400
    );
    sandbox.apply_profile("none").expect_err("no profile");
    sandbox
        .set_switch("page_size_over_100", "clamped")
        .expect("a switch");
    assert_eq!(
        zendesk
            .get(&format!("{CLIENTS}?page[size]=101"))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn many_sandboxes_know_nothing_of_each_other() {
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..20 {
        tasks.spawn(async move {
            let zendesk = Zendesk::start().await;
            let identifier = format!("client_{number}");
            let body = json!({ "client": { "name": "N", "identifier": identifier } });
            let created = zendesk.admin(Method::POST, CLIENTS, Some(body)).await;
            assert_eq!(created.status, StatusCode::CREATED);
            (zendesk, identifier)
        });
    }
    let all = tasks.join_all().await;
    for (zendesk, identifier) in &all {
        let listed = zendesk.get(CLIENTS).await.json();
        let clients = listed["clients"].as_array().expect("a list");
        let identifiers: Vec<_> = clients.iter().map(|it| it["identifier"].clone()).collect();
        let starter = [
            "sandbox_starter",
            "sandbox_app",
            "zis_my_integration",
            "zis_other_integration",
        ];
        assert_eq!(identifiers[..4], starter);
        assert_eq!(identifiers[4..], [identifier.as_str()]);
        assert_eq!(zendesk.sandbox.journal().len(), 2);
    }
}

#[test]
fn handles_can_go_to_other_threads() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Sandbox>();
    check::<Clock>();
    check::<Faults>();
    check::<Snapshot>();
}
