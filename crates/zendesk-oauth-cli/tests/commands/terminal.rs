//! What a person at a terminal sees and types.

mod session;

use zendesk_oauth_sandbox::Fault;
use zendesk_oauth_sandbox::FaultRule;

use crate::common::Stage;
use session::Terminal;

#[test]
fn a_client_is_deleted_after_its_name_was_typed() {
    let stage = Stage::new();
    let id = client_id(&stage, "sandbox_app");
    let mut terminal = Terminal::new(&stage, &["clients", "delete", &id]);
    terminal.expect("Type sandbox_app");
    terminal.type_line("sandbox_app");
    assert_eq!(terminal.ends(), 0);
    assert_eq!(stage.run(&format!("clients show {id}")).code, Some(3));
}

#[test]
fn another_name_changes_nothing() {
    let stage = Stage::new();
    let id = client_id(&stage, "sandbox_app");
    let mut terminal = Terminal::new(&stage, &["clients", "delete", &id]);
    terminal.expect("Type sandbox_app");
    terminal.type_line("something else");
    assert_eq!(terminal.ends(), 1);
    stage.run(&format!("clients show {id}")).exits(0);
}

#[test]
fn ctrl_c_at_a_question_changes_nothing_and_exits_with_130() {
    let stage = Stage::new();
    let id = client_id(&stage, "sandbox_app");
    let mut terminal = Terminal::new(&stage, &["clients", "delete", &id]);
    terminal.expect("Type sandbox_app");
    terminal.interrupt();
    assert_eq!(terminal.ends(), 130);
    stage.run(&format!("clients show {id}")).exits(0);
}

#[test]
fn a_fresh_secret_is_shown_once_with_a_warning() {
    let stage = Stage::new();
    let id = client_id(&stage, "sandbox_app");
    let mut terminal = Terminal::new(&stage, &["clients", "generate-secret", &id, "--yes"]);
    terminal.expect("this is the only time");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn a_long_apply_shows_a_bar_and_a_short_one_none() {
    let stage = Stage::seeded(
        "clients:\n  - { identifier: app, name: App, kind: confidential }\ngenerate: { clients: 1, tokens: 6 }\n",
    );
    stage
        .run("revoke plan --where age>=0d --out plan.jsonl")
        .exits(0);
    let slow = FaultRule::on("revoke_support_oauth_token", Fault::latency_ms(600));
    stage.sandbox.faults().add(slow).expect("a rule");
    let mut terminal = Terminal::new(&stage, &["revoke", "apply", "plan.jsonl", "--yes"]);
    terminal.expect("[=");
    assert_eq!(terminal.ends(), 0);
    // All is done: it ends at once.
    let mut terminal = Terminal::new(&stage, &["revoke", "apply", "plan.jsonl", "--yes"]);
    terminal.expect("6 revoked");
    assert!(!terminal.has_shown("[="));
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn a_login_without_a_browser_takes_the_pasted_address() {
    let stage = Stage::new();
    stage
        .sandbox
        .set_switch("consent", "approve")
        .expect("a switch");
    let secret = stage.home().join("client-secret");
    std::fs::write(
        &secret,
        stage.starter.client_secret.as_deref().expect("a secret"),
    )
    .expect("a file");
    let client = stage.starter.client_id.clone().expect("a client");
    let mut terminal = Terminal::new(
        &stage,
        &[
            "login",
            "--url",
            stage.sandbox.url(),
            "--client-id",
            &client,
            "--client-secret-file",
            "client-secret",
            "--scope",
            "read",
            "--no-browser",
            "--redirect-uri",
            "http://127.0.0.1:8080/callback",
            "--profile",
            "here",
        ],
    );
    let address = terminal.line_with("/oauth/authorizations/new");
    let callback = redirected(&stage, &address);
    terminal.type_line(&callback);
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn a_token_that_is_typed_is_not_shown() {
    let stage = Stage::new();
    let arguments = "login --token-stdin --area zis --profile here";
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let mut terminal = Terminal::new(&stage, &arguments);
    terminal.expect("Type or paste the access token");
    // What is shown is searched for it.
    terminal.type_line("CANARY-typed");
    assert_eq!(terminal.ends(), 0);
    let file = stage.home().join(".config/zendesk-oauth/config.toml");
    let settings = std::fs::read_to_string(file).expect("settings");
    assert!(settings.contains("CANARY-typed"));
}

/// The numeric id of a client.
fn client_id(stage: &Stage, identifier: &str) -> String {
    let clients = stage.run("clients list -o json").exits(0).json();
    let clients = clients.as_array().expect("a list");
    let client = clients.iter().find(|it| it["identifier"] == identifier);
    client.expect("a client")["id"].to_string()
}

/// Where a signed-in admin's browser is sent from that address.
fn redirected(stage: &Stage, address: &str) -> String {
    let session = stage.starter.admin_session.clone().expect("a session");
    stage.block_on(async {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        let answer = http
            .get(address)
            .header("cookie", format!("_zendesk_session={session}"))
            .send()
            .await
            .expect("an answer");
        let location = answer.headers().get("location").expect("a redirect");
        location.to_str().expect("ASCII").to_owned()
    })
}
