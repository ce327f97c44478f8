//! The tour against sandboxes that go wrong.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use zendesk_oauth_sandbox::{Fault, FaultRule, Sandbox, SandboxBuilder, Switches};

use super::colour::Colours;

fn builder() -> SandboxBuilder {
    let mut switches = Switches::default();
    switches.apply("unattended").unwrap();
    Sandbox::builder().switches(switches)
}

/// What the tour prints when that operation goes wrong.
async fn told(operation: &str, fault: Fault) -> String {
    let sandbox = builder().start().await.unwrap();
    let mut rule = FaultRule::default();
    rule.operation = Some(operation.to_owned());
    rule.fault = fault;
    sandbox.faults().add(rule).unwrap();
    let report = super::driven(&sandbox).await.unwrap();
    assert!(!report.is_complete());
    report.text(Colours::off())
}

#[tokio::test]
async fn an_operation_that_fails_is_named() {
    let text = told("list_oauth_clients", Fault::status(503)).await;
    assert!(
        text.contains("\nlist_oauth_clients\n    expected: 200\n    came:     "),
        "{text}"
    );
    assert!(!text.contains("25 of 25"), "{text}");
}

#[tokio::test]
async fn an_answer_that_is_not_what_was_asked_for_is_named() {
    let body =
        json!({ "client": { "id": 1, "identifier": "CANARY-identifier", "name": "CANARY-name" } });
    let text = told("update_oauth_client", Fault::default().with_body(body)).await;
    let deviation = "\nupdate_oauth_client\n    expected: the new name\n    came:     another\n";
    assert!(text.contains(deviation), "{text}");
    assert!(!text.contains("CANARY"), "{text}");
}

#[tokio::test]
async fn what_cannot_be_driven_is_named() {
    let text = told("create_oauth_client", Fault::reset()).await;
    for operation in [
        "create_oauth_client",
        "delete_oauth_client",
        "create_zis_oauth_token",
    ] {
        assert!(
            text.contains(&format!("\n{operation}\n    expected: ")),
            "{text}"
        );
    }
}

#[tokio::test]
async fn without_a_token_what_needs_it_is_named() {
    let body = json!({ "error": "invalid_client", "error_description": "CANARY-description" });
    let fault = Fault::status(401).with_body(body);
    let text = told("create_token_for_grant_type", fault).await;
    for operation in [
        "create_token_for_grant_type",
        "show_current_support_oauth_token",
        "revoke_current_support_oauth_token",
    ] {
        assert!(
            text.contains(&format!("\n{operation}\n    expected: ")),
            "{text}"
        );
    }
    assert!(!text.contains("CANARY"), "{text}");
}

#[tokio::test]
async fn a_token_that_outlives_its_revocation_is_named() {
    for operation in [
        "revoke_support_oauth_token",
        "revoke_current_support_oauth_token",
    ] {
        let text = told(operation, Fault::status(204)).await;
        let deviation = format!("\n{operation}\n    expected: a refusal with 40");
        assert!(text.contains(&deviation), "{text}");
    }
}

/// Members of requests and answers whose values are secrets, and those of queries.
const SECRET: [&str; 10] = [
    "access_token",
    "client_secret",
    "code",
    "flow_token",
    "full_token",
    "redirect_url",
    "refresh_token",
    "secret",
    "token",
    "verification_code",
];

/// Puts the texts of all secret members into `found`.
fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) if SECRET.contains(&name.as_str()) => {
                        found.insert(text.trim_start_matches("...").to_owned());
                    }
                    _ => collect(value, found),
                }
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn no_secret_of_the_wire_is_printed() {
    let secrets = Arc::new(Mutex::new(BTreeSet::new()));
    let seen = Arc::clone(&secrets);
    let builder = builder().observer(move |exchange| {
        let mut seen = seen.lock().unwrap();
        for body in [&exchange.request_body, &exchange.response_body] {
            if let Ok(value) = serde_json::from_slice(body) {
                collect(&value, &mut seen);
            }
        }
        let url = format!("http://sandbox{}", exchange.uri);
        let url = reqwest::Url::parse(&url).unwrap();
        let pairs = url
            .query_pairs()
            .filter(|(name, _)| SECRET.contains(&&**name));
        seen.extend(pairs.map(|(_, value)| value.into_owned()));
    });
    let sandbox = builder.start().await.unwrap();
    let report = super::driven(&sandbox).await.unwrap();
    let text = report.text(Colours::off());
    let secrets = secrets.lock().unwrap();
    assert!(secrets.len() > 20, "{}", secrets.len());
    for secret in secrets.iter() {
        assert!(secret.len() > 5 && !text.contains(secret), "{text}");
    }
}
