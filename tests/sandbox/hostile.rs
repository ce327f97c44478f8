//! Bad input: a documented 4xx each, never a 500, never a stop.

use std::time::Duration;

use reqwest::{Method, StatusCode, header::CONTENT_TYPE};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use zendesk_oauth_sandbox::Sandbox;

use crate::zendesk::{Answer, Zendesk, answered};

const CLIENTS: &str = "/api/v2/oauth/clients";

async fn posted(zendesk: &Zendesk, content_type: &str, body: impl Into<reqwest::Body>) -> Answer {
    let token = zendesk.credentials().admin_token.clone();
    let request = zendesk.request(Method::POST, CLIENTS).bearer_auth(token);
    answered(request.header(CONTENT_TYPE, content_type).body(body)).await
}

/// Sends bytes as they are, and reads until the other side closes.
async fn raw(zendesk: &Zendesk, bytes: &[u8]) -> String {
    let address = zendesk.sandbox.url().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(bytes).await.expect("bytes are taken");
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    tokio::time::timeout(Duration::from_secs(60), read)
        .await
        .expect("the connection ends")
        .expect("an answer");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn bodies_that_are_not_json_of_the_right_form_are_refused() {
    let zendesk = Zendesk::start().await;
    let deep = "[".repeat(100_000);
    for body in [
        "",
        "{",
        "null",
        "[]",
        "\"client\"",
        "{\"client\":null}",
        "{\"client\":[]}",
        "{\"client\":{\"name\":1,\"identifier\":\"a\"}}",
        "{\"client\":{\"name\":\"CANARY\",\"identifier\":{}}}",
        "{\"client\":{\"redirect_uri\":\"https://example.com\"}}",
        "{\"client\":{\"redirect_uri\":[1]}}",
        "{\"client\":{\"user_id\":99999999999999999999}}",
        "{\"client\":{\"user_id\":1.5}}",
        "{\"client\":{\"name\":\"\u{0}",
        deep.as_str(),
    ] {
        let refused = posted(&zendesk, "application/json", body.to_owned()).await;
        assert_eq!(
            refused.status,
            StatusCode::BAD_REQUEST,
            "{}",
            &body[..body.len().min(60)]
        );
        assert!(!refused.text.contains("CANARY"));
    }
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "", "é"] {
        let body = "{\"client\":{\"name\":\"n\",\"identifier\":\"i\"}}";
        let refused = posted(&zendesk, content_type, body).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{content_type}");
        assert_eq!(refused.text, "Required parameter missing: client");
    }
    let not_utf8 = b"{\"client\":{\"name\":\"\xff\xfe\",\"identifier\":\"i\"}}".to_vec();
    let refused = posted(&zendesk, "application/json", not_utf8).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_body_over_the_limit_is_too_large_however_it_comes() {
    let zendesk = Zendesk::of(Sandbox::builder().body_limit(1_000)).await;
    let long = format!("{{\"client\":{{\"name\":\"{}\"}}}}", "x".repeat(1_000));
    let refused = posted(&zendesk, "application/json", long).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    let token = zendesk.credentials().admin_token.clone();
    let head = format!(
        "POST {CLIENTS} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\nconnection: close\r\n"
    );
    let chunk = "y".repeat(2_000);
    let chunked = format!("{head}transfer-encoding: chunked\r\n\r\n7d0\r\n{chunk}\r\n0\r\n\r\n");
    let answer = raw(&zendesk, chunked.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    let announced = format!("{head}content-length: 99999999999\r\n\r\n");
    let answer = raw(&zendesk, announced.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

#[tokio::test]
async fn who_is_still_sending_too_much_learns_that_it_is_too_much() {
    let zendesk = Zendesk::start().await;
    let token = zendesk.credentials().admin_token.clone();
    let head = format!(
        "POST {CLIENTS} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\nconnection: close\r\n"
    );
    for length in [3_000_000, 20_000_000] {
        let body = "y".repeat(length);
        let announced = format!("{head}content-length: {length}\r\n\r\n{body}");
        let chunked =
            format!("{head}transfer-encoding: chunked\r\n\r\n{length:x}\r\n{body}\r\n0\r\n\r\n");
        for request in [announced, chunked] {
            let answer = raw(&zendesk, request.as_bytes()).await;
            assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
            assert!(answer.ends_with("Request Entity Too Large"), "{answer}");
        }
    }
    // Who asks first need not send anything.
    let asking = format!("{head}content-length: 3000000\r\nexpect: 100-continue\r\n\r\n");
    let answer = raw(&zendesk, asking.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    let error = format!(
        "POST /_sandbox/faults HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
         content-length: 3000000\r\n\r\n{}",
        "y".repeat(3_000_000)
    );
    let answer = raw(&zendesk, error.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

#[tokio::test]
async fn ids_that_are_no_ids_are_refused() {
    let zendesk = Zendesk::start().await;
    for id in [
        "abc",
        "1.5",
        "9223372036854775808",
        "-",
        "%FF",
        "%00",
        "1%2F2",
        "١",
    ] {
        for method in [Method::GET, Method::PUT, Method::DELETE] {
            let refused = zendesk
                .admin(method, &format!("{CLIENTS}/{id}"), None)
                .await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{id}");
        }
        let secret = format!("{CLIENTS}/{id}/generate_secret");
        let refused = zendesk.admin(Method::PUT, &secret, None).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{id}");
    }
    for id in ["0", "-1", "9223372036854775807"] {
        let refused = zendesk.get(&format!("{CLIENTS}/{id}")).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{id}");
    }
}

#[tokio::test]
async fn paths_that_are_no_paths_are_not_found() {
    let zendesk = Zendesk::start().await;
    for path in [
        "//api/v2/oauth/clients",
        "/api/v2/oauth/clients/",
        "/api/v2/%2e%2e/x",
        "/%00",
        "/*",
    ] {
        let refused = zendesk.get(path).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn what_is_not_http_does_not_stop_it() {
    let zendesk = Zendesk::start().await;
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nbad header\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let answer = raw(&zendesk, bytes).await;
        let refused = answer.is_empty() || answer.starts_with("HTTP/1.1 4");
        assert!(refused, "{answer}");
    }
    assert_eq!(zendesk.get(CLIENTS).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_body_that_breaks_off_changes_nothing() {
    let zendesk = Zendesk::start().await;
    let before = zendesk.get(CLIENTS).await.json()["count"].clone();
    let token = zendesk.credentials().admin_token.clone();
    let address = zendesk
        .sandbox
        .url()
        .trim_start_matches("http://")
        .to_owned();
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let request = format!(
        "POST {CLIENTS} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: 500\r\n\r\n{{\"client\":"
    );
    stream
        .write_all(request.as_bytes())
        .await
        .expect("bytes are taken");
    drop(stream);
    assert_eq!(zendesk.get(CLIENTS).await.json()["count"], before);
}

#[tokio::test]
async fn thousands_of_idle_connections_are_no_hindrance() {
    let zendesk = Zendesk::start().await;
    let address = zendesk
        .sandbox
        .url()
        .trim_start_matches("http://")
        .to_owned();
    let mut idle = Vec::new();
    // As many as the machine lets this process have, up to 2,000: each takes two descriptors here.
    for _ in 0..2_000 {
        match TcpStream::connect(&address).await {
            Ok(stream) => idle.push(stream),
            Err(_) => break,
        }
    }
    // Room for one more connection, on both sides.
    idle.truncate(idle.len().saturating_sub(4));
    assert!(idle.len() > 300, "{} connections only", idle.len());
    assert_eq!(zendesk.get(CLIENTS).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_strange_host_is_not_repeated_in_links() {
    let zendesk = Zendesk::start().await;
    let token = zendesk.credentials().admin_token.clone();
    let request = |host: &str| {
        format!(
            "GET {CLIENTS} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
        )
    };
    let answer = raw(&zendesk, request("a\"b").as_bytes()).await;
    assert!(!answer.contains("a\"b"), "{answer}");
    let answer = raw(&zendesk, request("zendesk.test:8080").as_bytes()).await;
    assert!(
        answer.contains("\"url\":\"http://zendesk.test:8080/api/v2/clients/"),
        "{answer}"
    );
}

#[tokio::test]
async fn head_changes_nothing() {
    let zendesk = Zendesk::start().await;
    let integration = zendesk.credentials().integration;
    for path in [
        format!("/api/services/zis/connections/refresh/{integration}?name=x"),
        format!(
            "/api/services/zis/connections/oauth/access_codes/{integration}?verification_code=x"
        ),
        "/oauth/authorizations/new".to_owned(),
    ] {
        let token = zendesk.credentials().zis_token;
        let request = zendesk.request(Method::HEAD, &path).bearer_auth(token);
        let refused = answered(request).await;
        assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
}

#[tokio::test]
async fn a_body_that_nobody_asked_for_is_ignored_however_long() {
    let zendesk = Zendesk::of(Sandbox::builder().body_limit(1_000)).await;
    let token = zendesk.credentials().admin_token;
    for path in [CLIENTS, "/api/v2/users/me/oauth/clients"] {
        let request = zendesk.request(Method::GET, path).bearer_auth(&token);
        let answer = answered(request.body("x".repeat(100_000))).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
    }
}
