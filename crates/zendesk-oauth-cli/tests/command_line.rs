//! What `zendesk-oauth` says of itself, and how it refuses.

use std::process::{Command, Output};

fn zendesk_oauth(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zendesk-oauth"));
    command.args(arguments).env_clear();
    command.env("ZENDESK_SANDBOX_TOKEN", "CANARY-sandbox-token");
    for name in ["TOKEN", "ZIS_TOKEN", "CHAT_TOKEN"] {
        command.env(format!("ZENDESK_{name}"), format!("CANARY-{name}"));
    }
    command.output().expect("the program runs")
}

#[test]
fn help() {
    let mut text = String::new();
    for arguments in [
        &["--help"][..],
        &["sandbox", "-h"],
        &["sandbox", "--help"],
        &["tour", "--help"],
    ] {
        let output = zendesk_oauth(arguments);
        assert!(output.status.success());
        let help = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(!help.contains("CANARY"), "{help}");
        let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
        text.push_str(&format!("$ zendesk-oauth {}\n", arguments.join(" ")));
        text.push_str(&format!("{}\n\n", lines.join("\n")));
    }
    insta::assert_snapshot!(text.trim_end());
}

#[test]
fn what_cannot_run_exits_with_2_and_says_why() {
    let refusals: [(&[&str], &str); 8] = [
        (&[], "Usage: zendesk-oauth <COMMAND>"),
        (
            &["sandbox", "--token", "CANARY"],
            "unexpected argument '--token'",
        ),
        (
            &["sandbox", "--profile", "none"],
            "there are documented, account-2026",
        ),
        (
            &["sandbox", "--switch", "consent=maybe"],
            "it takes ask, approve, deny",
        ),
        (
            &["sandbox", "--switch", "consent"],
            "it is written NAME=VALUE",
        ),
        (
            &["sandbox", "--clock", "noon"],
            "an instant such as 2026-11-02T09:00:00Z",
        ),
        (
            &["sandbox", "--token-file", "/no/such/file"],
            "zendesk-oauth: /no/such/file: ",
        ),
        (&["tour", "--live"], "zendesk-oauth: ZENDESK_URL is not set"),
    ];
    for (arguments, expected) in refusals {
        let output = zendesk_oauth(arguments);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {text}");
        assert!(text.contains(expected), "{arguments:?}: {text}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(!text.contains("CANARY-"), "{arguments:?}: {text}");
    }
}
