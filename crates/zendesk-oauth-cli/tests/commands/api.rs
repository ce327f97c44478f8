//! Raw calls.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use zendesk_oauth_sandbox::{Fault, FaultRule};

use crate::common::{Ran, Stage};

const CLIENTS: &str = "/api/v2/oauth/clients";

#[test]
fn an_answer_is_json_without_its_secrets() {
    let stage = Stage::new();
    for line in [
        "api GET /api/v2/oauth/clients",
        "api get api/v2/oauth/clients -o json",
    ] {
        let ran = stage.run(line).exits(0);
        let answer = ran.json();
        assert_eq!(answer["count"], 4);
        assert_eq!(answer["clients"][0]["secret"], "[redacted]");
        assert_eq!(ran.stderr, "");
    }
    let shown = stage.run("api GET /api/v2/oauth/clients -i").exits(0);
    assert!(
        shown.stderr.starts_with("HTTP 200 OK\n"),
        "{}",
        shown.stderr
    );
    assert!(shown.stderr.contains("x-request-id: "), "{}", shown.stderr);
    let whole = format!("{}{CLIENTS}", stage.sandbox.url());
    let of_url = stage.ran(stage.command(["api", "GET", &whole])).exits(0);
    assert_eq!(of_url.stdout, shown.stdout);
}

#[test]
fn reveal_shows_what_the_answer_has() {
    let stage = Stage::new();
    let command = stage.command(["api", "GET", CLIENTS, "--reveal"]);
    let ran = stage.ran_revealing(command).exits(0);
    assert_ne!(ran.json()["clients"][0]["secret"], "[redacted]");
}

#[test]
fn every_area_has_its_credentials() {
    let stage = Stage::new();
    let chat = stage.run("api GET /oauth/tokens --area chat").exits(0);
    assert!(chat.json().is_array() || chat.json().is_object());
    assert_eq!(
        stage.sandbox.journal().last().unwrap().path,
        "/api/v2/chat/oauth/tokens"
    );
    let mut command = stage.bare(["api", "GET", "/x", "--area", "zis"]);
    command.env("ZENDESK_URL", stage.sandbox.url());
    let ran = stage.ran(command).exits(4);
    assert!(ran.stderr.contains("ZENDESK_ZIS_TOKEN"), "{}", ran.stderr);
}

#[test]
fn pages_of_both_kinds_are_followed_to_the_end() {
    let stage = Stage::new();
    let ids = |list: &[Value]| -> Vec<Value> { list.iter().map(|it| it["id"].clone()).collect() };
    let whole = stage.run("api GET /api/v2/oauth/clients").exits(0).json();
    let whole = ids(whole["clients"].as_array().unwrap());
    assert_eq!(whole.len(), 4);
    for query in ["page[size]=1", "per_page=3", "page[size]=100"] {
        let before = stage.sandbox.journal().len();
        let path = format!("{CLIENTS}?{query}");
        let ran = stage.ran(stage.command(["api", "GET", &path, "--paginate", "-o", "json"]));
        let list = ran.exits(0).json();
        assert_eq!(ids(list.as_array().unwrap()), whole, "{query}");
        assert_eq!(list[0]["secret"], "[redacted]");
        let lines = stage.ran(stage.command(["api", "GET", &path, "--paginate", "-o", "ndjson"]));
        let lines: Vec<Value> = lines
            .exits(0)
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(ids(&lines), whole, "{query}");
        let calls = stage.sandbox.journal().len() - before;
        assert_eq!(calls > 2, query != "page[size]=100", "{query}: {calls}");
    }
    let by_field = "api GET /api/v2/oauth/clients --paginate -f page[size]=3 -o json";
    assert_eq!(
        stage
            .run(by_field)
            .exits(0)
            .json()
            .as_array()
            .unwrap()
            .len(),
        4
    );
}

