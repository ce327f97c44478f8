//! Logging in and out.

mod browser;
mod kept;
pub(crate) mod stored;

use std::fs;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::common::{Ran, Stage};
use crate::config::{settings, write_settings};
use stored::{assert_no_tokens_stored, stored};

const REVOKE: &str = "revoke_current_support_oauth_token";

/// A login by client credentials of the sandbox's own client.
pub(crate) fn client_credentials(stage: &Stage) -> Command {
    let mut command = stage.bare([
        "login",
        "--client-credentials",
        "--client-id",
        stage
            .starter
            .client_id
            .as_deref()
            .expect("as the test sets it up"),
        "--scope",
        "read,write",
        "--profile",
        "acme",
    ]);
    command.env("ZENDESK_URL", stage.sandbox.url()).env(
        "ZENDESK_CLIENT_SECRET",
        stage
            .starter
            .client_secret
            .as_ref()
            .expect("as the test sets it up"),
    );
    command
}

fn run(stage: &Stage, line: &str) -> Ran {
    stage.ran(stage.bare(line.split_whitespace()))
}

/// How often an operation was called.
fn calls(stage: &Stage, operation: &str) -> usize {
    let journal = stage.sandbox.journal();
    let is_it = |entry: &&_| operation_of(entry) == Some(operation);
    journal.iter().filter(is_it).count()
}

fn operation_of(entry: &zendesk_oauth_sandbox::JournalEntry) -> Option<&str> {
    entry.operation
}

#[test]
fn a_client_logs_itself_in_and_its_token_is_used() {
    let stage = Stage::new();
    let ran = stage.ran(client_credentials(&stage)).exits(0);
    assert!(ran.stdout.is_empty(), "{ran:?}");
    assert!(
        ran.stderr
            .contains("with the scopes read, write; profile acme"),
        "{}",
        ran.stderr
    );
    let minted = calls(&stage, "create_token_for_grant_type");
    let rows = run(&stage, "status -o json").exits(0).json();
    assert_eq!(rows[0]["kind"], "client_credentials");
    assert_eq!(rows[0]["phase"], "usable");
    assert_eq!(rows[0]["profile"], "acme");
    run(&stage, "config explain").exits(0);
    // The token that the login brought is used, and no other minted.
    assert_eq!(calls(&stage, "create_token_for_grant_type"), minted);
}

#[cfg(unix)]
#[test]
fn what_is_written_only_its_owner_can_read() {
    use std::os::unix::fs::PermissionsExt as _;

    let stage = Stage::new();
    stage.ran(client_credentials(&stage)).exits(0);
    let mode = |path: &str| {
        let found = fs::metadata(stage.home().join(path)).unwrap();
        found.permissions().mode() & 0o777
    };
    assert_eq!(mode(".config/zendesk-oauth/config.toml"), 0o600);
    assert_eq!(mode(".config/zendesk-oauth"), 0o700);
    assert_eq!(mode(".local/state/zendesk-oauth/logins/acme"), 0o700);
}

#[test]
fn a_token_that_ran_out_is_replaced_during_a_command_and_kept() {
    let stage = Stage::new();
    stage.ran(client_credentials(&stage)).exits(0);
    let before = stored(&stage, "acme")["access_token"].clone();
    let a_day = std::time::Duration::from_secs(86_400 * 90);
    stage.sandbox.clock().advance(a_day);
    run(&stage, "status").exits(0);
    let after = stored(&stage, "acme");
    assert_ne!(after["access_token"], before);
    assert_eq!(after["generation"], 2);
    let minted = calls(&stage, "create_token_for_grant_type");
    run(&stage, "status").exits(0);
    assert_eq!(calls(&stage, "create_token_for_grant_type"), minted);
}

#[test]
fn a_login_that_fails_changes_nothing() {
    let stage = Stage::new();
    let fails = |stage: &Stage| {
        let mut command = client_credentials(stage);
        command.env("ZENDESK_CLIENT_SECRET", "CANARY-wrong");
        stage.ran(command).exits(4)
    };
    fails(&stage);
    assert!(
        !stage
            .home()
            .join(".config/zendesk-oauth/config.toml")
            .exists()
    );
    stage.ran(client_credentials(&stage)).exits(0);
    let (file, login) = (settings(&stage), stored(&stage, "acme"));
    fails(&stage);
    assert_eq!((settings(&stage), stored(&stage, "acme")), (file, login));
    run(&stage, "status").exits(0);
}

#[test]
fn a_profile_of_another_account_is_not_overwritten() {
    let stage = Stage::new();
    let text = "[profiles.acme]\nurl = \"https://acme.zendesk.com\"\n";
    write_settings(&stage, text);
    let ran = stage.ran(client_credentials(&stage)).exits(2);
    assert!(
        ran.stderr
            .contains("the profile acme is of https://acme.zendesk.com"),
        "{}",
        ran.stderr
    );
    assert_eq!(settings(&stage), text);
}

/// Gives a token on standard input.
fn token_stdin(stage: &Stage, arguments: &str, token: &str) -> Ran {
    let file = stage.home().join("given");
    fs::write(&file, format!("{token}\n")).expect("as the test sets it up");
    let mut command = stage.bare(arguments.split_whitespace());
    command
        .env("ZENDESK_URL", stage.sandbox.url())
        .stdin(Stdio::from(
            fs::File::open(&file).expect("as the test sets it up"),
        ));
    stage.ran(command)
}

