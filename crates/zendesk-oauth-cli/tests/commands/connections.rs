//! Connections of a ZIS integration.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use reqwest::Url;
use serde_json::Value;
use zendesk_oauth_sandbox::{Fault, FaultRule};

use crate::common::{Ran, Stage};

fn stage() -> Stage {
    let stage = Stage::new();
    stage
        .sandbox
        .apply_profile("unattended")
        .expect("it is there");
    stage
}

/// A line with the ZIS OAuth client of the sandbox in it.
pub(crate) fn line(stage: &Stage, line: &str) -> String {
    line.replace(
        "CLIENT",
        stage
            .starter
            .zis_oauth_client
            .as_deref()
            .expect("it is there"),
    )
}

/// Follows redirects as a browser does in which the admin is signed in, and gives the last address.
pub(crate) fn browse(stage: &Stage, from: &str) -> (Url, u16) {
    let session = stage.starter.admin_session.clone().expect("it is there");
    let own = stage.sandbox.url().to_owned();
    stage.block_on(async move {
        let none = reqwest::redirect::Policy::none();
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(none)
            .build()
            .expect("it is there");
        let mut url = Url::parse(from).expect("it is there");
        for _ in 0..10 {
            let mut request = http.get(url.clone());
            if url.as_str().starts_with(&own) {
                request = request.header("cookie", format!("_zendesk_session={session}"));
            }
            let answer = match request.send().await {
                Ok(answer) => answer,
                // The callback of a test that has no listener.
                Err(_) => return (url, 0),
            };
            match answer.headers().get("location") {
                Some(next) => {
                    url = url
                        .join(next.to_str().expect("it is there"))
                        .expect("it is there")
                }
                None => return (url, answer.status().as_u16()),
            }
        }
        panic!("redirects without end");
    })
}

/// Runs `connections connect` with a browser that goes where the program says.
fn connected(stage: &Stage, arguments: &str) -> Ran {
    let arguments = line(stage, arguments);
    let mut command = stage.command(arguments.split_whitespace());
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it is there");
    let mut stderr = BufReader::new(child.stderr.take().expect("it is there"));
    let mut talk = String::new();
    while !talk.contains("http") {
        let read = stderr.read_line(&mut talk).expect("it is there");
        assert!(read > 0, "it ended: {talk}");
    }
    let url = talk.lines().last().expect("it is there");
    let (_, status) = browse(stage, url);
    assert_eq!(status, 200);
    stderr.read_to_string(&mut talk).expect("it is there");
    let mut ran = Ran::of(child.wait_with_output().expect("it is there"));
    ran.stderr = talk;
    stage.assert_no_secret(&ran);
    ran
}

#[test]
fn connect_is_the_whole_flow() {
    let stage = stage();
    let connect = "connections connect fresh_one --oauth-client CLIENT --scopes read,write --offline --no-browser";
    let ran = connected(&stage, &format!("{connect} -o json")).exits(0);
    let made = ran.json();
    assert_eq!(made["name"], "fresh_one");
    for secret in [
        "access_token",
        "refresh_token",
        "oauth_access_token_response_body",
    ] {
        assert_eq!(made[secret], "[redacted]", "{made}");
    }
    assert!(
        ran.stderr.contains("Connected «fresh_one»"),
        "{}",
        ran.stderr
    );
    let shown = stage
        .run("connections show --name fresh_one -o json")
        .exits(0);
    assert_eq!(shown.json()["uuid"], made["uuid"]);
    let by_uuid = format!(
        "connections show --uuid {} --wait 5",
        made["uuid"].as_str().unwrap()
    );
    let table = stage.run(&by_uuid).exits(0);
    assert!(table.stdout.contains("fresh_one"), "{}", table.stdout);
    let old = revealed(&stage, "connections show --name fresh_one");
    let refreshed = stage
        .run("connections refresh --name fresh_one -o json")
        .exits(0);
    assert_eq!(refreshed.json()["access_token"], "[redacted]");
    let new = revealed(&stage, "connections show --name fresh_one");
    assert_ne!(old["access_token"], new["access_token"]);
    let path = "/api/services/zis/connections/my_integration?name=fresh_one";
    let raw = stage.command(["api", "GET", path, "--area", "zis"]);
    let raw = stage.ran(raw).exits(0);
    assert_eq!(raw.json()["access_token"], "[redacted]");
    for ran in [&ran, &shown, &table, &refreshed, &raw] {
        for secret in [&old, &new] {
            let token = secret["access_token"].as_str().unwrap();
            assert!(!ran.stdout.contains(token) && !ran.stderr.contains(token));
        }
    }
    let table = connected(&stage, &connect.replace("fresh_one", "second_one")).exits(0);
    assert!(table.stdout.contains("second_one"), "{}", table.stdout);
}

fn revealed(stage: &Stage, line: &str) -> Value {
    let line = format!("{line} -o json --reveal");
    let command = stage.command(line.split_whitespace());
    stage.ran_revealing(command).exits(0).json()
}

