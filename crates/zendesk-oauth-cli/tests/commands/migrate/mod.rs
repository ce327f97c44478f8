//! From an API token to OAuth.

mod profiles;

use std::process::Command;

use serde_json::Value;
use zendesk_oauth::{Credentials, Zendesk};
use zendesk_oauth_sandbox::{Fault, FaultRule};

use crate::common::{Ran, Stage};

/// The binary with nothing but the API token.
fn migrate(stage: &Stage, arguments: &[&str]) -> Command {
    let mut all = vec!["migrate"];
    all.extend(arguments);
    let mut command = stage.bare(all);
    command
        .env("ZENDESK_URL", stage.sandbox.url())
        .env("ZENDESK_EMAIL", &stage.starter.admin_email)
        .env("ZENDESK_API_TOKEN", stage.starter.api_token());
    command
}

const NEW: [&str; 4] = ["--identifier", "acme_nightly", "--scope", "read"];
const CLIENTS: [&str; 2] = ["--check", "GET /api/v2/oauth/clients.json"];
const JSON: [&str; 2] = ["-o", "json"];

fn ran(stage: &Stage, arguments: &[&[&str]]) -> Ran {
    stage.ran(migrate(stage, &arguments.concat()))
}

fn profile(stage: &Stage) -> Option<String> {
    let file = stage.home().join(".config/zendesk-oauth/config.toml");
    std::fs::read_to_string(file).ok()
}

/// What was sent that changes something.
fn changes(stage: &Stage) -> Vec<String> {
    let journal = stage.sandbox.journal().into_iter();
    let changes = journal.filter(|it| it.method != "GET");
    changes
        .map(|it| it.operation.unwrap_or_default().to_owned())
        .collect()
}

/// The secret that was written to the profile.
fn secret(profile: &str) -> String {
    let line = profile.lines().find(|it| it.starts_with("client_secret"));
    let value = line.and_then(|it| it.split('"').nth(1));
    value.expect("a secret").to_owned()
}

#[test]
fn it_goes_all_the_way() {
    let stage = Stage::new();
    let ran = ran(&stage, &[&NEW, &CLIENTS, &JSON]).exits(0);
    let record = ran.json();
    assert_eq!(record["old"]["days_left"], 179);
    assert_eq!(record["old"]["user"]["role"], "admin");
    assert_eq!(record["client"]["identifier"], "acme_nightly");
    assert_eq!(record["client"]["is_new"], true);
    assert_eq!(record["new"]["acts_as_same_user"], true);
    assert_eq!(record["new"]["scopes"], serde_json::json!(["read"]));
    assert_eq!(record["checks"][0]["outcome"], "same");
    assert_eq!(record["checks"][0]["after"], 200);
    assert_eq!(record["profile"]["is_current"], true);
    let left = record["left"].to_string();
    assert!(left.contains("ZENDESK_API_TOKEN"), "{left}");
    assert_eq!(
        changes(&stage),
        ["create_oauth_client", "create_token_for_grant_type"]
    );
    let written = profile(&stage).expect("a profile");
    assert!(written.contains("login = \"client_credentials\""));
    let secret = secret(&written);
    assert!(!ran.stdout.contains(&secret) && !ran.stderr.contains(&secret));
}

#[test]
fn a_person_reads_what_is_left() {
    let stage = Stage::new();
    let ran = ran(&stage, &[&NEW, &CLIENTS]).exits(0);
    for text in [
        "Ada Admin <admin@example.com> (admin)",
        "2027-04-30, in 179 days",
        "nothing was removed",
        "Admin Center",
        "wrote the profile default",
    ] {
        assert!(ran.stderr.contains(text), "{text}: {}", ran.stderr);
    }
}

#[test]
fn a_dry_run_only_reads() {
    let stage = Stage::new();
    let ran = ran(&stage, &[&NEW, &CLIENTS, &JSON, &["--dry-run"]]).exits(0);
    let record = ran.json();
    assert_eq!(record["steps"][0]["request"], "POST /api/v2/oauth/clients");
    assert_eq!(record["steps"][0]["body"]["client"]["kind"], "confidential");
    assert_eq!(record["checks"][0]["outcome"], "planned");
    assert_eq!(record["checks"][0]["before"], 200);
    assert_eq!(changes(&stage), [""; 0]);
    assert_eq!(profile(&stage), None);
}

