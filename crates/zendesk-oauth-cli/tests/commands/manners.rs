//! What all commands have in common: data and talk, exit codes, signals, closed pipes.

use std::io::Read as _;
use std::net::TcpListener;
use std::process::{Command, Stdio};

use zendesk_oauth_sandbox::{Fault, FaultRule};

use crate::common::{Ran, Stage};

#[test]
fn a_list_is_a_table_an_array_or_a_value_per_line() {
    let stage = Stage::new();
    let table = stage.run("clients list").exits(0).stdout;
    assert!(table.starts_with("id  "), "{table}");
    let count = table.lines().count() - 1;
    assert!(count > 1, "{table}");
    let array = stage.run("clients list -o json").exits(0);
    assert_eq!(array.json().as_array().map(Vec::len), Some(count));
    assert_eq!(
        array.stdout.lines().count(),
        count + 2,
        "an element per line"
    );
    let lines = stage.run("clients list -o ndjson").exits(0).stdout;
    assert_eq!(lines.lines().count(), count);
    for line in lines.lines() {
        assert!(
            serde_json::from_str::<serde_json::Value>(line).is_ok(),
            "{line}"
        );
    }
    assert!(!table.contains('\u{1b}'), "no colours without a terminal");
}

#[test]
fn columns_are_those_that_were_asked_for() {
    let stage = Stage::new();
    let table = stage.run("clients list --columns kind,id").exits(0).stdout;
    assert!(table.starts_with("kind"), "{table}");
    let lines = stage
        .run("clients list --columns kind,id -o ndjson")
        .exits(0)
        .stdout;
    assert!(
        lines.starts_with("{\"kind\":\"confidential\",\"id\":"),
        "{lines}"
    );
    for form in ["table", "json", "ndjson"] {
        let line = format!("clients list --columns id,nmae -o {form}");
        let ran = stage.run(&line).exits(2);
        assert!(ran.stdout.is_empty(), "{form}: {}", ran.stdout);
        assert!(
            ran.stderr
                .contains("--columns nmae: no record has such a member"),
            "{}",
            ran.stderr
        );
        assert!(
            ran.stderr.contains("identifier, kind, name"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn an_empty_list_says_so_beside_the_data() {
    let stage = Stage::new();
    let fault = Fault::default()
        .with_body(serde_json::json!({ "clients": [], "meta": { "has_more": false } }));
    stage
        .sandbox
        .faults()
        .add(FaultRule::on("list_oauth_clients", fault))
        .expect("a rule");
    let ran = stage.run("clients list --columns whatever").exits(0);
    assert_eq!(
        (ran.stdout.as_str(), ran.stderr.as_str()),
        ("", "nothing to show\n")
    );
    assert_eq!(stage.run("clients list -o json").exits(0).stdout, "[]\n");
    assert_eq!(stage.run("clients list -o ndjson").exits(0).stdout, "");
}

/// What a list comes to when its answer is spoiled.
fn spoiled(fault: Fault) -> Ran {
    let stage = Stage::new();
    stage
        .sandbox
        .faults()
        .add(FaultRule::on("list_oauth_clients", fault))
        .expect("a rule");
    stage.run("clients list -o json")
}

#[test]
fn exit_codes_say_what_kind_of_failure_it_was() {
    let late = || Fault::status(429).with_header("retry-after", "86400");
    for (fault, code, kind) in [
        (late(), 5, "rate_limited"),
        (Fault::status(401), 4, "auth"),
        (Fault::status(403), 4, "auth"),
        (Fault::status(404), 3, "not_found"),
        (Fault::status(501), 1, "failed"),
        (Fault::default().with_body("CANARY"), 1, "failed"),
    ] {
        let ran = spoiled(fault).exits(code);
        assert!(ran.stdout.is_empty(), "{ran:?}");
        assert!(!ran.stderr.contains("CANARY"), "{ran:?}");
        let error = ran.error();
        assert_eq!(error["kind"], kind, "{error}");
        assert_eq!(error["exit_code"], code, "{error}");
        assert_eq!(error["operation"], "list_oauth_clients", "{error}");
    }
    assert_eq!(spoiled(late()).error()["retry_after_seconds"], 86400);
}

#[test]
fn an_address_where_nobody_answers_exits_with_6() {
    let stage = Stage::new();
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = free.local_addr().expect("it has an address");
    drop(free);
    let mut command = stage.command(["clients", "list", "-o", "json"]);
    command.env("ZENDESK_URL", format!("http://{address}"));
    assert_eq!(stage.ran(command).exits(6).error()["kind"], "network");
}

#[test]
fn without_credentials_it_exits_with_4() {
    let stage = Stage::new();
    let mut command = stage.bare(["clients", "list", "-o", "json"]);
    command.env("ZENDESK_URL", stage.sandbox.url());
    assert_eq!(stage.ran(command).exits(4).error()["kind"], "auth");
}

#[test]
fn refused_arguments_are_json_too() {
    let stage = Stage::new();
    let error = stage.run("clients lits -o json").exits(2).error();
    assert_eq!(error["kind"], "usage", "{error}");
    assert!(
        error["message"]
            .as_str()
            .is_some_and(|it| it.contains("'lits'")),
        "{error}"
    );
    assert!(
        error["advice"]
            .as_str()
            .is_some_and(|it| it.contains("'list'")),
        "{error}"
    );
    for flag in ["--token", "--client-secret", "--password", "--api-token"] {
        for arguments in [
            vec![flag.to_owned(), "CANARY-1".to_owned()],
            vec![format!("{flag}=CANARY-1")],
        ] {
            let mut command = stage.command(["clients", "list"]);
            command.args(arguments);
            let ran = stage.ran(command).exits(2);
            assert!(
                ran.stderr
                    .contains("secrets are not taken from the command line"),
                "{ran:?}"
            );
        }
    }
}

#[test]
fn nobody_who_reads_is_no_failure() {
    let stage = Stage::new();
    for line in [
        "clients list",
        "clients list -o json",
        "clients list -o ndjson",
        "tokens list -o ndjson",
        "completions zsh",
        "man",
        "--help",
        "--version",
    ] {
        let mut command = stage.command(line.split(' '));
        let mut process = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        drop(process.stdout.take());
        let ran = Ran::of(process.wait_with_output().expect("it ends"));
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{line}");
    }
}

/// A command that waits for an answer, ended by a signal.
#[cfg(unix)]
fn ended_by(signal: &str) -> Ran {
    let stage = Stage::new();
    let server = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = server.local_addr().expect("it has an address");
    let mut command = stage.command(["clients", "list"]);
    command.env("ZENDESK_URL", format!("http://{address}"));
    let process = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    // The request is there: the command waits for its answer.
    let (mut connection, _) = server.accept().expect("a connection");
    connection.read_exact(&mut [0]).expect("a request");
    let script = format!("kill -{signal} {}", process.id());
    let sent = Command::new("sh").args(["-c", &script]).status();
    assert!(sent.expect("a shell").success());
    Ran::of(process.wait_with_output().expect("it ends"))
}

#[test]
#[cfg(unix)]
fn a_signal_ends_the_command_and_names_itself() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let ran = ended_by(signal);
        assert_eq!(
            (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
            (Some(code), "", ""),
            "{signal}"
        );
    }
}
