//! What a plan holds.

use std::fs;

use super::{Watched, picked};
use crate::common::Ran;

#[test]
fn each_condition_picks_its_tokens_and_never_the_one_of_the_run() {
    let watched = Watched::new();
    for (condition, expected) in [
        ("idle>90d", vec![101, 103, 104]),
        ("never-used", vec![101, 104, 105]),
        ("age<90d", vec![105]),
        ("no-expiry", vec![101, 102, 103, 104]),
        ("expired", vec![105]),
        ("refresh-expires<14d", vec![105]),
        ("scope=write", vec![102, 103]),
        ("client=my_app", vec![101, 102]),
        ("client=6", vec![103, 105]),
        ("global-client=7", vec![104]),
        ("user=30", vec![102, 103, 104]),
        ("id=100,101,999", vec![101]),
        (
            "(client=5 or client=other) and not scope=write",
            vec![101, 105],
        ),
    ] {
        let arguments = ["revoke", "plan", "--where", condition];
        let ran = watched.stage.ran(watched.stage.command(arguments)).exits(0);
        let lines: Vec<_> = ran
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(picked(&lines), expected, "{condition}");
        assert_eq!(lines[0]["picked"], expected.len(), "{condition}");
        assert_eq!(lines[0]["looked_at"], 6, "{condition}");
    }
    assert!(watched.ids("DELETE", 204).is_empty());
}

#[test]
fn an_entry_says_all_that_a_person_has_to_know_and_no_secret() {
    let watched = Watched::new();
    let lines = watched.plan("idle>90d and client=other");
    let url = watched.stage.sandbox.url();
    let header = serde_json::json!({
        "zendesk_oauth_plan": "revoke", "format": 1, "account": url, "made_at": "2026-11-02T09:00:00Z",
        "where": "idle>90d and client=other", "condition": "idle>90d and client=6", "looked_at": 6, "picked": 1,
    });
    let entry = serde_json::json!({
        "id": 103, "client_id": 6, "of_client": "account", "client_name": "日本", "user_id": 30,
        "scopes": ["read", "write"], "created_at": "2025-01-01T00:00:00Z", "used_at": "2025-06-01T00:00:00Z",
        "expires_at": null, "why": "idle>90d (used 2025-06-01T00:00:00Z), client=6",
    });
    assert_eq!(lines, [header, entry]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(watched.file("plan.jsonl"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn the_summary_counts_by_client_and_tells_of_the_run_s_own_token() {
    let watched = Watched::new();
    let ran = watched
        .stage
        .run("revoke plan --where no-expiry --out p")
        .exits(0);
    assert_eq!(ran.stdout, "");
    for part in [
        "6 tokens looked at, 4 picked.",
        "        2  My App (client 5)",
        "        1  日本 (client 6)",
        "the token of this run",
        "revoke apply p",
    ] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
    let ran = watched
        .stage
        .run("revoke plan --where expired --out q -o json")
        .exits(0);
    assert_eq!(ran.json()["picked"], 1);
    assert!(!ran.stderr.contains("this run"), "{}", ran.stderr);
}

#[test]
fn a_plan_that_is_there_stays_unless_it_is_to_be_replaced() {
    let watched = Watched::new();
    fs::write(watched.file("p"), "mine").unwrap();
    let requests = watched.requests.lock().unwrap().len();
    let ran = watched
        .stage
        .run("revoke plan --where expired --out p")
        .exits(2);
    assert!(ran.stderr.contains("--overwrite"), "{}", ran.stderr);
    assert_eq!(fs::read_to_string(watched.file("p")).unwrap(), "mine");
    assert_eq!(watched.requests.lock().unwrap().len(), requests);
    watched
        .stage
        .run("revoke plan --where expired --out p --overwrite")
        .exits(0);
    assert_ne!(fs::read_to_string(watched.file("p")).unwrap(), "mine");
    fs::write(watched.file("p.journal"), "").unwrap();
    let ran = watched
        .stage
        .run("revoke plan --where expired --out p --overwrite")
        .exits(2);
    assert!(ran.stderr.contains("p.journal"), "{}", ran.stderr);
}

#[test]
fn a_plan_that_breaks_off_leaves_no_file() {
    let watched = Watched::new();
    let broken = zendesk_oauth_sandbox::Fault::status(500);
    let rule = zendesk_oauth_sandbox::FaultRule::on("list_support_oauth_tokens", broken);
    watched.stage.sandbox.faults().add(rule).unwrap();
    let ran = watched.stage.run("revoke plan --where expired --out p");
    assert_ne!(ran.code, Some(0), "{ran:?}");
    assert_eq!(fs::read_dir(watched.stage.home()).unwrap().count(), 0);
}

#[test]
fn a_mistake_is_told_with_its_place_before_anything_is_sent() {
    let watched = Watched::new();
    let said = |ran: Ran| ran.exits(2).stderr;
    let arguments = ["revoke", "plan", "--where", "idle>90d and idel>3d"];
    let text = said(watched.stage.ran(watched.stage.command(arguments)));
    assert!(text.contains("at character 14: found `idel`"), "{text}");
    assert!(text.contains("allowed here: a term"), "{text}");
    assert!(watched.requests.lock().unwrap().is_empty());
}

#[test]
fn a_client_that_there_is_not_is_told() {
    let watched = Watched::new();
    for (condition, part) in [
        (
            "client=nobody",
            "no OAuth client with the identifier nobody",
        ),
        ("client=7", "write global-client=7"),
        ("global-client=5", "write client=5"),
    ] {
        let ran = watched
            .stage
            .run(&format!("revoke plan --where {condition}"))
            .exits(3);
        assert!(ran.stderr.contains(part), "{condition}: {}", ran.stderr);
        assert_eq!(ran.stdout, "");
    }
}

#[test]
fn a_number_that_no_list_of_clients_has_is_taken_as_it_is() {
    let watched = Watched::new();
    for condition in ["client=99", "global-client=99"] {
        let ran = watched
            .stage
            .run(&format!("revoke plan --where {condition}"))
            .exits(0);
        assert!(ran.stderr.contains("No list of clients has 99"), "{ran:?}");
        assert!(ran.stderr.contains("0 picked"), "{ran:?}");
    }
    let ran = watched
        .stage
        .run("revoke plan --where global-client=7")
        .exits(0);
    let part = "        1  Widget (global client 7)";
    assert!(ran.stderr.contains(part), "{}", ran.stderr);
}

#[test]
fn one_s_own_tokens_are_looked_at_alone_and_others_are_for_admins() {
    let watched = Watched::new();
    let ran = watched
        .stage
        .run("revoke plan --where age>1d --mine")
        .exits(0);
    let lines: Vec<_> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(picked(&lines), [101]);
    assert_eq!(lines[0]["looked_at"], 2);
    let mut command = watched
        .stage
        .command(["revoke", "plan", "--where", "age>1d"]);
    command.env("ZENDESK_TOKEN", "CANARY-103-000000000000");
    let ran = watched.stage.ran(command).exits(4);
    assert_eq!(ran.stdout, "");
}
