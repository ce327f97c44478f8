//! What is revoked, what is left alone, and what is said.

use std::fs;

use serde_json::{Value, json};
use zendesk_oauth_sandbox::{Fault, FaultRule};

use super::{Watched, outcomes};

impl Watched {
    fn apply(&self) -> Value {
        let ran = self.stage.run("revoke apply plan.jsonl --yes -o json");
        ran.exits(0).json()
    }

    fn fault(&self, operation: &str, fault: Fault, nth: u64) {
        let rule = FaultRule::on(operation, fault).nth(nth);
        self.stage.sandbox.faults().add(rule).expect("a rule");
    }
}

const DELETE: &str = "revoke_support_oauth_token";

#[test]
fn what_a_person_left_in_the_plan_is_revoked() {
    let watched = Watched::new();
    watched.plan("idle>90d");
    let text = fs::read_to_string(watched.file("plan.jsonl")).unwrap();
    let reviewed: Vec<String> = text
        .lines()
        .map(|line| {
            if line.contains("\"id\":103") {
                format!("# keep: {line}\n")
            } else {
                line.to_owned()
            }
        })
        .collect();
    fs::write(watched.file("plan.jsonl"), reviewed.join("\n")).unwrap();
    let report = watched.apply();
    assert_eq!(outcomes(&report), ["101 revoked", "104 revoked"]);
    assert_eq!(watched.revoked(), [101, 104]);
    // Once more: the journal tells the same, and nothing is sent for it.
    assert_eq!(watched.apply(), report);
    assert_eq!(watched.revoked(), [101, 104]);
}

#[test]
fn a_token_that_was_used_meanwhile_or_is_gone_is_left_alone() {
    let watched = Watched::new();
    watched.plan("never-used");
    let url = format!(
        "{}/api/v2/oauth/tokens/current",
        watched.stage.sandbox.url()
    );
    let client = reqwest::Client::new();
    let used = client
        .get(url)
        .bearer_auth("CANARY-104-000000000000")
        .send();
    assert_eq!(watched.stage.block_on(used).unwrap().status(), 200);
    let url = format!("{}/api/v2/oauth/tokens/101", watched.stage.sandbox.url());
    let gone = client
        .delete(url)
        .bearer_auth(&watched.stage.starter.admin_token)
        .send();
    assert_eq!(watched.stage.block_on(gone).unwrap().status(), 204);
    let report = watched.apply();
    assert_eq!(
        outcomes(&report),
        ["101 gone", "104 skipped", "105 revoked"]
    );
    let skipped = report.as_array().unwrap().iter().find(|it| it["id"] == 104);
    let why = "never-used (used 2026-11-02T09:00:00Z) does not hold";
    assert_eq!(skipped.unwrap()["why"], why);
    assert_eq!(watched.revoked(), [101, 105]);
}

#[test]
fn what_a_person_wrote_into_the_plan_is_not_believed() {
    let watched = Watched::new();
    watched.plan("no-expiry and client=my_app");
    // The token of the run; another's; one of which the condition does not hold.
    for (id, client_id, user_id) in [(100, 5, 29), (103, 5, 30), (104, 7, 29), (105, 6, 29)] {
        let entry = json!({
            "id": id, "client_id": client_id, "of_client": "account", "user_id": user_id,
        });
        watched.append(&entry.to_string());
    }
    let report = watched.apply();
    assert_eq!(
        outcomes(&report),
        [
            "100 skipped",
            "101 revoked",
            "102 revoked",
            "103 skipped",
            "104 skipped",
            "105 skipped"
        ]
    );
    let why: Vec<&str> = report
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["why"].as_str())
        .collect();
    assert!(why.contains(&"it is the token of this run"), "{why:?}");
    assert!(
        why.contains(&"its client is 6, and 5 in the plan"),
        "{why:?}"
    );
    assert!(
        why.contains(&"its user is 30, and 29 in the plan"),
        "{why:?}"
    );
    assert_eq!(watched.revoked(), [101, 102]);
}

