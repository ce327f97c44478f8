//! Fault rules.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{control, get, refused};
use crate::zendesk::Zendesk;

#[tokio::test]
async fn fault_rules_are_added_counted_and_removed() {
    let zendesk = Zendesk::start().await;
    let rule = json!({ "operation": "list_oauth_clients", "times": 1, "fault": { "status": 503 } });
    let added = control(&zendesk, Method::POST, "/faults", Some(rule.clone())).await;
    assert_eq!(
        (added.status, added.json()),
        (StatusCode::CREATED, json!({ "id": 1 }))
    );
    for status in [503, 200] {
        assert_eq!(zendesk.get("/api/v2/oauth/clients").await.status, status);
    }
    let expected = json!([{ "id": 1, "rule": rule, "matched": 2, "struck": 1 }]);
    assert_eq!(get(&zendesk, "/faults").await["faults"], expected);
    control(&zendesk, Method::POST, "/faults", Some(rule)).await;
    let removed = control(&zendesk, Method::DELETE, "/faults/1", None).await;
    assert_eq!(
        (removed.status, removed.text.as_str()),
        (StatusCode::NO_CONTENT, "")
    );
    for path in ["/faults/1", "/faults/CANARY"] {
        refused(&zendesk, Method::DELETE, path, "", StatusCode::NOT_FOUND).await;
    }
    assert_eq!(get(&zendesk, "/faults").await["faults"][0]["id"], 2);
    control(&zendesk, Method::DELETE, "/faults", None).await;
    assert_eq!(get(&zendesk, "/faults").await, json!({ "faults": [] }));
}

#[tokio::test]
async fn fault_rules_that_make_no_sense_are_refused() {
    let zendesk = Zendesk::start().await;
    for (body, said) in [
        (r#"{"fault":{"status":99}}"#, "200 to 999"),
        (r#"{"fault":{"colour":"CANARY"}}"#, "no member colour"),
        (r#"{"fault":{"status":"CANARY"}}"#, "fault.status"),
        (r#"{"operation":"CANARY","fault":{}}"#, "no such operation"),
        (
            r#"{"operation":"list_oauth_clients"}"#,
            "missing field `fault`",
        ),
        (r#"{"fault":{"headers":{"a b":"CANARY"}}}"#, "a header"),
        (r#"{"fault":{}}"#, "without any member"),
        (r#"{"fault":{"reset":true,"status":503}}"#, "after `reset`"),
    ] {
        let error = refused(
            &zendesk,
            Method::POST,
            "/faults",
            body,
            StatusCode::BAD_REQUEST,
        )
        .await;
        assert!(error.contains(said), "{error}");
    }
    assert!(zendesk.sandbox.faults().list().is_empty());
}
