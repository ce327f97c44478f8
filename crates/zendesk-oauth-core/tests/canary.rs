//! A canary in every place that can hold a secret, every way for a call to end, and everything that
//! prints: it is nowhere.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Debug;

use common::generated::{Client, Thing};
use common::{TOKEN, client};
use zendesk_oauth_core::client::{ClientHooks, ClientInfo, OperationInfo};
use zendesk_oauth_core::{Credentials, Redacted, RetryPolicy, Secret, Transport};
use zendesk_oauth_tests::{Loopback, printed};

const CANARY: &str = "CANARY";
const HEADERS: &str = "x-request-id: not an id: CANARY-1\r\nset-cookie: CANARY-2\r\nlocation: https://a.example/?code=CANARY-3\r\n\
                       www-authenticate: Bearer CANARY-4\r\nretry-after: CANARY-5\r\ncontent-type: CANARY/6\r\n";

fn absent(text: &str) {
    assert!(!text.contains(CANARY), "{text}");
}

fn debugs(value: &impl Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

fn thing() -> Thing {
    let json =
        r#"{"id": 1, "secret": "CANARY-7", "created_at": null, "new": {"deep": ["CANARY-8"]}}"#;
    serde_json::from_str(json).unwrap()
}

/// Making an HTTP client reads the system's certificates: once is enough.
fn client_on(http: &reqwest::Client, base_url: &str) -> Client {
    let builder = Transport::builder(base_url)
        .http_client(http.clone())
        .retry_policy(RetryPolicy::never());
    Client::new(
        builder
            .credentials(Credentials::bearer(TOKEN))
            .build()
            .unwrap(),
    )
}

/// The answers of servers that put what they know into every corner.
fn answers() -> Vec<String> {
    let bodies = [
        r#"{"id": 1, "secret": "CANARY-9", "new": "CANARY-10"}"#,
        r#"{"id": "CANARY-11", "secret": "CANARY-12"}"#,
        r#"{"id": 1, "secret": ["CANARY-13"]}"#,
        r#"{"CANARY-14": "CANARY-15"}"#,
        r#"{"error": "CANARY-16", "description": "CANARY-17", "details": {"CANARY-18": [{"error": "CANARY-19"}]}}"#,
        r#"{"error": "invalid_grant", "error_description": "code CANARY-20 is used"}"#,
        r#"{"error": {"title": "CANARY-21", "message": "CANARY-22"}}"#,
        r#"{"errors": [{"code": "CANARY-23", "title": "CANARY-24", "detail": "CANARY-25"}]}"#,
        r#""CANARY-26""#,
        "CANARY-27 Couldn't authenticate you",
        "<html>CANARY-28",
        "{\"secret\": \"CANARY-29",
    ];
    let statuses = [
        "200 OK",
        "201 CANARY-30",
        "204 No Content",
        "302 Found",
        "307 Temporary Redirect",
        "400 CANARY-31",
        "401 Unauthorized",
        "404 Not Found",
        "422 X",
        "429 X",
        "500 X",
        "503 X",
        "599 CANARY-32",
    ];
    let mut answers = Vec::new();
    for status in statuses {
        // Written out: the reason phrase may be a secret too, and a body may follow 204.
        let answer = |length: usize, body: &str| {
            format!(
                "HTTP/1.1 {status}\r\n{HEADERS}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
            )
        };
        answers.extend(bodies.iter().map(|body| answer(body.len(), body)));
        answers.push(answer(99, "CANARY-33"));
    }
    answers.extend(
        [
            "",
            "CANARY-34\r\n\r\n",
            "HTTP/1.1 CANARY-35\r\n\r\n",
            "HTTP/1.1 200 OK\r\nCANARY 36: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: CANARY-37\r\n\r\n",
        ]
        .map(str::to_owned),
    );
    answers
}

#[tokio::test]
async fn no_way_for_a_call_to_end_prints_a_secret() {
    let http = client("http://localhost").client;
    for text in answers() {
        let server = Loopback::answering(text).await;
        let client = client_on(&http, &server.url());
        match client.show_thing("CANARY-id", Some("CANARY-code")).await {
            Ok(value) => absent(&(debugs(&value) + &Redacted(value.as_ref()).to_string())),
            Err(error) => absent(&printed(&error)),
        }
        match client.create_thing(&thing()).await {
            Ok(value) => absent(&(debugs(&value) + &Redacted(value.as_ref()).to_string())),
            Err(error) => absent(&printed(&error)),
        }
        match client
            .start_redirect(&BTreeMap::from([("secret", "CANARY-form")]))
            .await
        {
            Ok(value) => absent(&(debugs(&value) + &Redacted(value.as_ref()).to_string())),
            Err(error) => absent(&printed(&error)),
        }
        match client.delete_thing(1).await {
            Ok(value) => absent(&debugs(&value)),
            Err(error) => absent(&printed(&error)),
        }
        let requests: Vec<_> = server.requests().iter().map(ToString::to_string).collect();
        assert_eq!(requests.len(), 4);
        assert!(requests[0].contains("CANARY-access-token") && requests[0].contains("CANARY-code"));
        assert!(requests[1].contains("CANARY-7") && requests[1].contains("CANARY-8"));
        assert!(requests[2].contains("CANARY-form"));
    }
}

#[tokio::test]
async fn call_errors_and_responses_print_no_secret_either() {
    let mut seen = (0, 0);
    let http = client("http://localhost").client;
    for text in answers() {
        let server = Loopback::answering(text).await;
        let client = client_on(&http, &server.url());
        let url = format!("{}/things/CANARY-id?code=CANARY-code", client.baseurl());
        let request = client.client().get(url).build().unwrap();
        match client
            .exec(
                request,
                &OperationInfo {
                    operation_id: "show_thing",
                },
            )
            .await
        {
            Ok(response) => {
                absent(&debugs(&response));
                seen.0 += 1;
            }
            Err(error) => {
                absent(&printed(&error));
                seen.1 += 1;
            }
        }
    }
    assert!(seen.0 > 100 && seen.1 > 10, "{seen:?}");
}

#[test]
fn values_print_no_secret() {
    let client = client("http://127.0.0.1:1");
    absent(&debugs(&client));
    absent(&debugs(&thing()));
    absent(&debugs(&Secret::from("CANARY")));
    absent(&debugs(&Redacted(&vec![Some(thing())])));
    // The canary is there, so that its absence above means something.
    assert!(serde_json::to_string(&thing()).unwrap().contains(CANARY));
}
