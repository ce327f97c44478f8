//! Tokens are revoked by a plan that a person reviewed.

mod apply;
mod damaged;
mod killed;
mod own_token;
mod pace;
mod plan;

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use zendesk_oauth_sandbox::{Exchange, Sandbox, Seed};

use crate::common::Stage;

/// The clock stands at 2026-11-02T09:00:00Z. Token 100 is that of the run.
const ACCOUNT: &str = "
clock: 2026-11-02T09:00:00Z
users:
  - { id: 29, name: Ada Admin, email: admin@example.com, role: admin }
  - { id: 30, name: Agnes Agent, email: agent@example.com, role: agent }
clients:
  - { id: 5, identifier: my_app, name: 'My App', kind: confidential, secret: CANARY-secret, user: admin@example.com }
  - { id: 6, identifier: other, name: 日本, kind: public, user: admin@example.com }
global_clients:
  - { id: 7, identifier: zdg-widget, name: Widget, kind: public }
tokens:
  - { id: 100, client: my_app, user: admin@example.com, scopes: [read, write], created_at: 2020-01-01T00:00:00Z,
      token: CANARY-admin-0000000000 }
  - { id: 101, client: my_app, user: admin@example.com, scopes: [read], created_at: 2025-01-01T00:00:00Z,
      token: CANARY-101-000000000000 }
  - { id: 102, client: my_app, user: agent@example.com, scopes: [write], created_at: 2025-01-01T00:00:00Z,
      used_at: 2026-11-01T00:00:00Z, token: CANARY-102-000000000000 }
  - { id: 103, client: other, user: agent@example.com, scopes: [read, write], created_at: 2025-01-01T00:00:00Z,
      used_at: 2025-06-01T00:00:00Z, token: CANARY-103-000000000000 }
  - { id: 104, global_client: zdg-widget, user: agent@example.com, scopes: [read], created_at: 2025-01-01T00:00:00Z,
      token: CANARY-104-000000000000 }
  - { id: 105, client: other, user: admin@example.com, scopes: [read], created_at: 2026-10-01T00:00:00Z,
      expires_at: 2026-10-02T00:00:00Z, refresh_token: CANARY-refresh-000000000,
      refresh_token_expires_at: 2026-11-05T00:00:00Z, token: CANARY-105-000000000000 }
";

/// An account, and every request that it was sent.
struct Watched {
    stage: Stage,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// Method, path and status.
type Request = (String, String, u16);

impl Watched {
    fn new() -> Self {
        Self::seeded(ACCOUNT)
    }

    fn seeded(yaml: &str) -> Self {
        Self::told(yaml, |_| {})
    }

    /// With somebody who is told of every exchange before its answer is sent.
    fn told(yaml: &str, tell: impl Fn(&Exchange) + Send + Sync + 'static) -> Self {
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        let builder = Sandbox::builder()
            .seed(Seed::parse("test.yaml", yaml).expect("a seed"))
            .observer(move |exchange: &Exchange| {
                let request = (
                    exchange.method.to_string(),
                    exchange.uri.path().to_owned(),
                    exchange.status.as_u16(),
                );
                seen.lock().expect("no panic").push(request);
                tell(exchange);
            });
        Self {
            stage: Stage::built(builder),
            requests,
        }
    }

    /// The numbers in the paths of such requests, sorted.
    fn ids(&self, method: &str, status: u16) -> Vec<i64> {
        let requests = self.requests.lock().expect("no panic");
        let of = requests
            .iter()
            .filter(|(its_method, _, its_status)| its_method == method && *its_status == status);
        let mut ids: Vec<i64> = of
            .filter_map(|(_, path, _)| path.rsplit('/').next()?.parse().ok())
            .collect();
        ids.sort_unstable();
        ids
    }

    fn revoked(&self) -> Vec<i64> {
        self.ids("DELETE", 204)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.stage.home().join(name)
    }

    /// Writes `plan.jsonl`.
    fn plan(&self, condition: &str) -> Vec<Value> {
        let arguments = [
            "revoke",
            "plan",
            "--where",
            condition,
            "--out",
            "plan.jsonl",
        ];
        self.stage.ran(self.stage.command(arguments)).exits(0);
        self.lines()
    }

    /// The header and the entries of `plan.jsonl`.
    fn lines(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.file("plan.jsonl")).expect("a plan");
        assert!(!text.contains("CANARY"), "a secret is in the plan: {text}");
        let lines = text.lines();
        lines
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect()
    }

    /// Appends a line to `plan.jsonl`.
    fn append(&self, line: &str) {
        let mut text = fs::read_to_string(self.file("plan.jsonl")).expect("a plan");
        text.push_str(line);
        text.push('\n');
        fs::write(self.file("plan.jsonl"), text).expect("a file");
    }
}

/// The numbers of a plan's entries, sorted.
fn picked(lines: &[Value]) -> Vec<i64> {
    let mut ids: Vec<i64> = lines[1..]
        .iter()
        .map(|it| it["id"].as_i64().expect("a number"))
        .collect();
    ids.sort_unstable();
    ids
}

/// The outcome of each token, as `101 revoked`.
fn outcomes(report: &Value) -> Vec<String> {
    let mut outcomes: Vec<String> = report
        .as_array()
        .expect("an array")
        .iter()
        .map(|it| format!("{} {}", it["id"], it["outcome"].as_str().expect("a text")))
        .collect();
    outcomes.sort_unstable();
    outcomes
}
