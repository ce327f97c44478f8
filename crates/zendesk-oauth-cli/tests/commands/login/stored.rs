//! What a login leaves on the disk.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::common::Stage;

fn folder(stage: &Stage, profile: &str) -> PathBuf {
    stage
        .home()
        .join(".local/state/zendesk-oauth/logins")
        .join(profile)
}

/// The login as it is stored.
pub(crate) fn stored(stage: &Stage, profile: &str) -> Value {
    let files = fs::read_dir(folder(stage, profile)).expect("as the test sets it up");
    let number = |path: &PathBuf| -> Option<u64> {
        path.extension().filter(|it| *it == "json")?;
        path.file_stem()?.to_str()?.parse().ok()
    };
    let highest = files
        .map(|it| it.expect("as the test sets it up").path())
        .max_by_key(number)
        .expect("as the test sets it up");
    serde_json::from_slice(&fs::read(highest).expect("as the test sets it up"))
        .expect("as the test sets it up")
}

/// Fails if any file of the login has the token.
#[track_caller]
pub(crate) fn assert_no_tokens_stored(stage: &Stage, profile: &str, token: &str) {
    for file in fs::read_dir(folder(stage, profile)).expect("as the test sets it up") {
        let path = file.expect("as the test sets it up").path();
        let text = String::from_utf8(fs::read(&path).expect("as the test sets it up"))
            .expect("as the test sets it up");
        assert!(!text.contains(token), "{} has the token", path.display());
    }
}

/// Whether the sandbox takes the token.
pub(crate) fn is_good(stage: &Stage, token: &str) -> bool {
    let url = format!("{}/api/v2/oauth/tokens/current", stage.sandbox.url());
    let call = reqwest::Client::new().get(url).bearer_auth(token);
    stage.block_on(async {
        call.send()
            .await
            .expect("as the test sets it up")
            .status()
            .is_success()
    })
}