#[test]
fn a_call_that_fails_leaves_no_profile_and_says_how_to_go_on() {
    let stage = Stage::new();
    let narrow = ["--identifier", "acme_nightly", "--scope", "tickets:read"];
    let ran = ran(&stage, &[&narrow, &CLIENTS, &JSON]).exits(1);
    let record = ran.json();
    assert_eq!(record["checks"][0]["outcome"], "missing_scopes");
    assert_eq!(record["checks"][0]["missing_scopes"][0], "read");
    assert_eq!(record["profile"], Value::Null);
    assert_eq!(profile(&stage), None);
    let message = ran.error()["message"].to_string();
    let id = record["client"]["id"].to_string();
    for text in [
        format!("clients delete {id}"),
        format!("--client {id}"),
        "1 of 1".to_owned(),
    ] {
        assert!(message.contains(&text), "{text}: {message}");
    }
    // Nobody kept the secret: with a new one, the client that was made, and more scopes.
    let admin = Credentials::bearer(stage.starter.admin_token.clone());
    let zendesk = Zendesk::at(stage.sandbox.url()).support(admin);
    let clients = zendesk.build().expect("a client").oauth_clients();
    let number = record["client"]["id"].as_i64().expect("an id");
    let secret = stage.block_on(clients.generate_secret(number));
    let again = ["--client", &id, "--scope", "read"];
    let mut command = migrate(&stage, &[&again, &CLIENTS[..], &JSON].concat());
    command.env("ZENDESK_CLIENT_SECRET", secret.expect("a secret").expose());
    let record = stage.ran(command).exits(0).json();
    assert_eq!(record["client"]["is_new"], false);
    assert!(profile(&stage).is_some());
}

#[test]
fn a_missing_scope_is_told_by_name() {
    let stage = Stage::new();
    let narrow = ["--identifier", "acme_nightly", "--scope", "tickets:read"];
    let ran = ran(&stage, &[&narrow, &CLIENTS]).exits(1);
    assert!(ran.stdout.contains("add --scope read"), "{}", ran.stdout);
    assert_eq!(profile(&stage), None);
}

#[test]
fn an_answer_that_says_nothing_proves_nothing() {
    let stage = Stage::new();
    let fault = FaultRule::on("list_global_oauth_clients", Fault::status(400)).nth(2);
    stage.sandbox.faults().add(fault).expect("a rule");
    let check = ["--check", "GET /api/v2/oauth/global_clients"];
    let ran = ran(&stage, &[&NEW, &check, &JSON]).exits(1);
    let record = ran.json();
    assert_eq!(record["checks"][0]["outcome"], "differs");
    assert_eq!(profile(&stage), None);
}

#[test]
fn a_client_of_an_earlier_run_is_found_before_anything_is_made() {
    let stage = Stage::new();
    let there = ["--identifier", "sandbox_app", "--scope", "read"];
    let ran = ran(&stage, &[&there]).exits(1);
    assert!(
        ran.stderr.contains("go on with `--client "),
        "{}",
        ran.stderr
    );
    assert_eq!(changes(&stage), [""; 0]);
}

#[test]
fn a_client_that_is_there_is_used() {
    let stage = Stage::new();
    let arguments = [
        &["--client", "sandbox_app", "--scope", "read"][..],
        &CLIENTS,
        &JSON,
    ];
    let mut command = migrate(&stage, &arguments.concat());
    command.env("ZENDESK_CLIENT_SECRET", stage.starter.client_secret());
    let (id, expected) = ("sandbox_app", stage.starter.client_id());
    assert_eq!(id, expected);
    let record = stage.ran(command).exits(0).json();
    assert_eq!(record["client"]["is_new"], false);
    assert_eq!(changes(&stage), ["create_token_for_grant_type"]);
    let mut command = migrate(
        &stage,
        &[&arguments.concat()[..], &["--save-as", "other"]].concat(),
    );
    command.env("ZENDESK_CLIENT_SECRET", "CANARY-wrong");
    let error = stage.ran(command).exits(4).error();
    assert!(
        error["message"].to_string().contains("as it was"),
        "{error}"
    );
}

#[test]
fn after_the_last_day_it_says_what_to_do_then() {
    let stage = Stage::new();
    let day = "2027-04-30T00:00:00Z".parse().expect("an instant");
    stage.sandbox.clock().set(day);
    let ran = ran(&stage, &[&NEW]).exits(4);
    assert!(
        ran.stderr.contains("all API tokens stopped on 2027-04-30"),
        "{}",
        ran.stderr
    );
    assert_eq!(changes(&stage), [""; 0]);
}

#[test]
fn the_last_day_but_one_still_works() {
    let stage = Stage::new();
    let day = "2027-04-29T23:00:00Z".parse().expect("an instant");
    stage.sandbox.clock().set(day);
    let record = ran(&stage, &[&NEW, &JSON]).exits(0).json();
    assert_eq!(record["old"]["days_left"], 1);
}

