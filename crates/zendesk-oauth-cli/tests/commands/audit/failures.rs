//! What was not read is said, and never taken for clean.

use zendesk_oauth_sandbox::Sandbox;

use super::{audit, checked, command, found, golden};
use crate::common::Stage;

#[test]
fn an_area_without_credentials_is_skipped_and_said_to_be() {
    let stage = golden();
    let ran = checked(&stage, command(&stage, "audit -o json --sarif out.sarif")).exits(0);
    for area in ["chat", "connections"] {
        assert!(ran.stderr.contains(&format!("not looked at: {area}")));
    }
    let skipped = ran.json()["skipped"].as_array().expect("a list").clone();
    assert_eq!(skipped.len(), 2);
    let text = std::fs::read_to_string(stage.home().join("out.sarif")).expect("a file");
    let log = serde_json::from_str(&text).expect("JSON");
    super::valid_sarif(&log);
    let notes = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(notes.as_array().expect("a list").len(), 2);
}

#[test]
fn an_area_that_is_named_is_not_skipped() {
    let stage = golden();
    checked(&stage, command(&stage, "audit --area chat")).exits(4);
    let ran = audit(&stage, "audit --area chat,connections -o json").exits(0);
    assert_eq!(
        ran.json()["audited"],
        serde_json::json!(["chat", "connections"])
    );
    assert!(
        found(&ran)
            .iter()
            .all(|it| { it.starts_with("chat-token-") || it.starts_with("connection-") })
    );
    let ran = audit(&stage, "audit --area tokens -o json").exits(0);
    assert!(found(&ran).iter().all(|it| it.starts_with("token-")));
}

#[test]
fn a_call_that_fails_makes_the_audit_fail_and_prints_no_findings() {
    for operation in [
        "list_oauth_clients",
        "list_global_oauth_clients",
        "list_global_oauth_client_token_summaries",
        "list_support_oauth_tokens",
        "show_many_users",
        "list_chat_oauth_tokens",
        "list_zis_connections",
        "show_oauth_connection",
    ] {
        let faults = format!("\nfaults: [{{operation: {operation}, fault: {{status: 403}}}}]\n");
        let stage = Stage::seeded(&(super::GOLDEN.to_owned() + &faults));
        let ran = audit(&stage, "audit --sarif out.sarif --write-baseline b.json").exits(4);
        assert_eq!(ran.stdout, "", "{operation}");
        for file in ["out.sarif", "b.json"] {
            assert!(!stage.home().join(file).exists(), "{operation}");
        }
    }
}

#[test]
fn the_list_is_read_to_its_end_and_a_later_page_that_fails_is_a_failure() {
    let seed = "generate: {clients: 3, tokens: 450}\n";
    let stage = Stage::seeded(seed);
    let line = "audit -o json --area tokens --rule token-never-used";
    let ran = stage.run(line).exits(0).json();
    let counts = ran["findings"].as_array().expect("a list").iter();
    let counts: Vec<u64> = counts
        .map(|it| it["tokens"]["count"].as_u64().expect("a number"))
        .collect();
    assert_eq!(counts.iter().sum::<u64>(), 450, "{ran:#}");
    let faults = "faults: [{operation: list_support_oauth_tokens, nth: 3, fault: {status: 403}}]\n";
    let stage = Stage::seeded(&(seed.to_owned() + faults));
    assert_eq!(stage.run(line).exits(4).stdout, "");
}

#[test]
fn an_audit_changes_nothing() {
    let stage = Stage::built(Sandbox::builder());
    stage.run("audit").exits(0);
    for exchange in stage.sandbox.journal() {
        assert_eq!(exchange.method, "GET");
    }
}
