//! Raw calls that make a secret: they are sent by the commands that keep it, or by who says --reveal.

use crate::common::Stage;
use crate::records::{client, sends_nothing};

#[test]
fn a_call_that_would_lose_a_secret_is_refused_before_it_is_sent() {
    let stage = Stage::new();
    let id = client(&stage, "sandbox_app");
    for (line, command) in [
        (
            format!("PUT /api/v2/oauth/clients/{id}/generate_secret.json"),
            "clients generate-secret",
        ),
        (
            "POST /api/v2/oauth/clients -f client[name]=x".to_owned(),
            "clients create",
        ),
        ("POST api/v2/oauth/tokens".to_owned(), "tokens create"),
        (
            "POST /oauth/tokens -f grant_type=client_credentials".to_owned(),
            "grant",
        ),
        (
            "POST /api/services/zis/connections/oauth/tokens/my_integration --area zis".to_owned(),
            "connections token",
        ),
    ] {
        let ran = sends_nothing(&stage, &format!("api {line}")).exits(2);
        let said = format!("`zendesk-oauth {command}`");
        assert!(ran.stderr.contains(&said), "{line}: {ran:#?}");
        assert!(ran.stderr.contains("--reveal"), "{ran:#?}");
        sends_nothing(&stage, &format!("api {line} --dry-run")).exits(0);
    }
}

#[test]
fn who_reveals_the_secret_may_call_all_the_same() {
    let stage = Stage::new();
    let id = client(&stage, "sandbox_app");
    let line = format!("api PUT /api/v2/oauth/clients/{id}/generate_secret --reveal");
    let ran = stage.ran_revealing(stage.command(line.split(' ')));
    let ran = ran.exits(0);
    assert_ne!(ran.json()["client"]["secret"], "[redacted]");
    // A list of the same path makes nothing.
    stage.run("api GET /api/v2/oauth/clients").exits(0);
}
