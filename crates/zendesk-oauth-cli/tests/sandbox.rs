//! `zendesk-oauth sandbox`, as a process.
#![cfg(unix)]

#[path = "sandbox/state.rs"]
mod state;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use reqwest::StatusCode;

/// A running sandbox, which does not outlive the test.
struct Running {
    process: Child,
    stdout: Option<BufReader<ChildStdout>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zendesk-oauth"));
    command.arg("sandbox").args(arguments);
    command.env_remove("ZENDESK_SANDBOX_TOKEN");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

impl Running {
    fn start(command: &mut Command) -> Self {
        let mut process = command.spawn().expect("the program runs");
        let stdout = process.stdout.take().map(BufReader::new);
        Self { process, stdout }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        let stdout = self.stdout.as_mut().expect("it is open");
        stdout.read_line(&mut line).expect("a line of UTF-8");
        line.trim_end().to_owned()
    }

    /// What the two lines say that a person pastes, as a shell understands them.
    fn pasted(&mut self) -> (String, String) {
        let lines = format!("{}\n{}", self.line(), self.line());
        let script = format!("{lines}\nprintf '%s %s' \"$ZENDESK_URL\" \"$ZENDESK_TOKEN\"");
        let shell = Command::new("sh").args(["-c", &script]).output();
        let text = String::from_utf8(shell.expect("a shell").stdout).expect("UTF-8");
        let (url, token) = text.split_once(' ').expect("both lines");
        (url.to_owned(), token.to_owned())
    }

    fn signal(&self, name: &str) {
        let script = format!("kill -{name} {}", self.process.id());
        let sent = Command::new("sh").args(["-c", &script]).status();
        assert!(sent.expect("a shell").success());
    }

    fn ended(&mut self) -> (ExitStatus, String) {
        let status = self.process.wait().expect("it ends");
        let mut text = String::new();
        let mut stderr = self.process.stderr.take().expect("it is piped");
        stderr.read_to_string(&mut text).expect("UTF-8");
        (status, text)
    }
}

async fn status_of_list(url: &str, token: &str) -> StatusCode {
    let list = reqwest::Client::new().get(format!("{url}/api/v2/oauth/clients"));
    let list = list.bearer_auth(token).timeout(Duration::from_secs(20));
    list.send().await.expect("an answer").status()
}

/// A port that nobody has, below those from which systems take the near end of a connection: whoever
/// tries a port of theirs until it answers may be connected to himself.
fn low_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let process = u16::try_from(std::process::id() % 400).expect("it is small");
    let mut ports = std::iter::repeat_with(|| NEXT.fetch_add(1, Ordering::Relaxed));
    let free = ports.find_map(|next| {
        let port = 20_000 + process * 20 + next;
        TcpListener::bind(("127.0.0.1", port)).ok().map(|_| port)
    });
    free.expect("a free port")
}

/// Waits until the port answers, or answers no longer.
async fn until(port: u16, answers: bool) {
    for _ in 0..1000 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() == answers {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("port {port} should answer: {answers}");
}

#[tokio::test]
async fn the_first_two_lines_can_be_pasted_and_used() {
    let mut sandbox = Running::start(&mut command(&["--port", "0"]));
    let (url, token) = sandbox.pasted();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    assert_eq!(status_of_list(&url, &token).await, StatusCode::OK);
    assert!(sandbox.line().starts_with("# "));
    sandbox.signal("INT");
    let (status, stderr) = sandbox.ended();
    assert_eq!((status.code(), stderr.as_str()), (Some(0), ""));
    let mut rest = String::new();
    let stdout = sandbox.stdout.as_mut().expect("it is open");
    stdout.read_to_string(&mut rest).expect("UTF-8");
    assert!(rest.contains("\n# try:\ncurl "), "{rest}");
    assert!(!rest.contains(&token), "{rest}");
}

#[tokio::test]
async fn the_admins_token_is_that_of_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("token");
    fs::write(&file, "CANARY-it's-$HOME\n").expect("it can be written");
    let arguments = ["--port", "0", "--token-file", file.to_str().expect("UTF-8")];
    let mut command = command(&arguments);
    let mut sandbox = Running::start(command.env("ZENDESK_SANDBOX_TOKEN", "CANARY-other"));
    let (url, token) = sandbox.pasted();
    assert_eq!(token, "CANARY-it's-$HOME");
    assert_eq!(status_of_list(&url, &token).await, StatusCode::OK);
    assert_eq!(
        status_of_list(&url, "CANARY-other").await,
        StatusCode::UNAUTHORIZED
    );
}

#[test]
fn a_service_manager_stops_it_gracefully() {
    let mut sandbox = Running::start(&mut command(&["--port", "0"]));
    sandbox.pasted();
    sandbox.signal("TERM");
    assert_eq!(sandbox.ended().0.code(), Some(0));
}