#[test]
fn without_consent_nothing_is_revoked() {
    let watched = Watched::new();
    watched.plan("idle>90d");
    let before = watched.requests.lock().unwrap().len();
    let ran = watched.stage.run("revoke apply plan.jsonl").exits(2);
    assert!(ran.stderr.contains("My App (client 5)"), "{}", ran.stderr);
    assert!(ran.stderr.contains("Revoke 3 tokens"), "{}", ran.stderr);
    assert_eq!(watched.requests.lock().unwrap().len(), before);
    assert!(!watched.file("plan.jsonl.journal").exists());
}

#[test]
fn an_empty_plan_needs_nothing() {
    let watched = Watched::new();
    watched.plan("id=999");
    let ran = watched
        .stage
        .run("revoke apply plan.jsonl -o json")
        .exits(0);
    assert_eq!(ran.json(), json!([]));
}

#[test]
fn two_at_once_are_refused() {
    let watched = Watched::new();
    watched.plan("idle>90d");
    let journal = fs::File::create(watched.file("plan.jsonl.journal")).unwrap();
    fs4::FileExt::try_lock(&journal).unwrap();
    let ran = watched.stage.run("revoke apply plan.jsonl --yes").exits(2);
    assert!(ran.stderr.contains("right now"), "{}", ran.stderr);
    drop(journal);
    watched.apply();
}

#[test]
fn a_lost_answer_is_no_failure() {
    let watched = Watched::new();
    watched.plan("idle>90d");
    watched.fault(DELETE, Fault::lost_answer(), 1);
    let report = watched.apply();
    assert_eq!(
        outcomes(&report),
        ["101 revoked", "103 revoked", "104 revoked"]
    );
}

#[test]
fn a_rate_limit_in_the_middle_is_waited_for() {
    let watched = Watched::new();
    watched.plan("idle>90d");
    // The minute of a clock that stands would never end.
    let limited = Fault::status(429)
        .with_header("retry-after", "1")
        .with_header("ratelimit-limit", "700")
        .with_header("ratelimit-remaining", "0")
        .with_header("ratelimit-reset", "1");
    watched.fault(DELETE, limited, 2);
    let report = watched.apply();
    assert_eq!(
        outcomes(&report),
        ["101 revoked", "103 revoked", "104 revoked"]
    );
    assert_eq!(watched.ids("DELETE", 429).len(), 1);
}

#[test]
fn a_failure_that_concerns_all_ends_it_and_the_same_command_goes_on() {
    let watched = Watched::new();
    watched.plan("idle>90d");
    let limited = Fault::status(429).with_header("retry-after", "3600");
    watched.fault("show_support_oauth_token", limited, 2);
    let ran = watched
        .stage
        .run("revoke apply plan.jsonl --yes --jobs 1 -o json")
        .exits(5);
    let message = ran.error()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("1 of 3 tokens are done"), "{message}");
    assert!(message.contains("revoke apply plan.jsonl"), "{message}");
    assert_eq!(ran.stdout, "");
    let report = watched.apply();
    assert_eq!(
        outcomes(&report),
        ["101 revoked", "103 revoked", "104 revoked"]
    );
    assert_eq!(watched.revoked(), [101, 103, 104]);
}

#[test]
fn a_refusal_of_one_is_reported_and_tried_again_the_next_time() {
    let watched = Watched::new();
    watched.plan("idle>90d");
    watched.fault(DELETE, Fault::status(403), 2);
    let ran = watched
        .stage
        .run("revoke apply plan.jsonl --yes --jobs 1 -o json")
        .exits(1);
    let report = ran.json();
    let failed = report
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["outcome"] == "failed");
    assert_eq!(failed.count(), 1);
    assert_eq!(watched.revoked().len(), 2);
    let report = watched.apply();
    assert_eq!(
        outcomes(&report),
        ["101 revoked", "103 revoked", "104 revoked"]
    );
}