#[test]
fn a_token_of_each_area_is_kept_and_used() {
    let stage = Stage::new();
    let it = &stage.starter;
    let ran = token_stdin(&stage, "login --token-stdin", &it.admin_token).exits(0);
    assert!(
        ran.stderr
            .contains("it is of Ada Admin <admin@example.com>"),
        "{}",
        ran.stderr
    );
    let zis = it.zis_token.as_ref().unwrap();
    token_stdin(
        &stage,
        "login --token-stdin --area zis --integration my_integration",
        zis,
    )
    .exits(0);
    let chat = it.chat_token.as_ref().unwrap();
    token_stdin(&stage, "login --token-stdin --area chat", chat).exits(0);
    let listed = run(&stage, "profile list -o json").exits(0).json();
    assert_eq!(listed[0]["name"], "127.0.0.1");
    assert_eq!(listed[0]["integration"], "my_integration");
    for area in ["support", "zis", "chat"] {
        assert_eq!(listed[0][area], "bearer");
    }
    let rows = run(&stage, "status -o json").exits(0).json();
    let phases: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["phase"])
        .collect();
    assert_eq!(phases, ["usable", "unchecked", "usable"]);
}

#[test]
fn a_token_that_does_not_work_is_not_kept() {
    let stage = Stage::new();
    for area in ["support", "chat"] {
        let line = format!("login --token-stdin --area {area}");
        token_stdin(&stage, &line, "CANARY-wrong").exits(4);
    }
    token_stdin(&stage, "login --token-stdin", "").exits(2);
    assert!(
        !stage
            .home()
            .join(".config/zendesk-oauth/config.toml")
            .exists()
    );
}

#[test]
fn logout_revokes_the_token_and_leaves_none_behind() {
    let stage = Stage::new();
    stage.ran(client_credentials(&stage)).exits(0);
    let token = stored(&stage, "acme")["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let ran = run(&stage, "logout").exits(0);
    assert!(
        ran.stderr.contains("Its token is revoked."),
        "{}",
        ran.stderr
    );
    assert_eq!(calls(&stage, REVOKE), 1);
    assert_no_tokens_stored(&stage, "acme", &token);
    assert!(!settings(&stage).contains("client_secret"));
    assert!(!stored::is_good(&stage, &token));
    run(&stage, "status").exits(4);
    // Twice is no failure, and the way back is a login.
    run(&stage, "logout").exits(0);
    stage.ran(client_credentials(&stage)).exits(0);
    run(&stage, "status").exits(0);
}

#[test]
fn logout_keeps_the_token_if_told_so() {
    let stage = Stage::new();
    stage.ran(client_credentials(&stage)).exits(0);
    let token = stored(&stage, "acme")["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    run(&stage, "logout --keep-token").exits(0);
    assert_eq!(calls(&stage, REVOKE), 0);
    assert_no_tokens_stored(&stage, "acme", &token);
    assert!(stored::is_good(&stage, &token));
}

#[test]
fn a_login_whose_token_cannot_be_revoked_now_is_kept_unless_forced() {
    use zendesk_oauth_sandbox::{Fault, FaultRule};

    let stage = Stage::new();
    stage.ran(client_credentials(&stage)).exits(0);
    let token = stored(&stage, "acme")["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let rule = FaultRule::on(REVOKE, Fault::status(500));
    stage.sandbox.faults().add(rule).unwrap();
    let ran = run(&stage, "logout").exits(1);
    assert!(ran.stderr.contains("the login is kept"), "{}", ran.stderr);
    run(&stage, "status").exits(0);
    run(&stage, "logout --force").exits(0);
    assert_no_tokens_stored(&stage, "acme", &token);
    run(&stage, "status").exits(4);
}

#[test]
fn a_removed_profile_leaves_no_token_here() {
    let stage = Stage::new();
    stage.ran(client_credentials(&stage)).exits(0);
    let token = stored(&stage, "acme")["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    run(&stage, "profile remove acme --yes").exits(0);
    assert_no_tokens_stored(&stage, "acme", &token);
    assert!(stored::is_good(&stage, &token));
}

#[test]
fn other_profiles_are_shown_as_stored_and_asked_with_all() {
    let stage = Stage::new();
    stage.ran(client_credentials(&stage)).exits(0);
    let mut text = settings(&stage);
    text.push_str(&format!(
        "[profiles.other]\nurl = \"{}\"\n[profiles.other.support]\ntoken = \"CANARY-dead\"\n",
        stage.sandbox.url()
    ));
    write_settings(&stage, &text);
    let of = |rows: &Value| rows[1]["phase"].clone();
    let rows = run(&stage, "status -o json").exits(0).json();
    assert_eq!(of(&rows), "unchecked");
    let rows = run(&stage, "status --all -o json").exits(4).json();
    assert_eq!(of(&rows), "refused");
}

#[test]
fn a_refresh_that_fails_for_now_is_not_taken_for_a_refusal() {
    use zendesk_oauth_sandbox::{Fault, FaultRule};

    let stage = Stage::new();
    stage.ran(client_credentials(&stage)).exits(0);
    let before = stored(&stage, "acme");
    let a_day = std::time::Duration::from_secs(86_400 * 90);
    stage.sandbox.clock().advance(a_day);
    let rule = FaultRule::on("create_token_for_grant_type", Fault::status(503));
    stage.sandbox.faults().add(rule).unwrap();
    let rows = run(&stage, "status -o json").exits(4).json();
    assert_eq!(rows[0]["phase"], "failing");
    // The login is kept, and works again when Zendesk does.
    assert_eq!(stored(&stage, "acme"), before);
    stage.sandbox.faults().clear();
    run(&stage, "status").exits(0);
}
