//! Answers that are not what `api` expects, from a server that says what it is told to.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use crate::common::{Ran, Stage};

/// Calls a server that answers this once.
fn answered(stage: &Stage, arguments: &[&str], head: &str, body: &[u8]) -> Ran {
    let server = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", server.local_addr().expect("an address"));
    let length = body.len();
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n{head}connection: close\r\n\r\n");
    let answer = [head.as_bytes(), body].concat();
    let serving = std::thread::spawn(move || {
        let (mut stream, _) = server.accept().expect("a caller");
        let mut request = [0; 8192];
        let _ = stream.read(&mut request).expect("a request");
        stream.write_all(&answer).expect("a reader");
    });
    let mut command = stage.bare([&["api", "GET", "/x"], arguments].concat());
    command
        .env("ZENDESK_URL", url)
        .env("ZENDESK_TOKEN", "dummy-token");
    let ran = Ran::of(command.output().expect("it runs"));
    serving.join().expect("a server that served");
    ran
}

const JSON: &str = "content-type: application/json\r\n";

#[test]
fn secrets_are_found_behind_a_mark_on_each_line_and_in_forms() {
    let stage = Stage::new();
    let form = "content-type: application/x-www-form-urlencoded\r\n";
    for (head, body) in [
        (
            JSON,
            "\u{feff}{\"access_token\":\"CANARY\",\"scope\":\"read\"}",
        ),
        (
            JSON,
            "{\"access_token\":\"CANARY\"}\n{\"scope\":\"read\"}\n",
        ),
        (form, "access_token=CANARY&scope=read"),
    ] {
        let ran = answered(&stage, &[], head, body.as_bytes()).exits(0);
        stage.assert_no_secret(&ran);
        assert!(ran.stdout.contains("[redacted]"), "{ran:?}");
        assert!(ran.stdout.contains("read"), "{ran:?}");
    }
}

#[test]
fn what_cannot_be_searched_takes_reveal() {
    let stage = Stage::new();
    let body = b"\x00\x01CANARY";
    let ran = answered(&stage, &[], "content-type: image/png\r\n", body).exits(1);
    stage.assert_no_secret(&ran);
    assert!(ran.stderr.contains("--reveal"), "{ran:?}");
    let ran = answered(&stage, &["--reveal"], "content-type: image/png\r\n", body).exits(0);
    assert_eq!(ran.stdout.as_bytes(), body);
}

#[test]
fn an_address_in_a_header_shows_no_code() {
    let stage = Stage::new();
    let head = format!(
        "{JSON}location: https://a.example/cb?code=CANARY&state=x\r\nx-api-token: CANARY\r\n"
    );
    let ran = answered(&stage, &["-i"], &head, b"{}").exits(0);
    stage.assert_no_secret(&ran);
    assert!(ran.stderr.contains("cb?code=[redacted]&state=x"), "{ran:?}");
}

#[test]
fn nothing_in_json_steers_the_terminal() {
    let stage = Stage::new();
    let body = "{\"a\u{9b}31m\":\"\u{202e}b\",\"\\u001b[2J\":1}";
    for arguments in [
        &["-o", "json"][..],
        &["-o", "ndjson"],
        &[],
        &["--columns", "a\u{9b}31m"],
    ] {
        let ran = answered(&stage, arguments, JSON, body.as_bytes()).exits(0);
        let steers = |it: char| it != '\n' && (it.is_control() || it == '\u{202e}');
        assert!(!ran.stdout.chars().any(steers), "{ran:?}");
    }
}