#[test]
fn a_token_that_may_not_write_ends_it_after_ten() {
    let tokens: String = (200..230)
        .map(|id| {
            format!(
                "  - {{ id: {id}, client: my_app, user: admin@example.com, scopes: [read], \
                 created_at: 2025-01-01T00:00:00Z }}\n"
            )
        })
        .collect();
    let watched = Watched::seeded(&format!("{}{tokens}", super::ACCOUNT));
    watched.plan("idle>90d");
    let mut command =
        watched
            .stage
            .command(["revoke", "apply", "plan.jsonl", "--yes", "--jobs", "1"]);
    command.env("ZENDESK_TOKEN", "CANARY-101-000000000000");
    watched.stage.ran(command).exits(4);
    assert_eq!(watched.ids("DELETE", 403).len(), 10);
    assert!(watched.revoked().is_empty());
}

#[test]
fn a_thousand_tokens_take_seconds() {
    let watched = Watched::seeded(&format!(
        "{}\ngenerate: {{ tokens: 1000 }}\nswitches: {{ rate_limit: 1000000 }}\n",
        super::ACCOUNT
    ));
    let lines = watched.plan("not scope=write and never-used and not id=101,104,105");
    assert_eq!(lines.len(), 1001);
    let started = std::time::Instant::now();
    let report = watched.apply();
    assert_eq!(report.as_array().unwrap().len(), 1000);
    assert_eq!(watched.revoked().len(), 1000);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn the_zis_token_of_the_run_is_neither_planned_nor_revoked() {
    let watched = Watched::new();
    watched.plan("id=101,102");
    let with_zis = |line: &str| {
        let mut command = watched.stage.command(line.split(' '));
        command
            .env("ZENDESK_ZIS_INTEGRATION", "mine")
            .env("ZENDESK_ZIS_TOKEN", "CANARY-101-000000000000");
        watched.stage.ran(command).exits(0)
    };
    let rows = with_zis("revoke apply plan.jsonl --yes -o json").json();
    assert_eq!(rows[0]["why"], "it is the ZIS token of this run");
    assert_eq!(watched.revoked(), [102]);
    with_zis("revoke plan --where id=101,103 --out other.jsonl");
    let plan = fs::read_to_string(watched.file("other.jsonl")).expect("a plan");
    assert!(!plan.contains("\"id\":101") && plan.contains("\"id\":103"));
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_no_plan() {
    let watched = Watched::new();
    let made = std::process::Command::new("mkfifo")
        .arg(watched.file("pipe"))
        .status();
    assert!(made.expect("mkfifo").success());
    for plan in ["pipe", "/dev/null", "."] {
        for more in ["--yes", "--dry-run"] {
            let ran = watched.stage.run(&format!("revoke apply {plan} {more}"));
            let ran = ran.exits(2);
            assert!(ran.stderr.contains("no ordinary file"), "{ran:#?}");
        }
    }
    watched.plan("id=101");
    std::fs::rename(watched.file("pipe"), watched.file("plan.jsonl.journal")).expect("a pipe");
    for more in ["--yes", "--dry-run"] {
        let ran = watched
            .stage
            .run(&format!("revoke apply plan.jsonl {more}"));
        assert!(ran.exits(2).stderr.contains("no ordinary file"));
    }
}

#[cfg(unix)]
#[test]
fn a_signal_says_how_far_it_came_and_how_to_go_on() {
    let watched = Watched::new();
    watched.plan("id=101,102,103");
    watched.fault("revoke_support_oauth_token", Fault::latency_ms(600_000), 2);
    let mut command = watched
        .stage
        .command("revoke apply plan.jsonl --yes --jobs 1".split(' '));
    let process = command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it runs");
    let begun = || {
        let journal = fs::read_to_string(watched.file("plan.jsonl.journal"));
        journal.unwrap_or_default().matches("begun").count()
    };
    while begun() < 2 {
        std::thread::yield_now();
    }
    let kill = format!("kill -INT {}", process.id());
    let sent = std::process::Command::new("sh")
        .args(["-c", &kill])
        .status();
    assert!(sent.expect("a shell").success());
    let ran = crate::common::Ran::of(process.wait_with_output().expect("it ends"));
    let ran = ran.exits(130);
    let says = "1 of 3 tokens are done, and `zendesk-oauth revoke apply plan.jsonl` goes on";
    assert!(ran.stderr.contains(says), "{ran:#?}");
    watched.stage.run("revoke apply plan.jsonl --yes").exits(0);
}
