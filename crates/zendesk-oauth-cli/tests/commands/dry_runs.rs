//! What a dry run prints, and what it leaves alone.

use std::fs;
use std::time::Duration;

use serde_json::Value;

use crate::common::Stage;
use crate::login::{client_credentials, stored::stored};
use crate::records::sends_nothing;

#[test]
fn several_requests_of_one_command_are_one_document() {
    let stage = Stage::new();
    for line in ["tokens revoke", "chat-tokens revoke"] {
        let ran = sends_nothing(&stage, &format!("{line} 11 12 --dry-run -o json")).exits(0);
        let Value::Array(requests) = ran.json() else {
            panic!("no array: {ran:#?}");
        };
        let urls = requests.iter().map(|it| it["url"].as_str().expect("a URL"));
        let ids: Vec<&str> = urls
            .map(|it| it.rsplit('/').next().expect("an id"))
            .collect();
        assert_eq!(ids, ["11", "12"], "{line}");
        let ran = sends_nothing(&stage, &format!("{line} 11 12 --dry-run -o ndjson")).exits(0);
        assert_eq!(ran.stdout.lines().count(), 2, "{ran:#?}");
        let ran = sends_nothing(&stage, &format!("{line} 11 --dry-run -o json")).exits(0);
        assert_eq!(ran.json()["method"], "DELETE", "{line}");
    }
}

#[test]
fn a_login_is_neither_refreshed_nor_used() {
    let stage = Stage::new();
    stage.ran(client_credentials(&stage)).exits(0);
    let run = |line: &str| stage.ran(stage.bare(line.split(' '))).exits(0);
    run("revoke plan --where age>0h --out plan.jsonl");
    // Its access token ran out, here and there: whatever uses it has to get another.
    run_out(&stage);
    stage
        .sandbox
        .clock()
        .advance(Duration::from_secs(86_400 * 90));
    let (login, calls) = (stored(&stage, "acme"), stage.sandbox.journal().len());
    for line in [
        "tokens revoke 11 12",
        "tokens revoke-current",
        "clients delete 11",
        "clients update 11 --name New",
        "clients generate-secret 11 --secret-file s",
        "api DELETE /api/v2/x",
        "revoke apply plan.jsonl",
    ] {
        let ran = run(&format!("{line} --dry-run"));
        assert!(ran.stdout.contains(stage.sandbox.url()), "{line}: {ran:#?}");
        let asked = stage.sandbox.journal().split_off(calls);
        assert!(asked.is_empty(), "{line}: {asked:#?}");
        assert_eq!(stored(&stage, "acme"), login, "{line}");
    }
    // Without it, the account is asked for another one.
    run("tokens current");
    assert_ne!(stored(&stage, "acme"), login);
}

/// Writes that the access token of the login is of long ago.
fn run_out(stage: &Stage) {
    let folder = stage.home().join(".local/state/zendesk-oauth/logins/acme");
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        let mut login: Value =
            serde_json::from_slice(&fs::read(&path).expect("a file")).expect("JSON");
        login["obtained_at"] = "2020-01-01T00:00:00Z".into();
        login["valid_until"] = "2020-01-02T00:00:00Z".into();
        fs::write(&path, login.to_string()).expect("a file");
    }
}
