//! A person who logs in with the browser: the sandbox's consent is given, and the redirects followed.

mod forgotten;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};

use reqwest::Url;
use reqwest::header::LOCATION;
use serde_json::json;

use super::stored::stored;
use crate::common::{Ran, Stage};

/// A stage whose public client `app` is sent back to this port.
struct Person {
    stage: Stage,
    port: u16,
}

/// A login that waits for its person.
struct Waiting {
    child: Child,
    talk: BufReader<std::process::ChildStderr>,
    said: String,
    /// The address that was printed.
    url: String,
}

impl Waiting {
    /// Reads what it says until it prints an address of this account.
    fn of(mut child: Child, account: &str) -> Self {
        let talk = child.stderr.take().expect("a pipe");
        let mut waiting = Self {
            child,
            talk: BufReader::new(talk),
            said: String::new(),
            url: String::new(),
        };
        while waiting.url.is_empty() {
            let mut line = String::new();
            let read = waiting.talk.read_line(&mut line).expect("text");
            assert_ne!(read, 0, "it ended: {}", waiting.said);
            waiting.said.push_str(&line);
            if line.starts_with(account) {
                line.trim().clone_into(&mut waiting.url);
            }
        }
        waiting
    }
}

impl Person {
    fn who(consent: &str) -> Self {
        let stage = Stage::new();
        stage
            .sandbox
            .set_switch("consent", consent)
            .expect("as the test sets it up");
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("as the test sets it up");
        let port = free.local_addr().expect("as the test sets it up").port();
        let client = json!({ "client": {
            "name": "App",
            "identifier": "app",
            "kind": "public",
            "redirect_uri": [format!("http://127.0.0.1:{port}/callback")],
        }});
        let call = reqwest::Client::new()
            .post(format!("{}/api/v2/oauth/clients", stage.sandbox.url()))
            .bearer_auth(&stage.starter.admin_token)
            .json(&client);
        let made =
            stage.block_on(async { call.send().await.expect("as the test sets it up").status() });
        assert_eq!(made, 201);
        Self { stage, port }
    }

    fn begins(&self) -> Waiting {
        let port = self.port.to_string();
        let mut command: Command = self.stage.bare([
            "login",
            "--no-browser",
            "--client-id",
            "app",
            "--port",
            &port,
            "--profile",
            "acme",
        ]);
        command
            .env("ZENDESK_URL", self.stage.sandbox.url())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let child = command.spawn().expect("the program runs");
        Waiting::of(child, self.stage.sandbox.url())
    }

    /// Where the browser is sent to at the end, which is not asked for.
    fn home(&self, url: &str) -> Url {
        let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let http = builder.no_proxy().build().expect("as the test sets it up");
        let mut url = Url::parse(url).expect("as the test sets it up");
        let origin = url.origin();
        while url.origin() == origin {
            let answer = self
                .stage
                .block_on(http.get(url.clone()).send())
                .expect("as the test sets it up");
            let location = answer.headers()[LOCATION]
                .to_str()
                .expect("as the test sets it up")
                .to_owned();
            url = url.join(&location).expect("as the test sets it up");
        }
        url
    }

    fn goes_home(&self, home: Url) {
        let builder = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("as the test sets it up");
        let answer = self
            .stage
            .block_on(builder.get(home).send())
            .expect("as the test sets it up");
        assert_eq!(answer.status(), 200);
    }

    fn ended(&self, mut waiting: Waiting) -> Ran {
        drop(waiting.child.stdin.take());
        waiting
            .talk
            .read_to_string(&mut waiting.said)
            .expect("as the test sets it up");
        let mut ran = Ran::of(
            waiting
                .child
                .wait_with_output()
                .expect("as the test sets it up"),
        );
        ran.stderr = waiting.said;
        self.stage.assert_no_secret(&ran);
        ran
    }

    fn status(&self) -> Ran {
        self.stage.ran(self.stage.bare(["status", "-o", "json"]))
    }
}

#[test]
fn a_person_logs_in_with_pkce_and_the_login_is_kept_fresh() {
    let person = Person::who("approve");
    let waiting = person.begins();
    let url = Url::parse(&waiting.url).expect("as the test sets it up");
    let has = |name: &str, value: &str| {
        url.query_pairs()
            .any(|it| it == (name.into(), value.into()))
    };
    assert!(
        has("code_challenge_method", "S256") && has("scope", "read"),
        "{url}"
    );
    person.goes_home(person.home(&waiting.url));
    let ran = person.ended(waiting).exits(0);
    assert!(
        ran.stderr
            .contains("as Ada Admin <admin@example.com>, with the scopes read; profile acme"),
        "{}",
        ran.stderr
    );
    let rows = person.status().exits(0).json();
    assert_eq!(rows[0]["kind"], "authorization_code");
    assert!(rows[0]["valid_until"].is_string() && rows[0]["refresh_valid_until"].is_string());
    // Past the end of the access token the refresh token brings another pair, which is kept.
    let before = stored(&person.stage, "acme");
    person
        .stage
        .sandbox
        .clock()
        .advance(std::time::Duration::from_secs(3_600));
    person.status().exits(0);
    let after = stored(&person.stage, "acme");
    assert_ne!(after["refresh_token"], before["refresh_token"]);
    assert_eq!(after["generation"], 2);
    person.status().exits(0);
}

#[test]
fn what_the_browser_came_back_with_can_be_pasted() {
    let person = Person::who("approve");
    let mut waiting = person.begins();
    let home = person.home(&waiting.url);
    let stdin = waiting
        .child
        .stdin
        .as_mut()
        .expect("as the test sets it up");
    writeln!(
        stdin,
        "http://127.0.0.1/callback?code=CANARY-other&state=CANARY"
    )
    .expect("as the test sets it up");
    writeln!(stdin, "{home}").expect("as the test sets it up");
    let ran = person.ended(waiting).exits(0);
    assert!(ran.stderr.contains("paste it again"), "{}", ran.stderr);
    person.status().exits(0);
}

#[test]
fn a_person_who_says_no_leaves_everything_as_it_was() {
    let person = Person::who("deny");
    let waiting = person.begins();
    person.goes_home(person.home(&waiting.url));
    let ran = person.ended(waiting).exits(4);
    assert!(
        ran.stderr.contains("the login did not come about"),
        "{}",
        ran.stderr
    );
    let file = person
        .stage
        .home()
        .join(".config/zendesk-oauth/config.toml");
    assert!(!file.exists());
}

#[test]
fn a_port_that_is_taken_is_an_error_or_leaves_pasting() {
    let person = Person::who("approve");
    let _taken =
        TcpListener::bind((Ipv4Addr::LOCALHOST, person.port)).expect("as the test sets it up");
    let mut waiting = person.begins();
    let home = person.home(&waiting.url);
    writeln!(
        waiting
            .child
            .stdin
            .as_mut()
            .expect("as the test sets it up"),
        "{home}"
    )
    .expect("as the test sets it up");
    person.ended(waiting).exits(0);
}
