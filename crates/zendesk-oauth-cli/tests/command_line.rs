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

/// The help of the command and of all below it.
fn help_tree(path: &[&str], text: &mut String) {
    let mut arguments = path.to_vec();
    arguments.push("--help");
    let output = zendesk_oauth(&arguments);
    assert!(output.status.success(), "{path:?}");
    let help = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(!help.contains("CANARY"), "{help}");
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    let widest = lines.iter().map(|line| line.chars().count()).max();
    assert!(widest <= Some(130), "{path:?}: {widest:?}");
    text.push_str(&format!("$ zendesk-oauth {}\n", arguments.join(" ")));
    text.push_str(&format!("{}\n\n", lines.join("\n")));
    for name in commands_in(&lines) {
        let mut below = path.to_vec();
        below.push(name);
        help_tree(&below, text);
    }
}

/// The commands that a help lists.
fn commands_in<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let before_options = lines.iter().take_while(|line| **line != "Options:");
    let mut is_list = false;
    let names = before_options.filter_map(|line| {
        let heading = line.strip_suffix(':').filter(|it| !it.starts_with(' '));
        is_list = heading.map_or(is_list && !line.is_empty(), |it| it != "Arguments");
        let name = line.strip_prefix("  ").filter(|_| is_list)?;
        let name = name.split("  ").next()?;
        let is_name = name.starts_with(|it: char| it.is_ascii_lowercase()) && !name.contains(' ');
        (is_name && name != "help").then_some(name)
    });
    names.collect()
}

/// A snapshot per command. Accept new ones with
/// `INSTA_UPDATE=always cargo test -p zendesk-oauth-cli --test command_line help`.
#[test]
fn help() {
    let output = zendesk_oauth(&["--help"]);
    let root = String::from_utf8(output.stdout).expect("UTF-8");
    let lines: Vec<&str> = root.lines().map(str::trim_end).collect();
    insta::assert_snapshot!("help", lines.join("\n"));
    let commands = commands_in(&lines);
    assert!(commands.len() > 20, "{commands:?}");
    for name in commands {
        let mut text = String::new();
        help_tree(&[name], &mut text);
        insta::assert_snapshot!(format!("help_{name}"), text.trim_end());
    }
}

#[test]
fn what_is_asked_for_is_no_error() {
    for arguments in [
        &["--version"][..],
        &["--help", "-o", "json"],
        &["-h"],
        &["help", "clients"],
    ] {
        let output = zendesk_oauth(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(
            !output.stdout.is_empty() && output.stderr.is_empty(),
            "{arguments:?}"
        );
    }
}

#[test]
fn what_cannot_run_exits_with_2_and_says_why() {
    let refusals: [(&[&str], &str); 8] = [
        (&[], "Usage: zendesk-oauth <COMMAND>"),
        (
            &["sandbox", "--token", "CANARY-token"],
            "zendesk-oauth: --token: secrets are not taken from the command line",
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
