//! Who may call, and what does not reach the control API.

use reqwest::{Method, StatusCode};
use zendesk_oauth_sandbox::Fault;

use super::get;
use crate::zendesk::{Zendesk, answered};

#[tokio::test]
async fn pages_of_other_origins_and_strange_hosts_are_refused() {
    let zendesk = Zendesk::start().await;
    let own = zendesk.sandbox.url();
    let ask = |name: &'static str, value: &str| {
        let request = zendesk
            .request(Method::POST, "/_sandbox/reset")
            .header(name, value);
        answered(request)
    };
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:1"),
        ("sec-fetch-site", "cross-site"),
        ("host", "evil.example"),
        ("host", "evil.example:80"),
    ] {
        let answer = ask(name, value).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert!(!answer.text.contains("evil"), "{}", answer.text);
        assert!(answer.json()["error"].is_string());
        assert!(answer.header("x-request-id").ends_with("-CTL"));
    }
    for (name, value) in [
        ("origin", own),
        ("sec-fetch-site", "none"),
        ("host", "localhost"),
        ("host", "acme.localhost:80"),
        ("host", "host.docker.internal"),
        ("host", "zendesk:8080"),
        ("host", "[::1]:80"),
    ] {
        let answer = ask(name, value).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}: {value}");
    }
    // Zendesk itself has any name.
    let request = zendesk
        .request(Method::GET, "/api/v2/oauth/clients")
        .header("host", "acme.zendesk.com");
    assert_eq!(answered(request).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn faults_and_limits_do_not_reach_the_control_api() {
    let zendesk = Zendesk::start().await;
    zendesk.sandbox.faults().add(Fault::reset()).unwrap();
    zendesk.sandbox.set_switch("rate_limit", "1").unwrap();
    for _ in 0..3 {
        get(&zendesk, "/").await;
        let request = zendesk
            .request(Method::GET, "/_sandbox/clock")
            .header("x-sandbox-fault", "503");
        assert_eq!(answered(request).await.status, StatusCode::OK);
    }
    assert!(zendesk.sandbox.journal().is_empty());
    assert_eq!(zendesk.sandbox.faults().list()[0].matched, 0);
}
