//! A time that cannot be read is neither there nor missing.

use serde_json::json;

use super::{audit, found};
use crate::common::Stage;

#[test]
fn a_time_that_cannot_be_read_is_not_taken_for_none() {
    let tokens = json!({"tokens": [
        {"id": 7, "client_id": 4711, "scopes": ["read"], "created_at": "2025-01-01T00:00:00Z",
         "used_at": "yesterday", "expires_at": "2027-01-01T00:00:00Z"},
        {"id": 8, "client_id": 4711, "scopes": ["read"], "created_at": "2026-11-01T00:00:00Z",
         "used_at": "2026-11-01T00:00:00Z", "expires_at": "soon"},
    ], "meta": {"has_more": false}});
    let summaries = json!({"global_clients": [
        {"id": 203, "tokens_count": 1, "last_used_at": "last week"},
    ], "meta": {"has_more": false}});
    let faults = format!(
        "\nfaults:\n  - {{operation: list_support_oauth_tokens, fault: {{status: 200, body: {tokens}}}}}\n  \
         - {{operation: list_global_oauth_client_token_summaries, fault: {{status: 200, body: {summaries}}}}}\n"
    );
    let stage = Stage::seeded(&(super::GOLDEN.to_owned() + &faults));
    let ran = audit(&stage, "audit --area tokens,global-clients -o json").exits(0);
    assert_eq!(found(&ran), [""; 0], "{}", ran.stdout);
    assert_eq!(ran.json()["counts"]["live_tokens"], 2);
    let said: Vec<&str> = ran.stderr.lines().collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("3 times cannot be read"), "{}", said[0]);
    assert!(
        said[0].contains("last_used_at of global client 203"),
        "{}",
        said[0]
    );
}

#[test]
fn times_that_can_be_read_are_not_talked_about() {
    let stage = super::golden();
    assert_eq!(audit(&stage, "audit").exits(0).stderr, "");
}
