//! Which account a command talks to, as whom, and for how long.

use std::fs;

use crate::common::Stage;
use crate::config::{settings, write_settings};

#[test]
fn without_an_account_nothing_runs() {
    let stage = Stage::new();
    let ran = stage.ran(stage.bare(["config", "explain"])).exits(2);
    assert!(ran.stderr.contains("there is no account"), "{}", ran.stderr);
}

#[test]
fn status_says_as_whom_each_area_works() {
    let stage = Stage::new();
    let rows = stage.run("status -o json").exits(0).json();
    let areas: Vec<_> = rows.as_array().unwrap().iter().collect();
    assert_eq!(areas.len(), 3);
    assert_eq!(areas[0]["area"], "support");
    assert_eq!(areas[0]["kind"], "bearer");
    assert_eq!(areas[0]["user"], "Ada Admin <admin@example.com>");
    assert_eq!(areas[0]["scopes"], serde_json::json!(["read", "write"]));
    assert_eq!(areas[0]["phase"], "usable");
    assert_eq!(areas[1]["phase"], "unchecked");
    assert_eq!(areas[2]["phase"], "usable");
    stage.run("status").exits(0);
}

#[test]
fn status_exits_with_4_when_credentials_are_missing_or_refused() {
    let stage = Stage::new();
    let mut none = stage.bare(["status"]);
    none.env("ZENDESK_URL", stage.sandbox.url());
    let ran = stage.ran(none).exits(4);
    assert!(ran.stderr.contains("zendesk-oauth login"), "{}", ran.stderr);
    let mut wrong = stage.bare(["status", "-o", "json"]);
    wrong
        .env("ZENDESK_URL", stage.sandbox.url())
        .env("ZENDESK_TOKEN", "CANARY-wrong");
    let ran = stage.ran(wrong).exits(4);
    assert_eq!(ran.json()[0]["phase"], "refused");
}

#[test]
fn status_with_an_api_token_says_of_whom_it_is() {
    let stage = Stage::new();
    let mut command = stage.bare(["status", "-o", "json"]);
    command
        .env("ZENDESK_URL", stage.sandbox.url())
        .env("ZENDESK_EMAIL", &stage.starter.admin_email)
        .env(
            "ZENDESK_API_TOKEN",
            stage.starter.api_token.as_ref().unwrap(),
        );
    let rows = stage.ran(command).exits(0).json();
    assert_eq!(rows[0]["kind"], "api_token");
    assert_eq!(rows[0]["user"], "Ada Admin <admin@example.com>");
}

#[test]
fn status_exits_with_6_when_nothing_answers() {
    let stage = Stage::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let mut command = stage.bare(["status"]);
    command
        .env("ZENDESK_URL", url)
        .env("ZENDESK_TOKEN", "CANARY");
    stage.ran(command).exits(6);
}

#[test]
fn a_token_comes_from_a_file_or_from_standard_input() {
    let stage = Stage::new();
    let file = stage.home().join("token");
    fs::write(
        &file,
        format!("{}\nsecond line\n", stage.starter.admin_token),
    )
    .unwrap();
    let mut command = stage.bare(["status", "--token-file", "token", "-o", "json"]);
    command
        .env("ZENDESK_URL", stage.sandbox.url())
        .env("ZENDESK_TOKEN", "CANARY-hidden");
    assert_eq!(stage.ran(command).exits(0).json()[0]["phase"], "usable");
    let mut command = stage.bare(["status", "--token-file", "-"]);
    command
        .env("ZENDESK_URL", stage.sandbox.url())
        .stdin(fs::File::open(&file).unwrap());
    stage.ran(command).exits(0);
    let mut missing = stage.bare(["status", "--token-file", "nowhere"]);
    missing.env("ZENDESK_URL", stage.sandbox.url());
    stage.ran(missing).exits(2);
}

#[test]
fn profiles_are_listed_used_and_removed() {
    let stage = Stage::new();
    let url = stage.sandbox.url();
    write_settings(
        &stage,
        &format!(
            "# a person's remark\nprofile = \"one\"\n[profiles.one]\nurl = \"{url}\"\n\
             [profiles.two]\nurl = \"https://two.zendesk.com\"\nsupport = {{ token = \"CANARY-two\" }}\n"
        ),
    );
    let run = |line: &str| stage.ran(stage.bare(line.split_whitespace()));
    let listed = run("profile list -o json").exits(0).json();
    assert_eq!(listed[0]["name"], "one");
    assert_eq!(listed[0]["current"], true);
    assert_eq!(listed[1]["support"], "bearer");
    assert!(listed[1]["chat"].is_null());
    run("profile use two").exits(0);
    assert!(settings(&stage).contains("# a person's remark\nprofile = \"two\""));
    let ran = run("profile use three").exits(2);
    assert!(ran.stderr.contains("there are one, two"), "{}", ran.stderr);
    // Nobody can be asked here.
    run("profile remove two").exits(2);
    assert!(settings(&stage).contains("[profiles.two]"));
    let ran = run("profile remove two --yes").exits(0);
    assert!(ran.stderr.contains("Nothing was revoked"), "{}", ran.stderr);
    let listed = run("profile list -o json").exits(0).json();
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(listed[0]["current"], false);
}
