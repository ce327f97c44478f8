//! What a pipeline relies on: the exit code, and the baseline that it keeps.

use std::process::Stdio;

use super::{audit, command, golden};
use crate::common::{Ran, Stage};

#[test]
fn a_reader_that_leaves_does_not_open_the_gate() {
    let stage = golden();
    for (line, code) in [
        ("audit --fail-on low", 1),
        ("audit --fail-on low -o json", 1),
        ("audit", 0),
    ] {
        let mut process = command(&stage, line)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        drop(process.stdout.take());
        let ran = Ran::of(process.wait_with_output().expect("it ends"));
        assert_eq!(ran.code, Some(code), "{line}: {}", ran.stderr);
    }
}

#[test]
fn a_baseline_has_everything_whatever_is_shown() {
    let stage = golden();
    let line = "audit --rule token-idle --write-baseline some.json";
    audit(&stage, line).exits(0);
    audit(&stage, "audit --write-baseline all.json").exits(0);
    let findings = |name: &str| {
        let text = std::fs::read_to_string(stage.home().join(name)).expect("a file");
        let baseline: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        baseline["findings"].clone()
    };
    assert_eq!(findings("some.json"), findings("all.json"));
    audit(
        &stage,
        "audit --baseline some.json --fail-on low --only-new",
    )
    .exits(0);
}

#[test]
fn a_connection_that_may_do_more_than_in_the_baseline_is_drift() {
    let with = |scope: &str| {
        let connection = "{name: lapsed, oauth_client: third,";
        let scoped = format!("{connection} scope: '{scope}',");
        Stage::seeded(&super::GOLDEN.replace(connection, &scoped))
    };
    let before = with("read");
    audit(&before, "audit --write-baseline b.json").exits(0);
    for (scope, drift) in [
        (
            "read everything",
            &["drift-connection-wider/connection/lapsed"][..],
        ),
        ("", &[]),
    ] {
        let now = with(scope);
        let (from, to) = (before.home().join("b.json"), now.home().join("b.json"));
        std::fs::copy(from, to).expect("a copy");
        let ran = audit(&now, "audit --baseline b.json -o json").exits(0);
        let mut found = super::found(&ran);
        found.retain(|it| it.starts_with("drift-"));
        assert_eq!(found, drift, "{scope}");
    }
}
