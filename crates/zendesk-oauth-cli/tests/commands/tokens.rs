//! `tokens`.

use zendesk_oauth_sandbox::{Fault, FaultRule};

use crate::common::Stage;
use crate::records::{
    asked, client, file, ids, listed, other_token, own_token, rescued, sends_nothing,
};

const CREATE: &str = "tokens create --client-id sandbox_app --scope read";

#[test]
fn tokens_are_listed_by_what_is_asked_for() {
    let stage = Stage::new();
    let all = listed(&stage, "tokens list --all");
    let mine = listed(&stage, "tokens list");
    let expired = listed(&stage, "tokens list --all --include-expired");
    assert!(mine.len() < all.len() && all.len() < expired.len());
    assert!(all.iter().all(|it| it["token"] == "[redacted]"));
    let starter = client(&stage, "sandbox_starter");
    let by_number = ids(&stage, &format!("tokens list --all --client-id {starter}"));
    let by_name = ids(&stage, "tokens list --all --client-id sandbox_starter");
    assert_eq!(by_number, by_name);
    assert!(!by_name.is_empty() && by_name.len() < all.len());
    assert!(ids(&stage, "tokens list --all --global-client-id 223443").is_empty());
    let own = own_token(&stage).to_string();
    let table = stage.run("tokens list").exits(0);
    assert!(table.stdout.contains(&own), "{table:#?}");
    sends_nothing(&stage, "tokens list --include-expired").exits(2);
    let client = "tokens list --all --client-id no_such_client";
    stage.run(client).exits(3);
}

#[test]
fn a_token_is_shown_by_its_number() {
    let stage = Stage::new();
    let id = other_token(&stage);
    let shown = stage.run(&format!("tokens show {id} -o json")).exits(0);
    assert_eq!(shown.json()["id"], id);
    let table = stage.run(&format!("tokens show {id}")).exits(0);
    assert!(table.stdout.contains(&id.to_string()), "{table:#?}");
    let missing = stage.run("tokens show 1 -o json").exits(3);
    assert_eq!(missing.error()["kind"], "not_found");
    sends_nothing(&stage, "tokens show sandbox_app").exits(2);
}

#[test]
fn a_new_token_is_in_its_file_and_works() {
    let stage = Stage::new();
    let ran = stage.run(&format!(
        "{CREATE} --scope write --expires-in 1h --secret-file token -o json"
    ));
    let record = ran.exits(0).json();
    assert_eq!(record["scopes"], serde_json::json!(["read", "write"]));
    assert_eq!(record["full_token"], "[redacted]");
    let token = file(&stage, "token");
    let mut current = stage.command(["tokens", "current", "-o", "json"]);
    current.env("ZENDESK_TOKEN", token.trim());
    let current = stage.ran(current).exits(0);
    assert_eq!(current.json()["id"], record["id"]);

    let line = format!("{CREATE} --reveal -o json");
    let revealed = stage.ran_revealing(stage.command(line.split_whitespace()));
    let revealed = revealed.exits(0).json();
    let whole = revealed["full_token"].as_str().unwrap();
    assert!(whole.len() > 20, "{revealed}");
}

#[test]
fn lifetimes_are_within_the_bounds_or_nothing_is_sent() {
    let stage = Stage::new();
    let id = client(&stage, "sandbox_app");
    let create = format!("tokens create --client-id {id} --scope read --secret-file token");
    for (wish, says) in [
        ("--expires-in 1m", "300 to 172800"),
        ("--expires-in 49h", "300 to 172800"),
        ("--refresh-token-expires-in 6d", "604800 to 7776000"),
        ("--refresh-token-expires-in 91d", "604800 to 7776000"),
        ("--expires-in 30m --scope \u{e9}", "RFC 6749"),
        ("--expires-in soon", "write it as 30m, 48h or 30d"),
        ("--expires-in 1800", "write it as 30m, 48h or 30d"),
    ] {
        let ran = sends_nothing(&stage, &format!("{create} {wish}")).exits(2);
        assert!(ran.stderr.contains(says), "{wish}: {ran:#?}");
        let ran = sends_nothing(&stage, &format!("{create} {wish} --dry-run")).exits(2);
        assert!(ran.stderr.contains(says), "{wish}: {ran:#?}");
    }
    let wish = "--expires-in 30m --refresh-token-expires-in 30d --dry-run -o json";
    let request = sends_nothing(&stage, &format!("{create} {wish}")).exits(0);
    let token = &request.json()["body"]["token"];
    assert_eq!(token["expires_in"], 1_800);
    assert_eq!(token["refresh_token_expires_in"], 2_592_000);
    assert_eq!(token["client_id"], id);
}

#[test]
fn what_is_on_the_server_is_told_when_nobody_has_the_token() {
    let stage = Stage::new();
    let mut words: Vec<&str> = CREATE.split(' ').collect();
    words.extend(["--secret-command", "exit 3"]);
    let ran = stage.ran(stage.command(words)).exits(1);
    assert!(ran.stderr.contains("was created"), "{ran:#?}");
    assert!(
        ran.stderr.contains("`zendesk-oauth tokens revoke "),
        "{ran:#?}"
    );
    let [token] = &rescued(&stage)[..] else {
        panic!("{ran:#?}")
    };
    let mut current = stage.command(["tokens", "current"]);
    current.env("ZENDESK_TOKEN", token);
    stage.ran(current).exits(0);
    let rule = FaultRule::on("create_support_oauth_token", Fault::lost_answer());
    stage.sandbox.faults().add(rule).unwrap();
    let ran = stage.run(&format!("{CREATE} --secret-file token")).exits(6);
    assert!(ran.stderr.contains("tokens list --client-id "), "{ran:#?}");
}

