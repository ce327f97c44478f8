//! The token of the run lives, whichever it is.

use serde_json::{Value, json};
use zendesk_oauth_sandbox::{Fault, FaultRule};

use super::{Watched, outcomes};
use crate::common::Ran;

impl Watched {
    /// Runs a line with the login of a profile.
    fn with_login(&self, line: &str) -> Ran {
        let command = self.stage.bare(line.split(' '));
        self.stage.ran(command).exits(0)
    }

    fn own(&self) -> i64 {
        let ran = self.with_login("tokens current -o json");
        ran.json()["id"].as_i64().expect("a number")
    }

    fn plan_also(&self, id: i64) {
        let entry = json!({ "id": id, "client_id": 5, "of_client": "account", "user_id": 29 });
        self.append(&entry.to_string());
    }
}

/// A login of the client 5.
fn logged_in() -> Watched {
    let watched = Watched::new();
    let line = "login --client-credentials --client-id my_app --scope read,write --profile acme";
    let mut command = watched.stage.bare(line.split(' '));
    command
        .env("ZENDESK_URL", watched.stage.sandbox.url())
        .env("ZENDESK_CLIENT_SECRET", "CANARY-secret");
    watched.stage.ran(command).exits(0);
    watched
}

#[test]
fn a_token_that_a_refresh_brings_during_the_run_is_not_revoked() {
    let watched = logged_in();
    let own = watched.own();
    watched.with_login("revoke plan --where client=5 --out plan.jsonl");
    let planned: Vec<i64> = super::picked(&watched.lines());
    assert!(!planned.contains(&own), "{planned:?}");
    // The number of the next one.
    let next = own + 1;
    watched.plan_also(next);
    // In the middle of the run Zendesk does not know the token any more.
    let invalid = Fault::status(401).with_body(json!({ "error": "invalid_token" }));
    let rule = FaultRule::on("revoke_support_oauth_token", invalid).nth(1);
    watched.stage.sandbox.faults().add(rule).expect("a rule");
    let report = watched.with_login("revoke apply plan.jsonl --yes --jobs 1 -o json");
    assert_eq!(watched.own(), next, "it was refreshed");
    let skipped = format!("{next} skipped");
    assert!(outcomes(&report.json()).contains(&skipped), "{report:#?}");
    assert!(!watched.revoked().contains(&next));
    assert_eq!(watched.revoked(), planned);
}

#[test]
fn a_dry_run_does_not_show_the_token_of_the_run() {
    let watched = Watched::new();
    watched.plan("client=my_app");
    watched.plan_also(100);
    let dry_run = "revoke apply plan.jsonl --dry-run -o json";
    let Value::Array(requests) = watched.stage.run(dry_run).exits(0).json() else {
        panic!("no array");
    };
    let urls = requests.iter().map(|it| it["url"].as_str().expect("a URL"));
    let mut ids: Vec<&str> = urls.filter_map(|it| it.rsplit('/').next()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["101", "102"]);
    assert!(watched.revoked().is_empty());
}
