//! Answers that go wrong.

mod held;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use zendesk_oauth_sandbox::{Fault, FaultRule};

use crate::zendesk::{Answer, Zendesk, answered};

const CLIENTS: &str = "/api/v2/oauth/clients";

fn new_client(identifier: &str) -> Value {
    json!({ "client": { "name": "N", "identifier": identifier } })
}

/// A request whose caller sees no whole answer.
async fn fails(zendesk: &Zendesk, method: Method, body: Option<Value>) -> reqwest::Error {
    let token = &zendesk.credentials().admin_token;
    let mut request = zendesk.request(method, CLIENTS).bearer_auth(token);
    if let Some(body) = body {
        request = request.json(&body);
    }
    match request.send().await {
        Err(error) => error,
        Ok(response) => response.bytes().await.expect_err("no whole answer"),
    }
}

#[tokio::test]
async fn a_status_comes_instead_of_the_call() {
    let zendesk = Zendesk::start().await;
    let faults = zendesk.sandbox.faults();
    let rule = FaultRule::on("create_oauth_client", Fault::status(503)).times(1);
    faults.add(rule).unwrap();
    let create = || zendesk.admin(Method::POST, CLIENTS, Some(new_client("new")));
    let failed = create().await;
    assert_eq!(failed.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(failed.header("content-type").starts_with("text/html"));
    assert!(failed.text.contains("503 Service Unavailable"));
    assert!(failed.header("x-request-id").ends_with("-SBX"));
    assert_eq!(create().await.status, StatusCode::CREATED);
    assert_eq!(faults.list()[0].struck, 1);
}

#[tokio::test]
async fn body_and_headers_are_what_the_fault_says() {
    let zendesk = Zendesk::start().await;
    let faults = zendesk.sandbox.faults();
    let fault = Fault::status(422).with_body(json!({ "error": "RecordInvalid" }));
    let fault = fault
        .with_header("retry-after", "7")
        .with_header("date", "yesterday");
    faults.add(fault).unwrap();
    let answer = zendesk.get(CLIENTS).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.json(), json!({ "error": "RecordInvalid" }));
    assert_eq!(answer.header("retry-after"), "7");
    let dates: Vec<_> = answer.headers.get_all("date").iter().collect();
    assert_eq!(dates, ["yesterday"]);
    faults.clear();
    // Without a status, the call's own answer is dressed up.
    let dressed = Fault::default()
        .with_body("<html>")
        .with_header("x-rate-limit", "3");
    faults.add(dressed).unwrap();
    let answer = zendesk.get(CLIENTS).await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::OK, "<html>")
    );
    let limits: Vec<_> = answer.headers.get_all("x-rate-limit").iter().collect();
    assert_eq!(limits, ["3"]);
}

fn assert_recorded_429(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        answer.text,
        "Number of allowed API requests per minute exceeded"
    );
    for (name, value) in [
        ("retry-after", "1"),
        ("cache-control", "max-age=1,public"),
        ("x-rate-limit", "700"),
        ("x-rate-limit-remaining", "0"),
        ("ratelimit-limit", "700"),
        ("ratelimit-remaining", "0"),
        ("ratelimit-reset", "60"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
        assert_eq!(answer.headers.get_all(name).iter().count(), 1, "{name}");
    }
}

#[tokio::test]
async fn a_forced_429_has_the_recorded_headers() {
    let zendesk = Zendesk::start().await;
    let faults = zendesk.sandbox.faults();
    faults.add(Fault::status(429)).unwrap();
    assert_recorded_429(&zendesk.get(CLIENTS).await);
    faults.clear();
    let mut lost = Fault::lost_answer();
    lost.status = Some(429);
    faults.add(lost).unwrap();
    let body = Some(new_client("new"));
    assert_recorded_429(&zendesk.admin(Method::POST, CLIENTS, body).await);
    faults.clear();
    // A caller of the rule may know better.
    let other = Fault::status(429).with_header("x-rate-limit", "400");
    faults.add(other).unwrap();
    assert_eq!(zendesk.get(CLIENTS).await.header("x-rate-limit"), "400");
}