#[test]
fn a_client_that_zendesk_does_not_know_is_1_and_names_the_member() {
    let stage = Stage::new();
    let line = "tokens create --client-id 1 --scope read --secret-file token -o json";
    let error = stage.run(line).exits(1).error();
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("client_id"), "{message}");
    assert!(!stage.home().join("token").exists());
}

#[test]
fn each_of_several_revocations_is_reported_and_the_worst_is_the_exit_code() {
    let stage = Stage::new();
    let own = own_token(&stage);
    let other = other_token(&stage);
    let line = format!("tokens revoke {own} 1 {other} {other} --yes -o json");
    let ran = stage.run(&line).exits(3);
    assert!(ran.stdout.is_empty(), "{ran:#?}");
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert_eq!(lines.len(), 4, "{ran:#?}");
    let warning = format!("this command runs on the token {own};");
    assert!(lines[0].contains(&warning), "{ran:#?}");
    let error: serde_json::Value = serde_json::from_str(lines[1]).unwrap();
    assert_eq!(error["error"]["kind"], "not_found");
    assert_eq!(lines[2], format!("token {other}: revoked"));
    // Last, for nothing can be revoked with it then.
    assert_eq!(lines[3], format!("token {own}: revoked"));
    stage.run("tokens current").exits(4);
}

#[test]
fn what_all_would_fail_by_leaves_the_rest_alone() {
    let stage = Stage::new();
    let mut command = stage.command("tokens revoke 1 2 3 --yes".split(' '));
    command.env("ZENDESK_TOKEN", "CANARY-no-token");
    let ran = stage.ran(command).exits(4);
    assert!(ran.stderr.contains("not tried: 2 3"), "{ran:#?}");
}

#[test]
fn the_question_says_which_token_it_is_and_that_the_command_runs_on_it() {
    let stage = Stage::new();
    let (own, other) = (own_token(&stage), other_token(&stage));
    for line in [
        format!("tokens revoke {own} {other}"),
        "tokens revoke-current".to_owned(),
    ] {
        let ran = stage.run(&line).exits(2);
        let question = ran.stderr.to_lowercase();
        assert!(question.contains(&own.to_string()), "{ran:#?}");
        assert!(question.contains("which this command runs on"), "{ran:#?}");
    }
    let (ran, calls) = asked(&stage, || stage.run(&format!("tokens revoke {other}")));
    let ran = ran.exits(2);
    assert!(!ran.stderr.to_lowercase().contains("runs on"), "{ran:#?}");
    assert!(calls.iter().all(|it| it.starts_with("show_")), "{calls:?}");
    stage.run("tokens revoke 1").exits(3);
    stage.run(&format!("tokens show {own}")).exits(0);
}

#[test]
fn revoking_needs_a_number_and_credentials() {
    let stage = Stage::new();
    sends_nothing(&stage, "tokens revoke --yes").exits(2);
    sends_nothing(&stage, "tokens revoke all --yes").exits(2);
    for line in ["tokens current", "tokens revoke-current --yes"] {
        let mut command = stage.bare(line.split(' '));
        command.env("ZENDESK_URL", stage.sandbox.url());
        stage.ran(command).exits(4);
    }
    let (one, other) = (own_token(&stage), other_token(&stage));
    let line = format!("tokens revoke {one} {other} --dry-run");
    let ran = sends_nothing(&stage, &line).exits(0);
    for id in [one, other] {
        assert!(ran.stdout.contains(&id.to_string()), "{ran:#?}");
    }
}

#[test]
fn the_token_of_the_run_and_that_of_zis_are_warned_of_with_yes() {
    let stage = Stage::new();
    let other = other_token(&stage);
    let mut command = stage.command(["tokens", "revoke", &other.to_string(), "--yes"]);
    command.env("ZENDESK_ZIS_TOKEN", "CANARY-of-another-token");
    let ran = stage.ran(command).exits(0);
    assert!(!ran.stderr.contains("warning"), "{ran:#?}");

    let create = "tokens create --client-id sandbox_app --scope read --secret-file token -o json";
    let id = stage.run(create).exits(0).json()["id"].to_string();
    let mut command = stage.command(["tokens", "revoke", &id, "--yes"]);
    command.env("ZENDESK_ZIS_TOKEN", file(&stage, "token").trim());
    let ran = stage.ran(command).exits(0);
    let warning = format!("the token {id} is the ZIS token of this command");
    assert!(ran.stderr.contains(&warning), "{ran:#?}");

    let own = own_token(&stage);
    let ran = stage.run(&format!("tokens revoke {own} --yes")).exits(0);
    assert!(
        ran.stderr.contains("warning: this command runs"),
        "{ran:#?}"
    );
}
