//! What is kept when something goes wrong, or comes at the same time.

use std::fs;
use std::process::{Command, Stdio};

use zendesk_oauth_sandbox::{Fault, FaultRule};

use super::stored::{is_good, stored};
use super::{REVOKE, calls, client_credentials, run, token_stdin};
use crate::common::{Ran, Stage};
use crate::config::settings;

const ME: &str = "show_current_user";
const MINT: &str = "create_token_for_grant_type";

#[test]
fn many_processes_that_change_the_settings_lose_nothing() {
    let stage = Stage::new();
    let file = stage.home().join("given");
    fs::write(&file, "CANARY-zis\n").expect("a file");
    let profiles: Vec<String> = (0..12).map(|number| format!("p{number}")).collect();
    let children: Vec<_> = profiles
        .iter()
        .map(|profile| {
            let words = "login --token-stdin --area zis --profile";
            let mut command = stage.bare(words.split(' ').chain([profile.as_str()]));
            command
                .env("ZENDESK_URL", stage.sandbox.url())
                .stdin(Stdio::from(fs::File::open(&file).expect("a file")))
                .stderr(Stdio::null());
            command.spawn().expect("it starts")
        })
        .collect();
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
    let text = settings(&stage);
    for profile in &profiles {
        assert!(
            text.contains(&format!("[profiles.{profile}.zis]")),
            "{profile}: {text}"
        );
    }
}

/// Starts a command, interrupts it while this operation is held up, and gives what it came to.
#[cfg(unix)]
fn interrupted(stage: &Stage, mut command: Command, operation: &str) -> Ran {
    let held = FaultRule::on(operation, Fault::latency_ms(1_500));
    stage.sandbox.faults().add(held).expect("a rule");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("it starts");
    while !stage.sandbox.faults().list().iter().any(|it| it.struck > 0) {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.expect("kill").success());
    let ran = Ran::of(child.wait_with_output().expect("it ends"));
    stage.assert_no_secret(&ran);
    stage.sandbox.faults().clear();
    ran
}

#[cfg(unix)]
#[test]
fn ctrl_c_while_the_token_is_under_way_loses_no_login() {
    for operation in [MINT, ME] {
        let stage = Stage::new();
        interrupted(&stage, client_credentials(&stage), operation).exits(130);
        run(&stage, "status").exits(0);
        assert_eq!(calls(&stage, MINT), 1, "{operation}");
    }
}

#[test]
fn a_login_that_cannot_be_checked_now_is_kept() {
    let page = Fault::status(200).with_body("<html>sign in to this network</html>");
    for fault in [Fault::status(500), Fault::status(429), page] {
        let stage = Stage::new();
        let rule = FaultRule::on(ME, fault);
        stage.sandbox.faults().add(rule).expect("a rule");
        let mut command = client_credentials(&stage);
        command.args(["-o", "json"]);
        let ran = stage.ran(command).exits(0);
        assert!(ran.stderr.contains("was not checked"), "{}", ran.stderr);
        assert_eq!(ran.json()["checked"], false);
        stage.sandbox.faults().clear();
        run(&stage, "status").exits(0);
        assert_eq!(calls(&stage, MINT), 1);
    }
}

#[test]
fn a_token_that_is_refused_is_revoked_and_not_kept() {
    let stage = Stage::new();
    let rule = FaultRule::on(ME, Fault::status(401));
    stage.sandbox.faults().add(rule).expect("a rule");
    let ran = stage.ran(client_credentials(&stage)).exits(4);
    assert!(ran.stderr.contains("so it was revoked"), "{}", ran.stderr);
    assert_eq!(calls(&stage, REVOKE), 1);
    let file = stage.home().join(".config/zendesk-oauth/config.toml");
    assert!(!file.exists());
}

#[test]
fn what_somebody_between_answers_to_a_revocation_ends_no_login() {
    for status in [404, 401] {
        let stage = Stage::new();
        stage.ran(client_credentials(&stage)).exits(0);
        let page = Fault::status(status).with_body("<html>no such page</html>");
        let rule = FaultRule::on(REVOKE, page);
        stage.sandbox.faults().add(rule).expect("a rule");
        let ran = run(&stage, "logout");
        assert_ne!(ran.code, Some(0), "{ran:?}");
        assert!(ran.stderr.contains("the login is kept"), "{}", ran.stderr);
        stage.sandbox.faults().clear();
        run(&stage, "status").exits(0);
    }
}

#[test]
fn a_token_that_zendesk_calls_dead_is_forgotten() {
    let stage = Stage::new();
    let it = &stage.starter;
    token_stdin(
        &stage,
        "login --token-stdin --profile acme",
        &it.admin_token,
    )
    .exits(0);
    let dead = serde_json::json!({ "error": "invalid_token" });
    let rule = FaultRule::on(REVOKE, Fault::status(401).with_body(dead));
    stage.sandbox.faults().add(rule).expect("a rule");
    let ran = run(&stage, "logout -o json").exits(0);
    assert!(ran.stderr.contains("dead already"), "{}", ran.stderr);
    assert_eq!(ran.json()["profile"], "acme");
}

#[test]
fn what_was_kept_and_forgotten_is_a_record_in_json() {
    let stage = Stage::new();
    let mut command = client_credentials(&stage);
    command.args(["-o", "json"]);
    let record = stage.ran(command).exits(0).json();
    assert_eq!(record["profile"], "acme");
    assert_eq!(record["kind"], "client_credentials");
    assert_eq!(record["checked"], true);
    let token = stored(&stage, "acme")["access_token"].clone();
    let token = token.as_str().expect("a token");
    let planned = run(&stage, "logout --dry-run -o json").exits(0).json();
    assert_eq!(planned["method"], "DELETE");
    assert!(is_good(&stage, token));
    let record = run(&stage, "logout -o json").exits(0).json();
    assert_eq!(record["revoked"], true);
    assert!(!is_good(&stage, token));
    let error = run(&stage, "logout --profile none -o json").exits(2);
    assert_eq!(error.error()["kind"], "usage");
    let error = run(&stage, "login --client-credentials -o json").exits(2);
    assert_eq!(error.error()["kind"], "usage");
}

#[test]
fn status_says_where_credentials_are_from_and_what_to_do() {
    let stage = Stage::new();
    let it = &stage.starter;
    token_stdin(
        &stage,
        "login --token-stdin --profile acme",
        &it.admin_token,
    )
    .exits(0);
    let rows = run(&stage, "status -o json").exits(0).json();
    assert_eq!(rows[0]["from"], "profile");
    assert_eq!(rows[0]["valid_until"], "never");
    let mut command = stage.bare(["status"]);
    command.env("ZENDESK_TOKEN", "CANARY-dead");
    let ran = stage.ran(command).exits(4);
    assert!(ran.stdout.contains("environment"), "{}", ran.stdout);
    assert!(ran.stdout.contains(stage.sandbox.url()), "{}", ran.stdout);
    assert!(ran.stderr.contains("unset ZENDESK_TOKEN"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_the_settings_is_refused() {
    let stage = Stage::new();
    let folder = stage.home().join(".config/zendesk-oauth");
    fs::create_dir_all(&folder).expect("a folder");
    let pipe = folder.join("config.toml");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo").success());
    for line in ["profile list", "doctor"] {
        let ran = run(&stage, line);
        assert_ne!(ran.code, Some(0), "{ran:?}");
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(said.contains("it is no file"), "{said}");
    }
}
