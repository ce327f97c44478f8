//! What changed since.

use super::{GOLDEN, audit, found, golden};
use crate::common::Stage;

#[test]
fn a_baseline_holds_no_secret_and_an_account_that_is_as_it_was_has_no_drift() {
    let stage = golden();
    audit(&stage, "audit --write-baseline b.json").exits(0);
    let text = std::fs::read_to_string(stage.home().join("b.json")).expect("a file");
    for secret in ["CANARY", "AUDITOR", "ZIS-token", "CHAT-token"] {
        assert!(!text.contains(secret));
    }
    let ran = audit(&stage, "audit --baseline b.json -o json --sarif out.sarif").exits(0);
    assert!(!found(&ran).iter().any(|it| it.starts_with("drift-")));
    let ran = ran.json();
    let findings = ran["findings"].as_array().expect("a list");
    assert!(findings.iter().all(|it| it["new"] == false));
    let sarif = std::fs::read_to_string(stage.home().join("out.sarif")).expect("a file");
    super::valid_sarif(&serde_json::from_str(&sarif).expect("JSON"));
    audit(&stage, "audit --baseline b.json --fail-on low --only-new").exits(0);
    audit(&stage, "audit --baseline b.json --fail-on low").exits(1);
}

#[test]
fn a_baseline_that_is_there_stays_unless_it_is_to_be_replaced() {
    let stage = golden();
    let path = stage.home().join("b.json");
    std::fs::write(&path, "mine").expect("a file");
    let ran = audit(&stage, "audit --write-baseline b.json").exits(2);
    assert!(ran.stderr.contains("--overwrite"), "{}", ran.stderr);
    assert!(stage.sandbox.journal().is_empty());
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), "mine");
    audit(&stage, "audit --write-baseline b.json --overwrite").exits(0);
    // Compared with what it was, then replaced.
    audit(
        &stage,
        "audit --baseline b.json --write-baseline b.json --overwrite",
    )
    .exits(0);
}

#[test]
fn two_outputs_are_two_files() {
    let stage = golden();
    std::fs::create_dir(stage.home().join("sub")).expect("a folder");
    for line in [
        "audit --write-baseline b.json --sarif b.json",
        "audit --write-baseline b.json --sarif ./sub/../b.json",
        "audit --write-baseline b.json --sarif b.json --overwrite",
    ] {
        let ran = audit(&stage, line).exits(2);
        assert!(ran.stderr.contains("name two files"), "{}", ran.stderr);
        assert!(!stage.home().join("b.json").exists());
    }
    audit(&stage, "audit --write-baseline b.json").exits(0);
    audit(&stage, "audit --baseline b.json --sarif b.json").exits(2);
    assert!(
        stage
            .home()
            .join("b.json")
            .metadata()
            .expect("a file")
            .len()
            > 100
    );
    // Findings can be made again: their file is replaced.
    audit(&stage, "audit --sarif a.sarif").exits(0);
    audit(&stage, "audit --sarif a.sarif").exits(0);
}

#[test]
fn what_changed_since_is_found_and_new() {
    let before = golden();
    audit(&before, "audit --write-baseline b.json").exits(0);
    let changed = GOLDEN
        .replace(
            "{id: 104, identifier: unused,",
            "{id: 154, identifier: unused,",
        )
        .replace(
            "redirect_uri: ['https://example.com/*']",
            "redirect_uri: ['https://example.org/cb']",
        )
        .replace(
            "{id: 1062, client: developer, user: ada@example.com, scopes: [read]",
            "{id: 1062, client: developer, user: ada@example.com, scopes: [read, write]",
        )
        .replace(
            "  - {id: 204,",
            "  - {id: 205, identifier: zdg-new, name: New}\n  - {id: 204,",
        )
        .replace("{name: once,", "{name: other,");
    let now = Stage::seeded(&changed);
    let (from, to) = (before.home().join("b.json"), now.home().join("b.json"));
    std::fs::copy(from, to).expect("a copy");
    let ran = audit(&now, "audit --baseline b.json -o json").exits(0);
    let found = found(&ran);
    let drift: Vec<&str> = found
        .iter()
        .map(String::as_str)
        .filter(|it| it.starts_with("drift-"))
        .collect();
    assert_eq!(
        drift,
        [
            "drift-client-added/client/154",
            "drift-client-changed/client/108",
            "drift-client-removed/client/104",
            "drift-connection-added/connection/other",
            "drift-global-client-added/global-client/205",
            "drift-scopes-wider/client/107",
        ]
    );
    let ran = ran.json();
    let new = ran["findings"].as_array().expect("a list").iter();
    let new = new.filter(|it| it["new"] == true).count();
    // Beside the drift: tokens that may write, the client under its new id, its connection without refresh token.
    assert_eq!(new, 9, "{ran:#}");
    audit(&now, "audit --baseline b.json --fail-on high --only-new").exits(1);
    audit(
        &now,
        "audit --baseline b.json --fail-on critical --only-new",
    )
    .exits(0);
}

#[test]
fn a_file_that_is_no_baseline_or_another_account_s_is_refused_before_anything_is_sent() {
    let stage = golden();
    let other = r#"{"version":1,"url":"https://other.zendesk.com","taken_at":"2026-11-02T09:00:00Z","findings":[]}"#;
    for (text, says) in [
        ("{}", "is no baseline"),
        ("not JSON", "is no baseline"),
        (other, "other.zendesk.com"),
        (
            &other.replace("\"version\":1", "\"version\":2"),
            "version 2",
        ),
    ] {
        std::fs::write(stage.home().join("b.json"), text).expect("a file");
        let ran = audit(&stage, "audit --baseline b.json").exits(2);
        assert!(ran.stderr.contains(says), "{}", ran.stderr);
    }
    audit(&stage, "audit --baseline missing.json").exits(2);
    assert!(stage.sandbox.journal().is_empty());
}
