//! What works, what does not, and what ends when.

use std::process::Command;

use serde_json::Value;
use zendesk_oauth_sandbox::{Fault, FaultRule, Sandbox};

use crate::common::{Ran, Stage};

fn status(ran: &Ran, area: &str, check: &str) -> String {
    finding(ran, area, check)["status"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[track_caller]
fn finding(ran: &Ran, area: &str, check: &str) -> Value {
    let all = ran.json();
    let mut all = all.as_array().expect("a list").iter();
    let found = all.find(|it| it["area"] == area && it["check"] == check);
    found
        .unwrap_or_else(|| panic!("{area}, {check}: {ran:#?}"))
        .clone()
}

fn deadline(ran: &Ran, day: &str) -> Value {
    let all = ran.json();
    let mut all = all.as_array().expect("a list").iter();
    let found = all.find(|it| it["check"] == "deadline" && it["facts"]["date"] == day);
    found.expect("a deadline").clone()
}

/// Nothing but an API token.
fn with_api_token(stage: &Stage) -> Command {
    let mut command = stage.bare(["doctor", "-o", "json"]);
    command
        .env("ZENDESK_URL", stage.sandbox.url())
        .env("ZENDESK_EMAIL", &stage.starter.admin_email)
        .env("ZENDESK_API_TOKEN", stage.starter.api_token());
    command
}

#[test]
fn a_setup_that_works_has_no_problem() {
    let stage = Stage::built(Sandbox::builder().real_time());
    let ran = stage.run("doctor -o json").exits(0);
    for (area, check, expected) in [
        ("settings", "file", "skipped"),
        ("settings", "retired hosts", "ok"),
        ("account", "address", "ok"),
        ("account", "tls", "ok"),
        ("account", "clock", "ok"),
        ("support", "credentials", "ok"),
        ("support", "validity", "ok"),
        ("support", "role", "ok"),
        ("support", "scopes", "warning"),
        ("support", "expiry", "warning"),
        ("zis", "validity", "ok"),
        ("chat", "validity", "ok"),
    ] {
        assert_eq!(status(&ran, area, check), expected, "{area}, {check}");
    }
    let journal = stage.sandbox.journal();
    assert!(journal.iter().all(|it| it.method == "GET"), "{journal:?}");
    for member in ["status", "area", "check", "says", "advice", "facts"] {
        assert!(finding(&ran, "account", "address").get(member).is_some());
    }
}

#[test]
fn a_person_gets_a_table() {
    let stage = Stage::new();
    let ran = stage.run("doctor").exits(0);
    assert!(
        ran.stdout.contains("they act as Ada Admin"),
        "{}",
        ran.stdout
    );
}

#[test]
fn an_api_token_has_its_days_counted_by_the_accounts_date() {
    let stage = Stage::new();
    let ran = stage.ran(with_api_token(&stage)).exits(0);
    let kind = finding(&ran, "support", "credentials");
    assert_eq!(kind["status"], "warning");
    assert_eq!(kind["facts"]["days_left"], 179);
    let end = deadline(&ran, "2027-04-30");
    assert_eq!(end["facts"]["concerns_this_setup"], true);
    assert_eq!(
        deadline(&ran, "2027-04-01")["facts"]["concerns_this_setup"],
        false
    );
    assert_eq!(status(&ran, "zis", "validity"), "skipped");
    assert_eq!(status(&ran, "chat", "validity"), "skipped");

    let day = "2027-04-30T12:00:00Z".parse().expect("an instant");
    stage.sandbox.clock().set(day);
    let ran = stage.ran(with_api_token(&stage)).exits(4);
    assert_eq!(status(&ran, "support", "validity"), "problem");
    assert_eq!(deadline(&ran, "2027-04-30")["status"], "problem");
    assert_eq!(
        finding(&ran, "support", "credentials")["facts"]["days_left"],
        0
    );
}

#[test]
fn nobody_is_a_problem_although_it_is_200() {
    let stage = Stage::new();
    let anonymous = r#"{"user":{"id":null,"name":"Anonymous user","role":"end-user"}}"#;
    let body: Value = serde_json::from_str(anonymous).expect("JSON");
    let fault = Fault::status(200).with_body(body);
    let operation = "show_current_user";
    let rule = FaultRule::on(operation, fault);
    if stage.sandbox.faults().add(rule).is_err() {
        let names: Vec<_> = Sandbox::operations()
            .filter(|it| it.contains("user"))
            .collect();
        panic!("{names:?}");
    }
    let ran = stage.run("doctor -o json").exits(4);
    let valid = finding(&ran, "support", "validity");
    assert!(
        valid["says"].to_string().contains("Anonymous user"),
        "{valid}"
    );
}

#[test]
fn each_area_stands_for_itself() {
    let stage = Stage::new();
    let mut command = stage.command(["doctor", "-o", "json"]);
    command.env("ZENDESK_TOKEN", "CANARY-dead");
    let ran = stage.ran(command).exits(4);
    assert_eq!(status(&ran, "support", "validity"), "problem");
    assert_eq!(status(&ran, "zis", "validity"), "ok");
    assert_eq!(status(&ran, "chat", "validity"), "ok");
    let mut command = stage.command(["doctor", "-o", "json"]);
    command
        .env("ZENDESK_ZIS_TOKEN", "CANARY-dead")
        .env("ZENDESK_CHAT_TOKEN", "CANARY-dead");
    let ran = stage.ran(command).exits(4);
    assert_eq!(status(&ran, "support", "validity"), "ok");
    assert_eq!(status(&ran, "zis", "validity"), "problem");
    assert_eq!(status(&ran, "chat", "validity"), "problem");
}

#[test]
fn nobody_answers() {
    let stage = Stage::new();
    // A port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let mut command = stage.command(["doctor", "-o", "json", "--timeout", "2"]);
    command.env("ZENDESK_URL", format!("http://{address}"));
    let ran = stage.ran(command).exits(6);
    assert_eq!(status(&ran, "account", "address"), "problem");
    assert_eq!(status(&ran, "account", "clock"), "skipped");
    assert_eq!(deadline(&ran, "2027-04-30")["status"], "ok");
}

#[test]
fn too_many_requests_are_told() {
    let stage = Stage::new();
    stage
        .sandbox
        .set_switch("rate_limit", "1")
        .expect("a switch");
    let ran = stage.run("doctor -o json").exits(5);
    assert_eq!(status(&ran, "support", "validity"), "problem");
}

#[test]
fn a_clock_that_is_off_is_told() {
    let stage = Stage::built(Sandbox::builder().real_time());
    let hours = std::time::Duration::from_secs(7200);
    stage.sandbox.clock().advance(hours);
    let ran = stage.run("doctor -o json").exits(0);
    let clock = finding(&ran, "account", "clock");
    assert_eq!(clock["status"], "warning");
    let skew = clock["facts"]["skew_seconds"].as_i64().expect("seconds");
    assert!((-7260..=-7140).contains(&skew), "{skew}");
}

#[test]
fn an_answer_that_does_not_come_is_not_waited_for() {
    let stage = Stage::new();
    let rule = FaultRule::on("list_chat_oauth_tokens", Fault::latency_ms(60_000));
    stage.sandbox.faults().add(rule).expect("a rule");
    let ran = stage.run("doctor -o json --timeout 1").exits(6);
    assert_eq!(status(&ran, "chat", "validity"), "problem");
    assert_eq!(status(&ran, "support", "validity"), "ok");
}

#[test]
fn it_runs_without_an_account() {
    let stage = Stage::new();
    let ran = stage.ran(stage.bare(["doctor", "-o", "json"])).exits(1);
    assert_eq!(status(&ran, "settings", "account"), "problem");
    deadline(&ran, "2027-04-01");
}

#[test]
fn an_agent_is_no_admin() {
    let stage = Stage::new();
    let mut command = stage.command(["doctor", "-o", "json"]);
    command.env("ZENDESK_TOKEN", stage.starter.agent_token());
    let ran = stage.ran(command).exits(0);
    assert_eq!(status(&ran, "support", "role"), "warning");
}

#[cfg(unix)]
#[test]
fn a_settings_file_that_others_may_read_is_a_problem() {
    use std::os::unix::fs::PermissionsExt as _;

    let stage = Stage::new();
    let folder = stage.home().join(".config/zendesk-oauth");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("config.toml");
    std::fs::write(&file, "[profiles.old]\nurl = \"https://www.zopim.com\"\n").expect("a file");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("permissions");
    let ran = stage.run("doctor -o json").exits(1);
    assert_eq!(status(&ran, "settings", "file"), "problem");
    assert_eq!(status(&ran, "settings", "retired hosts"), "problem");
}

#[test]
fn advice_is_of_use_for_the_credentials_that_are_used() {
    let stage = Stage::new();
    let mut command = stage.command(["doctor", "-o", "json"]);
    command.env("ZENDESK_TOKEN", "CANARY-dead");
    let ran = stage.ran(command).exits(4);
    let advice = finding(&ran, "support", "validity")["advice"].to_string();
    assert!(advice.contains("unset ZENDESK_TOKEN"), "{advice}");
    // Only a token of the integration's own client is taken there, which no login gives.
    let advice = finding(&ran, "zis", "expiry")["advice"].to_string();
    assert!(
        advice.contains("tokens create --client-id zis_"),
        "{advice}"
    );
    assert!(!advice.contains("zendesk-oauth login"), "{advice}");
}

#[test]
fn a_dead_login_is_told_to_log_in() {
    let stage = Stage::new();
    let it = &stage.starter;
    let words = "login --client-credentials --client-id sandbox_app --profile acme";
    let mut command = stage.bare(words.split(' '));
    command
        .env("ZENDESK_URL", stage.sandbox.url())
        .env("ZENDESK_CLIENT_SECRET", it.client_secret());
    stage.ran(command).exits(0);
    let ran = stage.ran(stage.bare(["doctor", "-o", "json"]));
    let says = finding(&ran, "support", "credentials")["says"].to_string();
    assert!(says.contains("is not tried"), "{says}");
    let file = stage.home().join(".config/zendesk-oauth/config.toml");
    let text = std::fs::read_to_string(&file).expect("settings");
    let text = text.replace(it.client_secret(), "CANARY-replaced");
    std::fs::write(&file, text).expect("settings");
    let a_while = std::time::Duration::from_secs(86_400 * 90);
    stage.sandbox.clock().advance(a_while);
    let ran = stage.ran(stage.bare(["doctor", "-o", "json"])).exits(4);
    let advice = finding(&ran, "support", "validity")["advice"].to_string();
    assert!(
        advice.contains("zendesk-oauth login --profile acme"),
        "{advice}"
    );
}

#[test]
fn an_api_token_that_is_seldom_used_is_warned_of() {
    let stage = Stage::new();
    let ran = stage.ran(with_api_token(&stage));
    let idle = deadline(&ran, "2026-07-28");
    assert_eq!(idle["status"], "warning");
    assert!(idle["says"].to_string().contains("30 days"), "{idle}");
}