#[test]
fn a_flow_can_be_walked_step_by_step() {
    let stage = stage();
    let start = line(
        &stage,
        "connections start by_hand --oauth-client CLIENT --redirect-url http://127.0.0.1:9/back",
    );
    let url = stage.run(&start).exits(0).stdout;
    let as_json = stage.run(&format!("{start} -o json")).exits(0).json();
    assert!(
        as_json["redirect_url"]
            .as_str()
            .unwrap()
            .contains("flow_token=")
    );
    std::fs::write(stage.home().join("flow"), &url).unwrap();
    let leads = stage
        .run("connections redirect --flow-token-file flow")
        .exits(0);
    assert!(leads.stdout.ends_with("?[redacted]\n"), "{}", leads.stdout);
    let (back, _) = browse(&stage, url.trim());
    assert_eq!(back.path(), "/back");
    let exchange = stage.command(["connections", "exchange", "-o", "json"]);
    let with_code = |mut command: std::process::Command| {
        command.env("ZENDESK_VERIFICATION_CODE", back.as_str());
        command
    };
    let before = stage.sandbox.journal().len();
    let dry = stage.command(["connections", "exchange", "-o", "json", "--dry-run"]);
    let dry = stage.ran(with_code(dry)).exits(0).json();
    let query = dry["url"].as_str().unwrap();
    assert!(query.ends_with("=[redacted]"), "{query}");
    assert_eq!(stage.sandbox.journal().len(), before);
    let made = stage.ran(with_code(exchange)).exits(0).json();
    assert_eq!(made["name"], "by_hand");
    assert_eq!(made["access_token"], "[redacted]");
    assert_eq!(made["raw_callback_params"], "[redacted]");
    // A code works once.
    let again = stage.command(["connections", "exchange"]);
    assert_ne!(stage.ran(with_code(again)).code, Some(0));
}

#[test]
fn a_token_of_zendesk_goes_where_it_is_wanted() {
    let stage = stage();
    let token = |more: &str| {
        let line = format!(
            "connections token --client-id sandbox_app --grant client-credentials --scopes read {more}"
        );
        let mut command = stage.command(line.split_whitespace());
        command.env(
            "ZENDESK_CLIENT_SECRET",
            stage.starter.client_secret.as_deref().unwrap(),
        );
        command
    };
    let before = stage.sandbox.journal().len();
    let nowhere = stage.ran(token("")).exits(2);
    assert!(
        nowhere.stderr.contains("--secret-file"),
        "{}",
        nowhere.stderr
    );
    stage.ran(token("--secret-file no/such/file")).exits(2);
    let dry = stage.ran(token("--dry-run -o json")).exits(0).json();
    assert_eq!(dry["body"]["client_secret"], "[redacted]");
    assert_eq!(stage.sandbox.journal().len(), before, "nothing was sent");
    let made = stage
        .ran(token("--secret-file token -o json"))
        .exits(0)
        .json();
    assert_eq!(made["access_token"], "[redacted]");
    let kept = std::fs::read_to_string(stage.home().join("token")).unwrap();
    assert!(kept.len() > 20 && kept.ends_with('\n'));
    let revealed = stage
        .ran_revealing(token("--reveal -o json"))
        .exits(0)
        .json();
    assert_ne!(revealed["access_token"], "[redacted]");
    let taken = stage
        .ran(token("--env-file .env --env-name ZENDESK_TOKEN"))
        .exits(0);
    assert_eq!(taken.code, Some(0));
    let env = std::fs::read_to_string(stage.home().join(".env")).unwrap();
    assert!(env.starts_with("ZENDESK_TOKEN="), "{env}");
}

#[test]
fn dry_runs_send_nothing() {
    let stage = stage();
    let before = stage.sandbox.journal().len();
    for (arguments, method, path) in [
        ("start a_name --oauth-client CLIENT", "POST", "/start/"),
        ("connect a_name --oauth-client CLIENT", "POST", "/start/"),
        ("refresh --name a_name", "POST", "/refresh"),
    ] {
        let ran = stage.run(&line(
            &stage,
            &format!("connections {arguments} --dry-run -o json"),
        ));
        let request = ran.exits(0).json();
        assert!(request["url"].as_str().unwrap().contains(path), "{request}");
        let is_right = request["method"] == method || path == "/refresh";
        assert!(is_right, "{request}");
    }
    assert_eq!(stage.sandbox.journal().len(), before);
}

#[test]
fn failures_have_their_exit_codes() {
    let stage = stage();
    stage.run("connections show --name nothing_here").exits(3);
    stage.run("connections show --name no").exits(2);
    stage.run("connections show").exits(2);
    stage.run("connections show --uuid no-uuid").exits(2);
    let mut command = stage.command(["connections", "show", "--name", "a_name", "-o", "json"]);
    command.env("ZENDESK_ZIS_TOKEN", "CANARY-wrong");
    assert_eq!(stage.ran(command).exits(4).error()["kind"], "auth");
    let mut command = stage.command(["connections", "refresh", "--name", "a_name"]);
    command.env("ZENDESK_URL", "http://127.0.0.1:1");
    stage.ran(command).exits(6);
    let limited = Fault::status(429).with_header("retry-after", "0");
    let rule = FaultRule::on("refresh_oauth_token", limited);
    stage.sandbox.faults().add(rule).unwrap();
    stage.run("connections refresh --name a_name").exits(5);
    let mut command = stage.bare(["connections", "show", "--name", "a_name"]);
    command.env("ZENDESK_URL", stage.sandbox.url());
    let ran = stage.ran(command).exits(2);
    assert!(ran.stderr.contains("--integration"), "{}", ran.stderr);
}

#[test]
fn nobody_comes_back() {
    let stage = stage();
    let connect = "connections connect a_name --oauth-client CLIENT --no-browser --timeout 0";
    let ran = stage.run(&line(&stage, connect)).exits(1);
    assert!(ran.stdout.is_empty(), "{}", ran.stdout);
}
