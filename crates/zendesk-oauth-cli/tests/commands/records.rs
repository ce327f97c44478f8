//! What a sandbox has, as the commands show it.

use serde_json::Value;

use crate::common::{Ran, Stage};

/// The records that a command lists.
#[track_caller]
pub(crate) fn listed(stage: &Stage, line: &str) -> Vec<Value> {
    let ran = stage.run(&format!("{line} -o json")).exits(0);
    let Value::Array(records) = ran.json() else {
        panic!("no array: {ran:#?}");
    };
    records
}

/// The ids of the records that a command lists.
#[track_caller]
pub(crate) fn ids(stage: &Stage, line: &str) -> Vec<i64> {
    let records = listed(stage, line);
    let ids = records.iter().map(|record| record["id"].as_i64());
    ids.map(|id| id.expect("an id")).collect()
}

/// The number of the client with that identifier.
#[track_caller]
pub(crate) fn client(stage: &Stage, identifier: &str) -> i64 {
    let clients = listed(stage, "clients list");
    let mut clients = clients.iter();
    let client = clients.find(|client| client["identifier"] == identifier);
    client.expect("a client")["id"].as_i64().expect("an id")
}

/// The number of the token that commands run on.
#[track_caller]
pub(crate) fn own_token(stage: &Stage) -> i64 {
    let ran = stage.run("tokens current -o json").exits(0);
    ran.json()["id"].as_i64().expect("an id")
}

/// The number of a token of everyone's that commands do not run on.
#[track_caller]
pub(crate) fn other_token(stage: &Stage) -> i64 {
    let own = own_token(stage);
    let mut ids = ids(stage, "tokens list --all").into_iter();
    ids.find(|id| *id != own).expect("another token")
}

/// What the sandbox was asked while a command ran.
pub(crate) fn asked(stage: &Stage, run: impl FnOnce() -> Ran) -> (Ran, Vec<&'static str>) {
    let before = stage.sandbox.journal().len();
    let ran = run();
    let journal = stage.sandbox.journal();
    let new = journal[before..].iter();
    let asked = new.map(|entry| entry.operation.unwrap_or("no operation"));
    (ran, asked.collect())
}

/// Fails if a command sent anything.
#[track_caller]
pub(crate) fn sends_nothing(stage: &Stage, line: &str) -> Ran {
    let (ran, asked) = asked(stage, || stage.run(line));
    assert!(asked.is_empty(), "{line} sent {asked:?}");
    ran
}

/// A file of the stage's home.
#[track_caller]
pub(crate) fn file(stage: &Stage, name: &str) -> String {
    let path = stage.home().join(name);
    std::fs::read_to_string(path).expect("a file")
}

/// The secrets that did not get to their places and were kept.
#[track_caller]
pub(crate) fn rescued(stage: &Stage) -> Vec<String> {
    let folder = stage.home().join(".local/state/zendesk-oauth/rescued");
    let files = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = files.map(|it| it.expect("a file").path()).collect();
    paths.sort();
    let text = |path: &std::path::PathBuf| {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = path.metadata().expect("a file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let text = std::fs::read_to_string(path).expect("a file");
        text.trim_end().to_owned()
    };
    paths.iter().map(text).collect()
}
