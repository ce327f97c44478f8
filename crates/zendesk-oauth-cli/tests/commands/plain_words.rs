//! Failures speak to who types commands: no functions and types of Rust, and what the server said.

use serde_json::json;
use zendesk_oauth_sandbox::{Fault, FaultRule};

use crate::common::{Ran, Stage};

/// What means something in a program alone.
const RUST: [&str; 9] = [
    "()",
    "::",
    "TokenSource",
    "`deadline`",
    "max_body_size",
    "Location`",
    "paste_lines",
    "{+path}",
    "that is not printed",
];

const LINES: [&str; 12] = [
    "clients list",
    "clients show 10001",
    "clients update 10001 --name Newer",
    "clients create --name New --identifier new_client --kind confidential --secret-file s",
    "tokens list --all",
    "tokens create --client-id 10001 --scope read --secret-file t",
    "tokens current",
    "connections show --name kept",
    "connections start other --oauth-client my_oauth_client",
    "connections token --client-id a",
    "chat-tokens list",
    "api GET /api/v2/users/me",
];

#[track_caller]
fn is_plain(line: &str, ran: &Ran) {
    for rust in RUST {
        assert!(!ran.stderr.contains(rust), "{line}: {rust}: {ran:#?}");
    }
}

/// A line, with each answer spoilt in that way.
fn spoilt(line: &str, fault: Fault) -> Ran {
    let stage = Stage::new();
    stage.sandbox.faults().add(fault).expect("a rule");
    stage.run(&format!("{line} -o json"))
}

#[test]
fn no_failure_of_a_call_speaks_rust() {
    std::thread::scope(|scope| {
        for status in [
            301, 400, 401, 403, 404, 405, 409, 418, 422, 429, 500, 501, 503,
        ] {
            scope.spawn(move || {
                let stage = Stage::new();
                let fault = Fault::status(status).with_header("retry-after", "86400");
                stage.sandbox.faults().add(fault).expect("a rule");
                for line in LINES {
                    let ran = stage.run(&format!("{line} -o json"));
                    assert_ne!(ran.code, Some(0), "{line}: {ran:?}");
                    is_plain(line, &ran);
                }
            });
        }
        for fault in [
            Fault::truncated(12).with_header("retry-after", "0"),
            Fault::status(200).with_body("<b>page</b>"),
            Fault::status(200).with_body("no JSON"),
            Fault::status(418).with_body(json!({ "unknown": true })),
        ] {
            scope.spawn(move || {
                for line in LINES {
                    is_plain(line, &spoilt(line, fault.clone()));
                }
            });
        }
    });
}

#[test]
fn who_has_no_credentials_is_told_what_to_type() {
    let stage = Stage::new();
    for (line, told) in [
        ("clients list", "zendesk-oauth login"),
        ("tokens current", "zendesk-oauth login"),
        ("chat-tokens list", "ZENDESK_CHAT_TOKEN"),
        (
            "connections show --name kept --integration y",
            "ZENDESK_ZIS_TOKEN",
        ),
        ("api GET /api/v2/users/me", "zendesk-oauth login"),
    ] {
        let mut command = stage.bare(line.split(' ').chain(["-o", "json"]));
        command.env("ZENDESK_URL", stage.sandbox.url());
        let ran = stage.ran(command).exits(4);
        is_plain(line, &ran);
        let error = ran.error().to_string();
        assert!(error.contains(told), "{line}: {error}");
    }
    let mut command = stage.bare(["clients", "list", "-o", "json"]);
    command.env("ZENDESK_URL", stage.sandbox.url());
    let error = stage.ran(command).error();
    assert!(
        error["advice"]
            .as_str()
            .is_some_and(|it| it.contains("ZENDESK_TOKEN")),
        "{error}"
    );
}

#[test]
fn a_refusal_is_told_with_the_reasons_of_the_server() {
    let stage = Stage::new();
    let ran = stage.run("clients list --sort bogus -o json").exits(1);
    is_plain("--sort bogus", &ran);
    let refused = json!({
        "error": "RecordInvalid",
        "description": "Record validation errors",
        "details": { "identifier": [{ "description": "Identifier: has already been taken" }] },
    });
    let rule = FaultRule::on("update_oauth_client", Fault::status(422).with_body(refused));
    stage.sandbox.faults().add(rule).expect("a rule");
    let ran = stage.run("clients update 10001 --name x -o json");
    let message = ran.error()["message"].to_string();
    assert!(
        message.contains("identifier: Identifier: has already been taken"),
        "{message}"
    );
}

#[test]
fn a_raw_call_is_named_once() {
    let stage = Stage::new();
    let error = stage
        .run("api GET /api/v2/nothing -o json")
        .exits(3)
        .error();
    let message = error["message"].as_str().unwrap_or_default();
    assert!(
        message.starts_with("GET /api/v2/nothing: 404 Not Found"),
        "{message}"
    );
}

#[test]
fn a_cursor_that_is_refused_is_not_offered() {
    let stage = Stage::new();
    let refused = json!({ "errors": [{ "code": "InvalidCursor", "title": "no such cursor" }] });
    let rule = FaultRule::on("list_oauth_clients", Fault::status(400).with_body(refused));
    stage.sandbox.faults().add(rule).expect("a rule");
    let ran = stage.run("clients list --after bogus").exits(1);
    assert!(!ran.stderr.contains("--after"), "{ran:?}");
    assert!(ran.stderr.contains("no such cursor"), "{ran:?}");
}

#[test]
fn a_wrong_column_does_not_spoil_what_was_done() {
    let stage = Stage::new();
    let line =
        "clients create --name New --identifier new_client --kind confidential --secret-file s";
    let ran = stage
        .run(&format!("{line} --columns id,nmae -o json"))
        .exits(0);
    assert!(ran.json()["id"].is_number(), "{ran:?}");
    assert!(ran.stderr.contains("--columns nmae"), "{ran:?}");
}
