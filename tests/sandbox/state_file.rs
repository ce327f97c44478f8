//! The state file: what was acknowledged is there after whatever happened.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use zendesk_oauth_sandbox::{Sandbox, SandboxBuilder, Seed};

use crate::zendesk::Zendesk;

/// A folder of its own, gone at the end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("sandbox-state-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.0.join("state.json")
    }

    pub(crate) fn builder(&self) -> SandboxBuilder {
        Sandbox::builder().state_file(self.state())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const CLIENTS: &str = "/api/v2/oauth/clients";

fn client(identifier: &str) -> Value {
    json!({ "client": { "name": "A", "identifier": identifier, "kind": "confidential" } })
}

async fn create(zendesk: &Zendesk, identifier: &str) -> StatusCode {
    let body = Some(client(identifier));
    zendesk.admin(Method::POST, CLIENTS, body).await.status
}

#[tokio::test]
async fn what_was_acknowledged_is_in_the_file_without_a_graceful_stop() {
    let folder = Folder::new();
    let zendesk = Zendesk::of(folder.builder()).await;
    let created = zendesk
        .admin(Method::POST, CLIENTS, Some(client("kept")))
        .await;
    assert_eq!(created.status, StatusCode::CREATED);
    let stored = fs::read_to_string(folder.state()).unwrap();
    let stored: Value = serde_json::from_str(&stored).unwrap();
    assert_eq!(stored["version"], 1);
    let clients = stored["state"]["clients"].as_array().unwrap();
    assert!(clients.iter().any(|it| it["identifier"] == "kept"));
    let copy = folder.0.join("copy.json");
    fs::copy(folder.state(), &copy).unwrap();
    let other = Zendesk::of(Sandbox::builder().state_file(copy)).await;
    let id = &created.json()["client"]["id"];
    let shown = other.get(&format!("{CLIENTS}/{id}")).await;
    assert_eq!(shown.json()["client"]["identifier"], "kept");
}

#[tokio::test]
async fn a_restart_goes_on_and_a_reset_begins_anew() {
    let folder = Folder::new();
    let zendesk = Zendesk::of(folder.builder()).await;
    create(&zendesk, "one").await;
    zendesk
        .sandbox
        .clock()
        .advance(jiff::SignedDuration::from_hours(2));
    zendesk
        .sandbox
        .set_switch("chat_dates", "zoneless")
        .unwrap();
    let (now, token) = (
        zendesk.sandbox.clock().now(),
        zendesk.sandbox.credentials().admin_token,
    );
    let listed = zendesk.get(CLIENTS).await.json();
    zendesk.sandbox.stop().await.expect("the file is written");

    let seed = Seed::parse("other.yaml", "clock: 2030-01-01T00:00:00Z").unwrap();
    let zendesk = Zendesk::of(folder.builder().seed(seed)).await;
    assert_eq!(zendesk.sandbox.clock().now(), now);
    assert_eq!(zendesk.sandbox.credentials().admin_token, token);
    let switches = zendesk.sandbox.switches().values();
    assert!(switches.contains(&("chat_dates", "zoneless".to_owned())));
    let ids = |listed: &Value| {
        let clients = listed["clients"].as_array().unwrap().iter();
        clients.map(|it| it["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&zendesk.get(CLIENTS).await.json()), ids(&listed));
    assert_eq!(
        create(&zendesk, "one").await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(create(&zendesk, "two").await, StatusCode::CREATED);

    zendesk.sandbox.reset().expect("a seed that is taken");
    assert_eq!(
        zendesk.sandbox.clock().now().to_string(),
        "2030-01-01T00:00:00Z"
    );
    assert!(ids(&zendesk.get(CLIENTS).await.json()).is_empty());
    zendesk.sandbox.stop().await.expect("the file is written");
    let zendesk = Zendesk::of(folder.builder()).await;
    assert!(ids(&zendesk.get(CLIENTS).await.json()).is_empty());
}

#[tokio::test]
async fn when_a_token_was_last_used_is_stored_at_a_stop() {
    let folder = Folder::new();
    let zendesk = Zendesk::of(folder.builder()).await;
    zendesk.get(CLIENTS).await;
    let used = || {
        fs::read_to_string(folder.state())
            .unwrap()
            .contains(r#""used_at":"2026"#)
    };
    assert!(!used());
    zendesk.sandbox.stop().await.expect("the file is written");
    assert!(used());
}

#[tokio::test]
async fn a_fixed_token_is_there_after_a_restart_with_another() {
    let folder = Folder::new();
    for token in ["CANARY-one", "CANARY-two"] {
        let zendesk = Zendesk::of(folder.builder().admin_token(token)).await;
        assert_eq!(zendesk.get(CLIENTS).await.status, StatusCode::OK);
        assert_eq!(zendesk.sandbox.credentials().admin_token, token);
        zendesk.sandbox.stop().await.expect("the file is written");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    let left = folder.0.join("state.json.tmp");
    fs::write(&left, "left by a kill").unwrap();
    fs::set_permissions(&left, fs::Permissions::from_mode(0o666)).unwrap();
    let zendesk = Zendesk::of(folder.builder()).await;
    create(&zendesk, "one").await;
    let mode = fs::metadata(folder.state()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!left.exists());
}

#[tokio::test]
async fn a_file_that_is_no_state_is_told_and_left_as_it_is() {
    let folder = Folder::new();
    let zendesk = Zendesk::of(folder.builder()).await;
    zendesk.sandbox.stop().await.expect("the file is written");
    let good = fs::read_to_string(folder.state()).unwrap();
    let token_id = good.replace(r#""scopes":["#, r#""scopes":"CANARY", "x":["#);
    let cases = [
        (String::new(), ":1:0: the state file ends too early"),
        (
            good[..good.len() / 2].to_owned(),
            "the state file ends too early",
        ),
        ("{\n  CANARY".to_owned(), ":2:3: the state file is not JSON"),
        ("{}".to_owned(), "this is no state file: it has no version"),
        (
            good.replace(r#""version":1"#, r#""version":2"#),
            "of version 2; this sandbox reads 1",
        ),
        (
            good.replace(r#""users""#, r#""losers""#),
            "missing field `users`",
        ),
        (token_id, "has not the form that this sandbox reads"),
    ];
    for (text, expected) in cases {
        fs::write(folder.state(), &text).unwrap();
        let error = folder.builder().start().await.unwrap_err().to_string();
        assert!(
            error.starts_with(&folder.state().display().to_string()),
            "{error}"
        );
        assert!(error.contains(expected), "{expected}\n{error}");
        assert!(error.contains("; name another file"), "{error}");
        assert!(!error.contains("CANARY"), "{error}");
        assert_eq!(fs::read_to_string(folder.state()).unwrap(), text);
    }
    for path in [folder.0.clone(), folder.0.join("none/state.json")] {
        let error = Sandbox::builder().state_file(&path).start().await;
        let error = error.unwrap_err().to_string();
        assert!(error.starts_with(&path.display().to_string()), "{error}");
    }
}

#[tokio::test]
async fn a_file_that_another_sandbox_uses_is_refused() {
    let folder = Folder::new();
    let zendesk = Zendesk::of(folder.builder()).await;
    let error = folder.builder().start().await.unwrap_err().to_string();
    assert!(
        error.contains("another sandbox is using this state file; stop that one"),
        "{error}"
    );
    assert_eq!(create(&zendesk, "one").await, StatusCode::CREATED);
    zendesk.sandbox.stop().await.expect("the file is written");
    folder.builder().start().await.unwrap();
}

/// A disk that is full is hard to come by; a folder that is gone fails at the same place.
#[cfg(unix)]
#[tokio::test]
async fn a_change_that_cannot_be_stored_is_not_acknowledged() {
    let folder = Folder::new();
    let zendesk = Zendesk::of(folder.builder()).await;
    let away = folder.0.with_extension("away");
    fs::rename(&folder.0, &away).unwrap();
    let refused = zendesk
        .admin(Method::POST, CLIENTS, Some(client("one")))
        .await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        refused.text.contains("could not be written"),
        "{}",
        refused.text
    );
    assert!(refused.header("content-type").starts_with("text/html"));
    assert!(!refused.header("x-request-id").is_empty());
    for (name, value) in [
        ("date", "Mon, 02 Nov 2026 09:00:00 GMT"),
        ("x-rate-limit", "700"),
        ("ratelimit-reset", "60"),
        ("location", ""),
    ] {
        assert_eq!(refused.header(name), value, "{name}");
    }
    let types = refused.headers.get_all("content-type");
    assert_eq!(types.iter().count(), 1);
    assert_eq!(zendesk.get(CLIENTS).await.status, StatusCode::OK);
    fs::rename(&away, &folder.0).unwrap();
    assert_eq!(create(&zendesk, "two").await, StatusCode::CREATED);
}

const CHILD: &str = "SANDBOX_TEST_STATE_FILE";

/// No test of its own: the process that the next one kills. It says its address and ends with its input,
/// if nobody kills it.
#[test]
fn child_that_is_killed() {
    let Ok(path) = std::env::var(CHILD) else {
        return;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let builder = Sandbox::builder().state_file(path);
    let sandbox = runtime.block_on(builder.start()).unwrap();
    println!("\nurl {}", sandbox.url());
    println!("token {}", sandbox.credentials().admin_token);
    let _ = std::io::stdin().read_line(&mut String::new());
}

fn spawn(state: &Path) -> (Child, String, String) {
    let name = "state_file::child_that_is_killed";
    let mut child = Command::new(std::env::current_exe().expect("a path"))
        .args(["--exact", name, "--nocapture"])
        .env(CHILD, state)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a child");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut said = |what: &str| {
        let line = lines.find_map(|line| line.expect("text").strip_prefix(what).map(str::to_owned));
        line.expect("the child says it")
    };
    (child, said("url "), said("token "))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_at_any_moment_loses_nothing_that_was_acknowledged() {
    let folder = Folder::new();
    let mut acknowledged = Vec::new();
    for round in 0..8_u32 {
        let (mut child, url, token) = spawn(&folder.state());
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        let http = reqwest::Client::new();
        for caller in 0..4 {
            let (http, tell) = (http.clone(), tell.clone());
            let (url, token) = (format!("{url}{CLIENTS}"), token.clone());
            tokio::spawn(async move {
                for number in 0.. {
                    let identifier = format!("r{round}_c{caller}_{number}");
                    let request = http
                        .post(&url)
                        .bearer_auth(&token)
                        .json(&client(&identifier));
                    match request.send().await {
                        Ok(answer) if answer.status() == StatusCode::CREATED => {
                            tell.send(identifier).unwrap();
                        }
                        Ok(answer) => panic!("{}", answer.status()),
                        Err(_) => return,
                    }
                }
            });
        }
        drop(tell);
        let mut answers = 0;
        while let Some(identifier) = told.recv().await {
            acknowledged.push(identifier);
            answers += 1;
            if answers == 3 + 2 * round {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(answers >= 3 + 2 * round);
    }
    let stored: Value = serde_json::from_slice(&fs::read(folder.state()).unwrap()).unwrap();
    let clients = stored["state"]["clients"].as_array().unwrap().iter();
    let stored: Vec<&str> = clients
        .map(|it| it["identifier"].as_str().unwrap())
        .collect();
    for identifier in &acknowledged {
        assert!(
            stored.contains(&identifier.as_str()),
            "{identifier} is lost"
        );
    }
    let zendesk = Zendesk::of(folder.builder()).await;
    assert_eq!(
        create(&zendesk, &acknowledged[0]).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_real_clock_catches_up_after_a_restart_and_never_goes_back() {
    let folder = Folder::new();
    let start = || folder.builder().real_time().start();
    let sandbox = start().await.unwrap();
    sandbox.stop().await.expect("the file is written");
    let before = jiff::Timestamp::now();
    let sandbox = start().await.unwrap();
    assert!(sandbox.clock().now() >= before);
    sandbox
        .clock()
        .advance(jiff::SignedDuration::from_hours(48));
    let ahead = sandbox.clock().now();
    sandbox.stop().await.expect("the file is written");
    assert!(start().await.unwrap().clock().now() >= ahead);
}