#[tokio::test]
async fn a_reset_is_a_broken_connection_and_no_change() {
    let zendesk = Zendesk::start().await;
    let faults = zendesk.sandbox.faults();
    faults
        .add(FaultRule::on("create_oauth_client", Fault::reset()).times(1))
        .unwrap();
    let body = || Some(new_client("new"));
    let error = fails(&zendesk, Method::POST, body()).await;
    assert!(error.is_request(), "{error:?}");
    let created = zendesk.admin(Method::POST, CLIENTS, body()).await;
    assert_eq!(created.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_truncated_answer_breaks_off() {
    let zendesk = Zendesk::start().await;
    let whole = zendesk.get(CLIENTS).await.text;
    for bytes in [0, 10, whole.len()] {
        let faults = zendesk.sandbox.faults();
        faults.clear();
        faults.add(Fault::truncated(bytes)).unwrap();
        let token = &zendesk.credentials().admin_token;
        let request = zendesk.request(Method::GET, CLIENTS).bearer_auth(token);
        let mut response = request.send().await.expect("a head");
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.content_length(), Some(whole.len() as u64));
        if bytes == whole.len() {
            assert_eq!(response.text().await.expect("all of it"), whole);
            continue;
        }
        let mut received = Vec::new();
        while let Ok(chunk) = response.chunk().await {
            received.extend_from_slice(&chunk.expect("no end"));
        }
        assert_eq!(received, whole.as_bytes()[..bytes]);
    }
}

#[tokio::test]
async fn a_forced_answer_breaks_off_as_well() {
    let zendesk = Zendesk::start().await;
    let whole = "short and stout";
    let mut fault = Fault::status(418).with_body(whole);
    fault.truncate = Some(5);
    let mut lost = fault.clone();
    lost.lose_answer = true;
    for fault in [fault, lost] {
        let faults = zendesk.sandbox.faults();
        faults.clear();
        faults.add(fault).unwrap();
        let token = &zendesk.credentials().admin_token;
        let request = zendesk.request(Method::GET, CLIENTS).bearer_auth(token);
        let mut response = request.send().await.expect("a head");
        assert_eq!(response.status(), 418);
        assert_eq!(response.content_length(), Some(whole.len() as u64));
        let mut received = Vec::new();
        while let Ok(chunk) = response.chunk().await {
            received.extend_from_slice(&chunk.expect("no end"));
        }
        assert_eq!(received, b"short");
    }
}

/// Sends two requests at once on one connection, and returns both heads and whatever else there is.
async fn two_at_once(zendesk: &Zendesk, first: &str) -> String {
    let token = &zendesk.credentials().admin_token;
    let address = zendesk.sandbox.url().trim_start_matches("http://");
    let head = format!("HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n");
    let both = format!(
        "{first} {head}\r\nHEAD {CLIENTS} {head}x-sandbox-fault: 299\r\nconnection: close\r\n\r\n"
    );
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream
        .write_all(both.as_bytes())
        .await
        .expect("bytes are taken");
    let mut answers = String::new();
    stream.read_to_string(&mut answers).await.expect("answers");
    answers
}

#[tokio::test]
async fn answers_without_a_body_keep_the_framing_whatever_the_fault() {
    let zendesk = Zendesk::start().await;
    let faults = zendesk.sandbox.faults();
    let created = zendesk
        .admin(Method::POST, CLIENTS, Some(new_client("new")))
        .await;
    let path = format!("{CLIENTS}/{}", created.json()["client"]["id"]);
    let length = zendesk.get(&path).await.text.len();

    faults.add(Fault::truncated(2)).unwrap();
    let answers = two_at_once(&zendesk, &format!("HEAD {path}")).await;
    let (first, second) = answers.split_once("HTTP/1.1 299 ").expect("two answers");
    assert!(first.starts_with("HTTP/1.1 200 "), "{answers}");
    assert!(
        first.contains(&format!("content-length: {length}\r\n")),
        "{answers}"
    );
    assert!(
        first.ends_with("\r\n\r\n") && second.ends_with("\r\n\r\n"),
        "{answers}"
    );

    for fault in [Fault::truncated(2), Fault::default().with_body("hello")] {
        faults.clear();
        let body = Some(new_client("other"));
        let other = zendesk.admin(Method::POST, CLIENTS, body).await.json();
        faults.add(fault).unwrap();
        let path = format!("{CLIENTS}/{}", other["client"]["id"]);
        let answers = two_at_once(&zendesk, &format!("DELETE {path}")).await;
        let (first, _) = answers.split_once("HTTP/1.1 299 ").expect("two answers");
        assert!(first.starts_with("HTTP/1.1 204 "), "{answers}");
        assert!(first.ends_with("\r\n\r\n"), "{answers}");
        for absent in ["content-length", "content-type"] {
            assert!(!first.contains(absent), "{answers}");
        }
    }
}

#[tokio::test]
async fn members_that_make_each_other_void_are_refused() {
    let zendesk = Zendesk::start().await;
    for value in [
        "{}",
        r#"{"reset": true, "status": 503}"#,
        r#"{"reset": true, "body": "x"}"#,
        r#"{"reset": true, "headers": {"a": "b"}}"#,
        r#"{"reset": true, "truncate": 1}"#,
        r#"{"reset": true, "lose_answer": true}"#,
        r#"{"lose_answer": true, "truncate": 1}"#,
        r#"{"lose_answer": true, "body": "x"}"#,
        r#"{"lose_answer": true, "headers": {"a": "b"}}"#,
        r#"{"status": 204, "body": "hello"}"#,
        r#"{"status": 304, "truncate": 1}"#,
        r#"{"status": 503, "headers": {"Content-Length": "7"}}"#,
        r#"{"status": 503, "headers": {"transfer-encoding": "chunked"}}"#,
    ] {
        let token = &zendesk.credentials().admin_token;
        let request = zendesk.request(Method::GET, CLIENTS).bearer_auth(token);
        let refused = answered(request.header("x-sandbox-fault", value)).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{value}");
        let fault: Fault = serde_json::from_str(value).unwrap();
        let refused = zendesk.sandbox.faults().add(fault);
        assert!(refused.is_err(), "{value}");
    }
    for value in [
        r#"{"reset": true, "latency_ms": 1}"#,
        r#"{"lose_answer": true, "status": 503, "body": "x", "headers": {"a": "b"}}"#,
        r#"{"truncate": 1, "body": "hello"}"#,
        r#"{"status": 204}"#,
        r#"{"latency_ms": 0}"#,
    ] {
        let fault: Fault = serde_json::from_str(value).unwrap();
        let taken = zendesk.sandbox.faults().add(fault);
        assert!(taken.is_ok(), "{value}");
    }
}

#[tokio::test]
async fn a_lost_answer_leaves_the_change() {
    let zendesk = Zendesk::start().await;
    let rule = FaultRule::on("create_oauth_client", Fault::lost_answer()).times(1);
    zendesk.sandbox.faults().add(rule).unwrap();
    let body = || Some(new_client("new"));
    fails(&zendesk, Method::POST, body()).await;
    let again = zendesk.admin(Method::POST, CLIENTS, body()).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let listed = zendesk.get(CLIENTS).await.json();
    let mut clients = listed["clients"].as_array().expect("a list").iter();
    assert!(clients.any(|client| client["identifier"] == "new"));
}

#[tokio::test]
async fn probability_and_the_nth_call_repeat_with_the_seed() {
    async fn struck(random: u64) -> Vec<bool> {
        let zendesk = Zendesk::of(zendesk_oauth_sandbox::Sandbox::builder().random(random)).await;
        let rule = FaultRule::from(Fault::status(503)).probability(0.5);
        zendesk.sandbox.faults().add(rule).unwrap();
        let mut struck = Vec::new();
        for _ in 0..32 {
            struck.push(zendesk.get(CLIENTS).await.status == 503);
        }
        struck
    }
    let first = struck(1).await;
    assert_eq!(first, struck(1).await);
    assert_ne!(first, struck(2).await);
    assert!(first.contains(&true) && first.contains(&false));

    let zendesk = Zendesk::start().await;
    let rule = FaultRule::on("list_oauth_clients", Fault::status(503)).nth(2);
    zendesk.sandbox.faults().add(rule).unwrap();
    zendesk.get("/api/v2/users/me/oauth/clients").await;
    for status in [200, 503, 200] {
        assert_eq!(zendesk.get(CLIENTS).await.status, status);
    }
}

#[tokio::test]
async fn a_header_forces_the_answer_of_one_call() {
    let zendesk = Zendesk::start().await;
    let forced = |value: &'static str| {
        let token = &zendesk.credentials().admin_token;
        let request = zendesk.request(Method::GET, CLIENTS).bearer_auth(token);
        answered(request.header("x-sandbox-fault", value))
    };
    assert_eq!(forced("503").await.status, StatusCode::SERVICE_UNAVAILABLE);
    let answer = forced(r#"{"status": 418, "body": "short and stout"}"#).await;
    assert_eq!(
        (answer.status.as_u16(), answer.text.as_str()),
        (418, "short and stout")
    );
    for value in [
        r#"{"status": "CANARY"}"#,
        "CANARY",
        r#"{"colour": "CANARY"}"#,
        "99",
    ] {
        let refused = forced(value).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(!refused.text.contains("CANARY"), "{}", refused.text);
    }
    assert_eq!(zendesk.get(CLIENTS).await.status, StatusCode::OK);
    let journal = zendesk.sandbox.journal();
    assert_eq!(journal.iter().filter(|it| it.forced).count(), 6);
}
