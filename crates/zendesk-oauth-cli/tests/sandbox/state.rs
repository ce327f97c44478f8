//! What a state file that is there changes, and one that cannot be written.

use std::fs::{self, OpenOptions};
use std::path::Path;
use std::time::Duration;

use reqwest::{Response, StatusCode};
use tempfile::TempDir;

use super::{Running, command};

/// The folder of the state file can go away alone.
fn folder() -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).expect("a folder in it");
    let file = inner.join("state.json");
    let file = file.to_str().expect("UTF-8").to_owned();
    (folder, file)
}

fn started(arguments: &[&str]) -> (Running, String, String) {
    let arguments = [&["--port", "0"], arguments].concat();
    let mut sandbox = Running::start(&mut command(&arguments));
    let (url, token) = sandbox.pasted();
    (sandbox, url, token)
}

async fn create(url: &str, token: &str) -> StatusCode {
    let body = r#"{"client": {"name": "Kept", "identifier": "kept_client"}}"#;
    let request = reqwest::Client::new().post(format!("{url}/api/v2/oauth/clients"));
    let request = request.header("content-type", "application/json");
    let request = request.bearer_auth(token).body(body);
    let answer = request.timeout(Duration::from_secs(20)).send().await;
    answer.expect("an answer").status()
}

async fn list(url: &str, token: &str) -> Response {
    let list = reqwest::Client::new().get(format!("{url}/api/v2/oauth/clients"));
    list.bearer_auth(token).send().await.expect("an answer")
}

async fn date(url: &str, token: &str) -> String {
    let date = list(url, token).await.headers()["date"].clone();
    date.to_str().expect("text").to_owned()
}

/// As when log and state file are on the same disk, and that is full.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_change_is_refused_when_neither_the_state_nor_the_error_can_be_written() {
    let (folder, file) = folder();
    let full = OpenOptions::new().write(true).open("/dev/full");
    let mut command = command(&["--port", "0", "--state", &file]);
    let mut sandbox = Running::start(command.stderr(full.expect("a device")));
    let (url, token) = sandbox.pasted();
    let (inner, away) = (folder.path().join("inner"), folder.path().join("away"));
    fs::rename(&inner, &away).expect("it can be moved");
    let refused = create(&url, &token).await;
    assert_eq!(refused, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(list(&url, &token).await.status(), StatusCode::OK);
    fs::rename(&away, &inner).expect("it can be moved back");
    // It is in memory, so the next request that could change something brings it into the file.
    let taken = create(&url, &token).await;
    assert_eq!(taken, StatusCode::UNPROCESSABLE_ENTITY);
    let stored = fs::read_to_string(Path::new(&file)).expect("the state");
    assert!(stored.contains("kept_client"));
}

#[test]
fn a_stop_that_cannot_write_the_state_exits_with_1() {
    let (folder, file) = folder();
    let (mut sandbox, ..) = started(&["--state", &file]);
    fs::rename(folder.path().join("inner"), folder.path().join("away")).expect("it can be moved");
    sandbox.signal("INT");
    let (status, stderr) = sandbox.ended();
    assert_eq!(status.code(), Some(1), "{stderr}");
    let expected = format!("zendesk-oauth: {file}: the last changes could not be written");
    assert!(stderr.starts_with(&expected), "{stderr}");
    assert_eq!(stderr.matches("os error").count(), 1, "{stderr}");
}

#[tokio::test]
async fn a_clock_is_set_although_the_state_has_one() {
    let (_folder, file) = folder();
    let of_2030 = ["--state", &file, "--clock", "2030-01-01T00:00:00Z"];
    for arguments in [&["--state", &file][..], &of_2030, &["--state", &file]] {
        let is_first = arguments.len() == 2 && !Path::new(&file).exists();
        let (mut sandbox, url, token) = started(arguments);
        let date = date(&url, &token).await;
        assert_eq!(date == "Tue, 01 Jan 2030 00:00:00 GMT", !is_first, "{date}");
        sandbox.signal("INT");
        assert_eq!(sandbox.ended().0.code(), Some(0));
    }
    let (mut sandbox, url, token) = started(&["--state", &file, "--clock", "real"]);
    // It does not go back, and runs: the sandbox says so.
    assert!(date(&url, &token).await.contains(" 2030 "));
    let clock = reqwest::get(format!("{url}/_sandbox/clock")).await;
    let clock = clock.expect("an answer").text().await.expect("UTF-8");
    assert!(clock.contains(r#""running":true"#), "{clock}");
    sandbox.signal("INT");
    assert_eq!(sandbox.ended().0.code(), Some(0));
}

#[test]
fn a_number_that_has_no_effect_is_told() {
    let (_folder, file) = folder();
    for expected in [false, true] {
        let (mut sandbox, ..) = started(&["--state", &file, "--random", "7"]);
        sandbox.signal("INT");
        let (status, stderr) = sandbox.ended();
        assert_eq!(status.code(), Some(0), "{stderr}");
        assert_eq!(
            stderr.contains("--random has no effect"),
            expected,
            "{stderr}"
        );
        assert_eq!(stderr.contains(&file), expected, "{stderr}");
    }
}
