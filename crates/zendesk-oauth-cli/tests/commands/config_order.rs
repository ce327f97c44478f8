//! Flags come before variables, and these before the profile: seen by what is sent.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::common::Stage;
use crate::config::write_settings;

const TWO: &str = "\
[profiles.one]
url = \"https://one.example.com\"
integration = \"of_one\"
[profiles.one.support]
token = \"CANARY-one\"
[profiles.one.zis]
token = \"CANARY-zis\"
[profiles.one.chat]
token = \"CANARY-chat\"
[profiles.two]
url = \"https://two.example.com\"
[profiles.two.support]
token = \"CANARY-two\"
";

fn command(stage: &Stage, line: &str, variables: &[(&str, &str)]) -> Command {
    let mut command = stage.bare(line.split(' '));
    command.envs(variables.iter().copied());
    command
}

/// Where a setting comes from.
fn origin(stage: &Stage, flags: &str, variables: &[(&str, &str)], setting: &str) -> String {
    let line = format!("config explain -o json {flags}");
    let ran = stage
        .ran(command(stage, line.trim_end(), variables))
        .exits(0);
    let rows = ran.json();
    let rows = rows.as_array().expect("an array");
    let row = rows.iter().find(|row| row["setting"] == setting);
    let row = row.unwrap_or_else(|| panic!("no {setting}: {rows:#?}"));
    row["origin"]
        .as_str()
        .map_or_else(|| row.to_string(), str::to_owned)
}

#[test]
fn each_setting_comes_from_the_flag_then_the_variable_then_the_profile() {
    let stage = Stage::new();
    write_settings(&stage, TWO);
    fs::write(stage.home().join("t"), "CANARY-file\n").expect("a file");
    for (setting, flag, variable, value) in [
        (
            "url",
            "--url https://one.example.com",
            "ZENDESK_URL",
            "https://one.example.com",
        ),
        ("url", "--subdomain acme", "ZENDESK_SUBDOMAIN", "acme"),
        (
            "url",
            "--subdomain acme",
            "ZENDESK_URL",
            "https://one.example.com",
        ),
        (
            "support",
            "--token-file t",
            "ZENDESK_TOKEN",
            "CANARY-variable",
        ),
        (
            "zis",
            "--zis-token-file t",
            "ZENDESK_ZIS_TOKEN",
            "CANARY-variable",
        ),
        (
            "chat",
            "--chat-token-file t",
            "ZENDESK_CHAT_TOKEN",
            "CANARY-variable",
        ),
        (
            "integration",
            "--integration mine",
            "ZENDESK_ZIS_INTEGRATION",
            "other",
        ),
    ] {
        let of_profile = origin(&stage, "--profile one", &[], setting);
        assert!(
            of_profile.contains("profile one"),
            "{setting}: {of_profile}"
        );
        let name = flag.split(' ').next().expect("a flag");
        let by = |flags: &str, variables: &[_]| origin(&stage, flags, variables, setting);
        let profile = if setting == "url" {
            ""
        } else {
            "--profile one"
        };
        let of_variable = by(profile, &[(variable, value)]);
        assert!(of_variable.contains(variable), "{setting}: {of_variable}");
        let both = format!("{flag} {profile}");
        let of_flag = by(both.trim_end(), &[(variable, value)]);
        assert!(of_flag.contains(name), "{setting}: {of_flag}");
    }
}

#[test]
fn the_profile_of_the_flag_counts_for_every_command() {
    let stage = Stage::new();
    let variables = [("ZENDESK_PROFILE", "one")];
    write_settings(&stage, TWO);
    assert!(origin(&stage, "", &variables, "url").contains("profile one"));
    assert!(origin(&stage, "--profile two", &variables, "url").contains("profile two"));
    // Logging out has its own look at it.
    let line = "logout --profile two --keep-token";
    stage.ran(command(&stage, line, &variables)).exits(0);
    let left = crate::config::settings(&stage);
    assert!(
        left.contains("CANARY-one") && !left.contains("CANARY-two"),
        "{left}"
    );
    stage
        .ran(command(&stage, "logout --keep-token", &variables))
        .exits(0);
    let left = crate::config::settings(&stage);
    assert!(!left.contains("CANARY-one"), "{left}");
}

#[test]
fn two_tokens_of_one_level_are_refused_and_what_is_above_them_is_not() {
    let stage = Stage::new();
    fs::write(stage.home().join("t"), &stage.starter.admin_token).expect("a file");
    let mut variables = vec![
        ("ZENDESK_URL", stage.sandbox.url()),
        ("ZENDESK_TOKEN", "CANARY-a"),
        ("ZENDESK_API_TOKEN", "CANARY-b"),
        ("ZENDESK_EMAIL", "a@example.com"),
    ];
    let refused = stage
        .ran(command(&stage, "tokens current -o json", &variables))
        .exits(2);
    let message: Value = refused.error()["message"].clone();
    let message = message.as_str().expect("a message");
    assert!(
        message.contains("ZENDESK_TOKEN") && message.contains("ZENDESK_API_TOKEN"),
        "{message}"
    );
    let ran = stage.ran(command(&stage, "tokens current --token-file t", &variables));
    ran.exits(0);
    // Of one level with an address only, the token is the one that is left.
    variables[1].1 = &stage.starter.admin_token;
    variables.remove(2);
    stage
        .ran(command(&stage, "tokens current", &variables))
        .exits(0);
}

#[test]
fn a_token_that_is_too_long_is_refused_and_not_cut() {
    let stage = Stage::new();
    fs::write(stage.home().join("t"), "x".repeat(70_000)).expect("a file");
    for flag in ["--token-file", "--zis-token-file", "--chat-token-file"] {
        let line = format!("tokens current {flag} t");
        let variables = [("ZENDESK_URL", stage.sandbox.url())];
        let ran = stage.ran(command(&stage, &line, &variables)).exits(2);
        assert!(ran.stderr.contains("too long"), "{flag}: {ran:#?}");
    }
    assert!(stage.sandbox.journal().is_empty());
}