#[test]
fn what_is_no_api_token_is_not_migrated() {
    let stage = Stage::new();
    let ran = stage.run("migrate --identifier x --scope read").exits(2);
    assert!(ran.stderr.contains("nothing to migrate"), "{}", ran.stderr);
    let mut command = migrate(&stage, &NEW);
    command
        .env_remove("ZENDESK_EMAIL")
        .env_remove("ZENDESK_API_TOKEN");
    stage.ran(command).exits(4);
    let mut command = migrate(&stage, &NEW);
    command.env("ZENDESK_API_TOKEN", "CANARY-dead");
    let ran = stage.ran(command).exits(4);
    assert!(ran.stderr.contains("is refused"), "{}", ran.stderr);
    assert_eq!(changes(&stage), [""; 0]);
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_sent() {
    let stage = Stage::new();
    for arguments in [
        &["--identifier", "x", "--scope", "raed"][..],
        &["--identifier", "x"],
        &["--scope", "read"],
        &[
            "--identifier",
            "x",
            "--scope",
            "read",
            "--check",
            "DELETE /api/v2/tickets/1",
        ],
        &["--identifier", "x", "--scope", "read", "--check", "tickets"],
        &[
            "--identifier",
            "x",
            "--scope",
            "read",
            "--checks",
            "none.txt",
        ],
        &["--identifier", "x", "--scope", "read", "--save-as", "a b"],
    ] {
        ran(&stage, &[arguments]).exits(2);
    }
    assert!(stage.sandbox.journal().is_empty());
}

#[test]
fn calls_that_write_are_described_and_not_made() {
    let stage = Stage::new();
    let calls = "# nightly\nGET /api/v2/oauth/clients\n\nDELETE /api/v2/tickets/1.json\n";
    std::fs::write(stage.home().join("calls.txt"), calls).expect("a file");
    let arguments = ["--checks", "calls.txt"];
    let record = ran(&stage, &[&NEW, &arguments, &JSON]).exits(0).json();
    assert_eq!(record["checks"][0]["outcome"], "same");
    assert_eq!(record["checks"][1]["outcome"], "described");
    assert!(
        record["checks"][1]["says"]
            .to_string()
            .contains("tickets:write")
    );
    assert!(
        !stage
            .sandbox
            .journal()
            .iter()
            .any(|it| it.method == "DELETE")
    );
}

#[test]
fn wide_scopes_are_warned_of() {
    let stage = Stage::new();
    let wide = [
        "--identifier",
        "x",
        "--scope",
        "read,impersonate",
        "--dry-run",
    ];
    let record = ran(&stage, &[&wide, &JSON]).exits(0).json();
    assert!(
        record["warnings"]
            .to_string()
            .contains("impersonate allows much")
    );
}

#[test]
fn what_a_dry_run_shows_is_what_is_sent() {
    let stage = Stage::new();
    let planned = ran(&stage, &[&NEW, &JSON, &["--dry-run"]]).exits(0).json();
    ran(&stage, &[&NEW, &JSON]).exits(0);
    let names = |body: &Value| -> Vec<String> {
        let members = body.as_object().expect("members");
        members.keys().cloned().collect()
    };
    let journal = stage.sandbox.journal();
    let sent = |operation: &str| {
        let mut found = journal.iter().filter(|it| it.operation == Some(operation));
        found.next().and_then(|it| it.body.clone()).expect("a body")
    };
    let steps = &planned["steps"];
    assert_eq!(
        names(&steps[0]["body"]["client"]),
        names(&sent("create_oauth_client")["client"])
    );
    assert_eq!(
        names(&steps[1]["body"]),
        names(&sent("create_token_for_grant_type"))
    );
}

#[test]
fn a_path_that_nobody_has_proves_nothing() {
    let stage = Stage::new();
    let typo = ["--check", "GET /api/v2/oauth/cleints.json"];
    let ran = ran(&stage, &[&NEW, &typo, &JSON]).exits(1);
    assert_eq!(ran.json()["checks"][0]["outcome"], "unproven");
    assert_eq!(profile(&stage), None);
}

#[test]
fn a_sandbox_of_its_own_shows_the_way_and_leaves_nothing() {
    let stage = Stage::new();
    let mut command = stage.bare(["migrate", "--sandbox"]);
    command.args([&NEW[..], &CLIENTS, &JSON].concat());
    let record = stage.ran(command).exits(0).json();
    assert_eq!(record["old"]["kind"], "api_token");
    assert_eq!(record["checks"][0]["outcome"], "same");
    assert!(record["left"].to_string().contains("sandbox"));
    assert_eq!(profile(&stage), None);
}

#[cfg(unix)]
#[test]
fn ctrl_c_does_not_lose_the_secret_of_a_new_client() {
    use std::process::Stdio;

    let stage = Stage::new();
    let held = FaultRule::on("create_oauth_client", Fault::latency_ms(1_500));
    stage.sandbox.faults().add(held).expect("a rule");
    let mut command = migrate(&stage, &NEW);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("it starts");
    while !stage.sandbox.faults().list().iter().any(|it| it.struck > 0) {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.expect("kill").success());
    let ran = Ran::of(child.wait_with_output().expect("it ends")).exits(130);
    stage.assert_no_secret(&ran);
    assert!(!secret(&profile(&stage).expect("a profile")).is_empty());
}

#[cfg(unix)]
#[test]
fn a_pipe_of_calls_is_refused() {
    let stage = Stage::new();
    let made = Command::new("mkfifo")
        .arg(stage.home().join("pipe"))
        .status();
    assert!(made.expect("mkfifo").success());
    let ran = ran(&stage, &[&NEW, &["--checks", "pipe"]]).exits(2);
    assert!(ran.stderr.contains("is no file"), "{}", ran.stderr);
}