#[test]
fn a_page_elsewhere_is_not_followed() {
    let stage = Stage::new();
    let page = json!({"clients": [{"id": 1}], "next_page": "http://localhost:9/x?CANARY"});
    let fault = Fault::status(200).with_body(page.to_string());
    stage
        .sandbox
        .faults()
        .add(FaultRule::on("list_oauth_clients", fault))
        .unwrap();
    let ran = stage
        .run("api GET /api/v2/oauth/clients --paginate -o json")
        .exits(1);
    assert!(ran.stderr.contains("not followed"), "{}", ran.stderr);
    // Nobody takes a part for the whole.
    assert!(
        serde_json::from_str::<Value>(&ran.stdout).is_err(),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_body_comes_from_fields_or_a_file_and_is_sent_once() {
    let stage = Stage::new();
    let line = "api POST /api/v2/oauth/clients -f client[name]=One -f client[identifier]=one \
                -f client[redirect_uri]:=[\"https://one.example/\"] -f client[kind]=confidential --reveal";
    let made = stage.run(line).exits(0).json();
    assert_eq!(made["client"]["identifier"], "one");
    assert_ne!(made["client"]["secret"], "[redacted]");
    let id = made["client"]["id"].as_i64().unwrap();
    let mut command = stage.command(["api", "PUT", &format!("{CLIENTS}/{id}"), "--input", "-"]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let ran = with_input(command, r#"{"client": {"name": "Two"}}"#).exits(0);
    assert_eq!(ran.json()["client"]["name"], "Two");
    let path = format!("api DELETE {CLIENTS}/{id} --yes");
    let gone = stage.run(&path).exits(0);
    assert_eq!(gone.stdout, "");
    let again = stage.run(&format!("{path} -o json")).exits(3);
    assert_eq!(again.error()["kind"], "not_found");
    let fault = FaultRule::on("create_oauth_client", Fault::status(503));
    stage.sandbox.faults().add(fault).unwrap();
    let before = stage.sandbox.journal().len();
    stage
        .run("api POST /api/v2/oauth/clients -f client[name]=X --reveal")
        .exits(1);
    assert_eq!(
        stage.sandbox.journal().len(),
        before + 1,
        "POST is not repeated"
    );
}

#[test]
fn nothing_is_sent_that_was_not_meant() {
    let stage = Stage::new();
    let before = stage.sandbox.journal().len();
    for line in [
        "api GET https://evil.example/api/v2/users/me",
        "api GET //evil.example/x",
        "api BREW /x",
        "api GET /x?access_token=CANARY",
        "api POST /x -f client_secret=CANARY",
        "api POST /x -H Authorization:CANARY",
        "api POST /x --input no-such-file",
        "api GET /x --input -",
        "api POST /x --paginate",
        "api DELETE /api/v2/oauth/clients/1",
    ] {
        let ran = stage.run(line).exits(2);
        assert_eq!(ran.stdout, "", "{line}");
    }
    assert_eq!(stage.sandbox.journal().len(), before);
}

#[test]
fn a_dry_run_shows_the_request_and_sends_nothing() {
    let stage = Stage::new();
    std::fs::write(
        stage.home().join("body.json"),
        r#"{"client": {"name": "N", "secret": "CANARY"}}"#,
    )
    .unwrap();
    let before = stage.sandbox.journal().len();
    let ran = stage
        .run("api POST /api/v2/oauth/clients?a=1 --input body.json --dry-run -o json -H X-A:b")
        .exits(0);
    let request = ran.json();
    assert_eq!(request["method"], "POST");
    assert_eq!(
        request["url"],
        format!("{}{CLIENTS}?a=1", stage.sandbox.url())
    );
    assert_eq!(request["headers"]["authorization"], "Bearer [redacted]");
    assert_eq!(request["headers"]["x-a"], "b");
    assert_eq!(
        request["body"],
        json!({"client": {"name": "N", "secret": "[redacted]"}})
    );
    let text = stage
        .run("api DELETE /api/v2/oauth/clients/1 -n")
        .exits(0)
        .stdout;
    assert!(text.starts_with("DELETE http://"), "{text}");
    assert!(
        text.contains("authorization: Bearer [redacted]\n"),
        "{text}"
    );
    let mut command = stage.bare(["api", "DELETE", "/x", "-n"]);
    command.env("ZENDESK_URL", stage.sandbox.url());
    stage.ran(command).exits(4);
    assert_eq!(stage.sandbox.journal().len(), before);
}

#[test]
fn failures_have_their_exit_codes() {
    let stage = Stage::new();
    let ran = stage
        .run("api GET /api/v2/oauth/clients/99 -o json")
        .exits(3);
    assert_eq!(ran.error()["status"], 404);
    let mut command = stage.command(["api", "GET", CLIENTS, "-o", "json"]);
    command.env("ZENDESK_TOKEN", "CANARY-wrong");
    assert_eq!(stage.ran(command).exits(4).error()["kind"], "auth");
    let mut command = stage.command(["api", "POST", "/api/v2/things"]);
    command.env("ZENDESK_URL", "http://127.0.0.1:1");
    stage.ran(command).exits(6);
    let limited = Fault::status(429).with_header("retry-after", "0");
    let rule = FaultRule::on("list_oauth_clients", limited);
    stage.sandbox.faults().add(rule).unwrap();
    stage.run("api GET /api/v2/oauth/clients").exits(5);
}

fn with_input(mut command: Command, text: &str) -> Ran {
    let mut child = command.spawn().expect("it is there");
    let mut stdin = child.stdin.take().expect("it is there");
    stdin.write_all(text.as_bytes()).expect("it is there");
    drop(stdin);
    Ran::of(child.wait_with_output().expect("it is there"))
}

/// A person at a terminal, typing.
#[cfg(unix)]
mod at_a_terminal {
    use std::time::Duration;

    use expectrl::process::unix::WaitStatus;
    use expectrl::session::OsSession;
    use expectrl::{ControlCode, Eof, Expect as _, Session};

    use super::*;

    /// The account and its credentials, without the empty input of a command that nobody types at.
    fn at_terminal(stage: &Stage, mut command: Command) -> OsSession {
        let mut account = stage.command([""]);
        account.env("PATH", "/usr/bin:/bin");
        let variables = account.get_envs();
        command
            .env_clear()
            .envs(variables.filter_map(|(name, value)| Some((name, value?))))
            .current_dir(stage.home());
        let mut session = Session::spawn(command).expect("a terminal");
        session.set_expect_timeout(Some(Duration::from_secs(30)));
        session
    }

    fn asked(stage: &Stage, line: &str, question: &str) -> OsSession {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zendesk-oauth"));
        command.args(line.split(' '));
        let mut session = at_terminal(stage, command);
        session.expect(question).expect("the question");
        session
    }

    fn code(mut session: OsSession) -> (i32, String) {
        let rest = session.expect(Eof).expect("it ends");
        let shown = String::from_utf8_lossy(rest.as_bytes()).into_owned();
        match session.get_process().wait().expect("it ends") {
            WaitStatus::Exited(_, code) => (code, shown),
            other => panic!("{other:?}: {shown}"),
        }
    }

    #[test]
    fn only_the_name_lets_a_change_happen() {
        let stage = Stage::new();
        let id = stage.run("api GET /api/v2/oauth/clients").exits(0).json()["clients"][1]["id"]
            .as_i64()
            .unwrap();
        let line = format!("api DELETE {CLIENTS}/{id}");
        let question = format!("Type {id} to go on: ");
        let before = stage.sandbox.journal().len();
        for wrong in ["y", "", "28401"] {
            let mut session = asked(&stage, &line, &question);
            session.send_line(wrong).unwrap();
            let (code, shown) = code(session);
            assert_eq!(code, 1, "{shown}");
            assert!(shown.contains("nothing was changed"), "{shown}");
        }
        let mut session = asked(&stage, &line, &question);
        session.send(ControlCode::EndOfText).unwrap();
        assert_eq!(code(session).0, 130);
        assert_eq!(stage.sandbox.journal().len(), before);
        let mut session = asked(&stage, &line, &question);
        session.send_line(id.to_string()).unwrap();
        let (code, shown) = code(session);
        assert_eq!(code, 0, "{shown}");
        let journal = stage.sandbox.journal();
        assert_eq!(journal.last().unwrap().method, "DELETE");
    }

    #[test]
    fn a_secret_is_typed_without_being_shown() {
        let stage = Stage::new();
        let line = "connections token --client-id sandbox_app --grant client-credentials --secret-file kept";
        let mut session = asked(&stage, line, "the client secret (it is not shown): ");
        session.send_line("CANARY-typed").unwrap();
        let (ended, shown) = code(session);
        assert_eq!(ended, 4, "{shown}");
        assert!(!shown.contains("CANARY"), "{shown}");
        let mut session = asked(&stage, line, "(it is not shown): ");
        session.send(ControlCode::EndOfText).unwrap();
        assert_eq!(code(session).0, 130);
    }

    #[test]
    fn a_draft_is_gone_with_the_process() {
        let stage = Stage::new();
        let clients = stage.run("api GET /api/v2/oauth/clients").exits(0).json();
        let client = &clients["clients"][1];
        let line = format!(
            "clients generate-secret {} --secret-file kept",
            client["id"]
        );
        let names = || -> Vec<_> {
            let names = std::fs::read_dir(stage.home()).unwrap();
            names.map(|it| it.unwrap().file_name()).collect()
        };
        let mut session = asked(&stage, &line, "to go on: ");
        assert_eq!(names().len(), 1, "the place is held: {:?}", names());
        session.send(ControlCode::EndOfText).unwrap();
        assert_eq!(code(session).0, 130);
        assert!(names().is_empty(), "{:?}", names());
    }

    #[test]
    fn the_terminal_shows_again_what_is_typed_after_ctrl_c() {
        let stage = Stage::new();
        let program = env!("CARGO_BIN_EXE_zendesk-oauth");
        // The terminals of tests begin without echo.
        let script = format!(
            "trap : INT; stty echo; \
             {program} connections token --client-id a --grant client-credentials --reveal; \
             echo \"code $?\"; stty -a | grep -o -- '-*echo '"
        );
        let mut command = Command::new("/bin/sh");
        command.args(["-c", &script]);
        let mut session = at_terminal(&stage, command);
        session.expect("(it is not shown): ").unwrap();
        session.send(ControlCode::EndOfText).unwrap();
        let (_, shown) = code(session);
        assert!(shown.contains("code 130"), "{shown}");
        assert!(
            shown.contains("\necho") && !shown.contains("-echo"),
            "{shown}"
        );
    }
}
