//! The tour against sandboxes that go wrong.

use serde_json::json;
use zendesk_oauth_sandbox::{Fault, FaultRule, Sandbox, Switches};

use super::colour::Colours;

async fn sandbox() -> Sandbox {
    let mut switches = Switches::default();
    switches.apply("unattended").unwrap();
    let builder = Sandbox::builder().switches(switches);
    builder.start().await.unwrap()
}

/// What the tour prints when that operation goes wrong.
async fn told(operation: &str, fault: Fault) -> String {
    let sandbox = sandbox().await;
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
    assert!(!text.contains("15 of 15"), "{text}");
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