#[tokio::test]
async fn a_second_signal_does_not_wait_for_requests() {
    let port = low_port();
    let mut sandbox = Running::start(&mut command(&["--port", &port.to_string()]));
    let (url, token) = sandbox.pasted();
    let slow = reqwest::Client::new().get(format!("{url}/api/v2/oauth/clients"));
    let slow = slow.bearer_auth(&token);
    let slow = slow.header("x-sandbox-fault", r#"{"latency_ms": 60000}"#);
    let slow = tokio::spawn(slow.send());
    // It is under way once others, sent after it, are answered.
    for _ in 0..20 {
        assert_eq!(status_of_list(&url, &token).await, StatusCode::OK);
    }
    sandbox.signal("INT");
    until(port, false).await;
    sandbox.signal("INT");
    assert_eq!(sandbox.ended().0.code(), Some(130));
    assert!(slow.await.expect("no panic").is_err());
}

#[test]
fn a_port_in_use_is_named_with_the_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it has an address");
    let port = address.port().to_string();
    let mut sandbox = Running::start(&mut command(&["--port", &port]));
    let (status, stderr) = sandbox.ended();
    let expected = format!(
        "zendesk-oauth: {address} is in use; give another with --port N, or --port 0 for one that is free\n"
    );
    assert_eq!((status.code(), stderr), (Some(2), expected));
}

#[test]
fn an_empty_token_file_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("token");
    fs::write(&file, "\nCANARY-second").expect("it can be written");
    let file = file.to_str().expect("UTF-8");
    let mut sandbox = Running::start(&mut command(&["--port", "0", "--token-file", file]));
    let (status, stderr) = sandbox.ended();
    let expected =
        format!("zendesk-oauth: {file}:1: the line is empty; it should hold the admin's token\n");
    assert_eq!((status.code(), stderr), (Some(2), expected));
}

#[tokio::test]
async fn it_runs_on_when_nobody_reads_what_it_prints() {
    let port = low_port();
    let mut command = command(&["--port", &port.to_string()]);
    let mut sandbox = Running::start(command.env("ZENDESK_SANDBOX_TOKEN", "CANARY-token"));
    drop(sandbox.stdout.take());
    until(port, true).await;
    let url = format!("http://127.0.0.1:{port}");
    assert_eq!(status_of_list(&url, "CANARY-token").await, StatusCode::OK);
    sandbox.signal("INT");
    let (status, stderr) = sandbox.ended();
    assert_eq!((status.code(), stderr.as_str()), (Some(0), ""));
}

#[test]
fn an_address_that_others_reach_is_warned_of() {
    let mut sandbox = Running::start(&mut command(&["--port", "0", "--bind", "0.0.0.0"]));
    let (url, _) = sandbox.pasted();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    sandbox.signal("INT");
    let (status, stderr) = sandbox.ended();
    let expected =
        "zendesk-oauth: it listens on 0.0.0.0: whoever can reach this address can do everything\n";
    assert_eq!((status.code(), stderr.as_str()), (Some(0), expected));
}

#[test]
fn a_seed_or_state_file_that_does_not_parse_is_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    let text = "{\"users\": [\n  CANARY-nonsense: ]}";
    for flag in ["--seed", "--state"] {
        fs::write(&file, text).expect("it can be written");
        let shown = file.to_str().expect("UTF-8");
        let mut sandbox = Running::start(&mut command(&["--port", "0", flag, shown]));
        let (status, stderr) = sandbox.ended();
        assert_eq!(status.code(), Some(2), "{stderr}");
        let place = stderr.strip_prefix(&format!("zendesk-oauth: {shown}:"));
        let line = place.and_then(|it| it.split(':').next()?.parse::<u32>().ok());
        assert!(line.is_some(), "{flag}: {stderr}");
        assert_eq!(fs::read_to_string(&file).expect("it is there"), text);
    }
}

#[tokio::test]
async fn the_next_run_goes_on_from_the_state_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("state.json");
    let arguments = ["--port", "0", "--state", file.to_str().expect("UTF-8")];
    let mut first = Running::start(&mut command(&arguments));
    let (url, token) = first.pasted();
    let body = r#"{"client": {"name": "Kept", "identifier": "kept_client"}}"#;
    let created = reqwest::Client::new().post(format!("{url}/api/v2/oauth/clients"));
    let created = created
        .header("content-type", "application/json")
        .body(body);
    let created = created.bearer_auth(&token).send().await;
    assert_eq!(created.expect("an answer").status(), StatusCode::CREATED);
    first.signal("INT");
    assert_eq!(first.ended().0.code(), Some(0));
    let mut second = Running::start(&mut command(&arguments));
    let (url, token) = second.pasted();
    let list = reqwest::Client::new().get(format!("{url}/api/v2/oauth/clients"));
    let list = list.bearer_auth(&token).send().await.expect("an answer");
    let text = list.text().await.expect("UTF-8");
    assert!(text.contains("kept_client"), "{text}");
}
