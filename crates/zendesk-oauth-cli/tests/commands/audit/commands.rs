//! The commands that findings name, as a person pastes them.

use std::process::Command;

use super::{audit, command, golden};

/// The golden account's, without a repetition.
fn named() -> Vec<String> {
    let ran = audit(&golden(), "audit -o json").exits(0).json();
    let findings = ran["findings"].as_array().expect("a list").iter();
    let mut commands: Vec<String> = findings
        .map(|it| it["command"].as_str().expect("text").to_owned())
        .collect();
    commands.sort();
    commands.dedup();
    assert!(commands.len() > 15);
    commands
}

/// What a shell runs for it, with the binary of these tests and with credentials of every area.
fn pasted(stage: &crate::common::Stage, line: &str) -> Command {
    let like = command(stage, "");
    let line = line.replacen("zendesk-oauth", "\"$0\"", 1);
    let mut command = Command::new("sh");
    command.arg("-c").arg(line).arg(like.get_program());
    command.current_dir(stage.home());
    command.env_clear();
    for (name, value) in like.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    command
        .env("ZENDESK_ZIS_TOKEN", "ZIS-token-1061")
        .env("ZENDESK_ZIS_INTEGRATION", "flows")
        .env("ZENDESK_CHAT_TOKEN", "CHAT-token-301");
    command
}

#[test]
fn the_program_knows_every_word_of_them() {
    let stage = golden();
    for line in named() {
        let ran = stage.ran(pasted(&stage, &format!("{line} --help")));
        assert_eq!(ran.code, Some(0), "{line}: {}", ran.stderr);
    }
}

#[test]
fn none_changes_anything_as_it_stands() {
    let stage = golden();
    for line in named() {
        let ran = stage.ran(pasted(&stage, &line));
        let asks = line.contains(" delete ") || line.contains(" chat-tokens revoke ");
        let expected = if asks { Some(2) } else { Some(0) };
        assert_eq!(ran.code, expected, "{line}: {}", ran.stderr);
        if asks {
            assert!(ran.stderr.contains("--yes"), "{line}: {}", ran.stderr);
        }
        let _ = std::fs::remove_file(stage.home().join("plan.jsonl"));
    }
    for exchange in stage.sandbox.journal() {
        assert_eq!(exchange.method, "GET", "{}", exchange.path);
    }
}
