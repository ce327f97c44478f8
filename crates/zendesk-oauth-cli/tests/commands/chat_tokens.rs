//! `chat-tokens`.

use crate::common::Stage;
use crate::records::{asked, ids, listed, sends_nothing};

#[test]
fn chat_tokens_are_listed_and_not_revealed() {
    let stage = Stage::new();
    let tokens = listed(&stage, "chat-tokens list");
    assert!(tokens.len() > 1);
    assert!(tokens.iter().all(|it| it["access_token"] == "[redacted]"));
    let table = stage.run("chat-tokens list").exits(0);
    let id = tokens[0]["id"].to_string();
    assert!(table.stdout.contains(&id), "{table:#?}");
    let lines = stage.run("chat-tokens list -o ndjson").exits(0);
    assert_eq!(lines.stdout.lines().count(), tokens.len());
}

#[test]
fn each_revocation_is_reported() {
    let stage = Stage::new();
    let last = *ids(&stage, "chat-tokens list").last().unwrap();
    let ran = stage.run(&format!("chat-tokens revoke 1 {last} --yes"));
    let ran = ran.exits(3);
    assert!(ran.stderr.contains("Chat token 1: "), "{ran:#?}");
    let revoked = format!("Chat token {last}: revoked");
    assert!(ran.stderr.contains(&revoked), "{ran:#?}");
    assert!(!ids(&stage, "chat-tokens list").contains(&last));
    let ran = stage.run(&format!("chat-tokens revoke {last} --yes -o json"));
    assert_eq!(ran.exits(3).error()["kind"], "not_found");
}

#[test]
fn the_question_shows_what_is_revoked() {
    let stage = Stage::new();
    let id = ids(&stage, "chat-tokens list")[0];
    let (ran, calls) = asked(&stage, || {
        stage.run(&format!("chat-tokens revoke {id} 999"))
    });
    let ran = ran.exits(2);
    assert_eq!(calls, ["list_chat_oauth_tokens"]);
    assert!(
        ran.stderr
            .contains(&format!("the Chat token {id} (of client "))
    );
    assert!(ran.stderr.contains("999, which is in no list"), "{ran:#?}");
    let ran = sends_nothing(&stage, &format!("chat-tokens revoke {id} --dry-run")).exits(0);
    let path = format!("/api/v2/chat/oauth/tokens/{id}");
    assert!(ran.stdout.contains(&path), "{ran:#?}");
}

#[test]
fn the_token_of_the_run_is_warned_of_and_comes_last() {
    let stage = Stage::new();
    let own = stage.starter.chat_token.as_ref().unwrap();
    let revealed = stage.command("chat-tokens list --reveal -o json".split(' '));
    let revealed = stage.ran_revealing(revealed).exits(0).json();
    let records = revealed.as_array().unwrap().iter();
    let is_own = |it: &&serde_json::Value| it["access_token"] == own.as_str();
    let own = records.clone().find(is_own).unwrap()["id"].clone();
    let other = records.clone().find(|it| !is_own(it)).unwrap()["id"].clone();
    let ran = stage.run(&format!("chat-tokens revoke {own} {other}"));
    let question = format!("the Chat token {own} ");
    let ran = ran.exits(2);
    assert!(ran.stderr.contains(&question), "{ran:#?}");
    assert!(
        ran.stderr.contains("WHICH THIS COMMAND RUNS ON"),
        "{ran:#?}"
    );
    let ran = stage.run(&format!("chat-tokens revoke {own} {other} --yes"));
    let ran = ran.exits(0);
    let warning = format!("this command runs on the Chat token {own};");
    assert!(ran.stderr.contains(&warning), "{ran:#?}");
    stage.run("chat-tokens list").exits(4);
}

#[test]
fn without_a_token_of_chat_it_is_4() {
    let stage = Stage::new();
    for line in [
        "chat-tokens list -o json",
        "chat-tokens revoke 1 --yes -o json",
    ] {
        let mut missing = stage.command(line.split(' '));
        missing.env_remove("ZENDESK_CHAT_TOKEN");
        let mut refused = stage.command(line.split(' '));
        refused.env("ZENDESK_CHAT_TOKEN", "CANARY-no-token");
        for command in [missing, refused] {
            let error = stage.ran(command).exits(4).error();
            assert_eq!(error["kind"], "auth");
        }
    }
}
