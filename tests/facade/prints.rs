//! The secrets that were in play, and the search for them in what is printed or traced.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, Mutex};

use serde_json::Value;
use zendesk_oauth_sandbox::Exchange;

use crate::answers;

/// In everything that a test makes up to be secret.
const CANARY: &str = "CANARY";
/// Shorter ones are found everywhere.
const SHORTEST: usize = 8;

/// Every secret that was in play.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Arc<Mutex<BTreeSet<String>>>);

impl Secrets {
    pub(crate) fn add(&self, secret: impl Into<String>) {
        let secret = secret.into();
        // What Zendesk shows of a secret later ends so.
        let secret = secret.trim_end_matches("...");
        if secret.len() >= SHORTEST {
            let mut all = self.0.lock().expect("no collector panics");
            all.insert(secret.to_owned());
        }
    }

    /// Adds what is secret in an answer: members that a document says are, and where redirects lead.
    pub(crate) fn add_of(&self, exchange: &Exchange) {
        static NAMES: LazyLock<Vec<String>> = LazyLock::new(answers::secret_names);
        if let Some(location) = exchange.response_headers.get("location") {
            self.add(String::from_utf8_lossy(location.as_bytes()));
        }
        let body = serde_json::from_slice(&exchange.response_body);
        self.add_members(&NAMES, &body.unwrap_or_default());
    }

    fn add_members(&self, names: &[String], value: &Value) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    match member {
                        Value::String(text) if names.contains(name) => self.add(text),
                        member => self.add_members(names, member),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|it| self.add_members(names, it)),
            _ => {}
        }
    }

    /// Where secrets stand in `printed`, with what is around each; at most a few.
    pub(crate) fn found_in(&self, printed: &str) -> Vec<String> {
        let all = self.0.lock().expect("no collector panics");
        let secrets = all.iter().map(String::as_str).chain([CANARY]);
        let found = secrets.filter_map(|secret| {
            let (before, after) = printed.split_once(secret)?;
            let start = before
                .char_indices()
                .rev()
                .nth(150)
                .map_or(0, |(index, _)| index);
            let rest: String = after.chars().take(50).collect();
            Some(format!("…{}»{secret}«{rest}…", &before[start..]))
        });
        found.take(3).collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.lock().expect("no collector panics").len()
    }
}
