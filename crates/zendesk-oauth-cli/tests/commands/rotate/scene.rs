//! A client whose secret is rotated, and what a test looks at afterwards.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use zendesk_oauth_sandbox::{Fault, FaultRule};

use crate::common::{Ran, Stage};

/// The clients of the sandbox that are rotated and refused.
const SEED: &str = "
users:
  - { id: 29, name: Ada Admin, email: admin@example.com, role: admin }
  - { id: 30, name: Sue Suspended, email: sue@example.com, role: admin, suspended: true }
clients:
  - { id: 1001, identifier: the_app, name: The App, kind: confidential, secret: CANARYold0000000000old, user: admin@example.com }
  - { id: 1002, identifier: the_page, name: The Page, kind: public, user: admin@example.com }
  - { id: 1003, identifier: narrow, name: Narrow, kind: confidential, user: admin@example.com, allowed_scopes: ['tickets:read'] }
  - { id: 1004, identifier: hers, name: Hers, kind: confidential, user: sue@example.com }
tokens:
  - { client: the_app, user: admin@example.com, scopes: [read] }
  - { client: the_app, user: admin@example.com, scopes: [read], expires_at: -1h }
";

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// The stage.
pub(super) struct Scene(pub(super) Stage);

impl Scene {
    pub(super) fn new() -> Self {
        Self(Stage::seeded(SEED))
    }

    /// A path in the test's own folder.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.home().join(name)
    }

    /// Runs a line; `~` is the test's own folder.
    pub(super) fn run(&self, line: &str) -> Ran {
        let ran = self.0.ran(self.command(line));
        self.assert_silent(&ran);
        ran
    }

    pub(super) fn command(&self, line: &str) -> Command {
        let home = self.0.home().to_str().expect("UTF-8");
        let words = line.split_whitespace().map(|it| it.replace('~', home));
        self.0.command(words)
    }

    /// Starts a line, to be killed.
    pub(super) fn start(&self, line: &str) -> Child {
        let mut command = self.command(line);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the program starts")
    }

    pub(super) fn fault(&self, operation: &str, fault: Fault) {
        let rule = FaultRule::on(operation, fault).times(1);
        self.0.sandbox.faults().add(rule).expect("a rule");
    }

    /// How often an operation was carried out or refused.
    pub(super) fn calls(&self, operation: &str) -> usize {
        let journal = self.0.sandbox.journal();
        let calls = journal.iter().filter(|it| it.operation == Some(operation));
        calls.count()
    }

    /// How many secrets were made.
    pub(super) fn made(&self) -> usize {
        let journal = self.0.sandbox.journal();
        let made = journal.iter().filter(|it| {
            it.operation == Some("generate_oauth_client_secret") && it.status == 200 && !it.forced
        });
        made.count()
    }

    /// The secret in a file.
    pub(super) fn secret(&self, name: &str) -> String {
        let text = fs::read_to_string(self.path(name)).expect("a secret");
        text.trim_end().to_owned()
    }

    /// Whether the sandbox gives a token for this secret.
    pub(super) fn mints(&self, secret: &str) -> bool {
        self.0.block_on(async {
            let url = format!("{}/oauth/tokens", self.0.sandbox.url());
            let body = json!({
                "grant_type": "client_credentials", "client_id": "the_app",
                "client_secret": secret, "scope": "read",
            });
            let sent = reqwest::Client::new().post(url).json(&body).send();
            sent.await.expect("an answer").status().is_success()
        })
    }

    /// Fails unless the secret in the file works.
    #[track_caller]
    pub(super) fn assert_works(&self, name: &str) {
        assert!(self.mints(&self.secret(name)), "the secret is dead");
    }

    /// How many live tokens the client has.
    pub(super) fn live_tokens(&self) -> usize {
        self.0.block_on(async {
            let base = self.0.sandbox.url();
            let url = format!("{base}/api/v2/oauth/tokens?all=true&client_id=1001");
            let sent = reqwest::Client::new()
                .get(url)
                .bearer_auth(&self.0.starter.admin_token)
                .send();
            let body: Value = sent.await.expect("an answer").json().await.expect("JSON");
            body["tokens"].as_array().expect("tokens").len()
        })
    }

    /// A secret that the sandbox makes without the program.
    pub(super) fn make_secret(&self) -> String {
        self.0.block_on(async {
            let base = self.0.sandbox.url();
            let url = format!("{base}/api/v2/oauth/clients/1001/generate_secret");
            let sent = reqwest::Client::new()
                .put(url)
                .bearer_auth(&self.0.starter.admin_token)
                .send();
            let body: Value = sent.await.expect("an answer").json().await.expect("JSON");
            body["client"]["secret"].as_str().expect("text").to_owned()
        })
    }

    /// The folder of the account's journals.
    fn folder(&self) -> PathBuf {
        let address = self.0.sandbox.url().replace([':', '/'], "_");
        self.path(".local/state/zendesk-oauth/rotations")
            .join(address)
    }

    pub(super) fn journal_file(&self) -> PathBuf {
        self.folder().join("1001.json")
    }

    pub(super) fn emergency_file(&self) -> PathBuf {
        self.folder().join("1001.secret")
    }

    /// The journal, if there is one.
    pub(super) fn journal(&self) -> Value {
        let text = fs::read(self.journal_file()).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// The journal, changed by hand.
    pub(super) fn write_journal(&self, journal: &Value) {
        fs::write(self.journal_file(), journal.to_string()).expect("a journal");
    }

    #[track_caller]
    pub(super) fn assert_step(&self, step: &str) {
        assert_eq!(
            self.journal()["rotation"]["step"],
            step,
            "{}",
            self.journal()
        );
    }

    /// Waits until something is so.
    #[track_caller]
    pub(super) fn wait(&self, what: &str, is_so: impl Fn() -> bool) {
        let start = Instant::now();
        while !is_so() {
            assert!(
                start.elapsed() < PATIENCE,
                "never: {what}; {}",
                self.journal()
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Kills a program whose request after this step of its journal a fault holds up. It looks for secrets in what was printed.
    #[track_caller]
    pub(super) fn kill_at(&self, step: &str, mut child: Child) {
        let is_held = || {
            let rules = self.0.sandbox.faults().list();
            rules.iter().any(|it| it.struck > 0)
        };
        self.wait(step, || {
            self.journal()["rotation"]["step"] == step && is_held()
        });
        child.kill().expect("it can be killed");
        let output = child.wait_with_output().expect("it has ended");
        assert_eq!(output.status.code(), None, "it ended by itself: {output:?}");
        self.assert_silent(&Ran::of(output));
    }

    /// Fails if a secret of the client was printed or is in the journal.
    #[track_caller]
    pub(super) fn assert_silent(&self, ran: &Ran) {
        let journal = self.journal().to_string();
        let mut secrets = vec!["CANARYold".to_owned()];
        for name in ["secret", "other"] {
            secrets.extend(fs::read_to_string(self.path(name)).ok());
        }
        secrets.extend(fs::read_to_string(self.emergency_file()).ok());
        for secret in secrets.iter().map(|it| it.trim_end()) {
            // What Zendesk shows of a secret counts too.
            let beginning = secret.get(..9).unwrap_or(secret);
            if beginning.is_empty() {
                continue;
            }
            for text in [&ran.stdout, &ran.stderr, &journal] {
                assert!(!text.contains(beginning), "a secret is in {text}");
            }
        }
    }
}
