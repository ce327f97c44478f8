//! `zendesk-oauth tour --live`, with a sandbox as the account.

use std::process::{Command, Output};

use serde_json::json;
use zendesk_oauth_sandbox::{Fault, FaultRule, Sandbox};

/// What the program says of this account, with these variables beside its address.
async fn live(sandbox: &Sandbox, variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zendesk-oauth"));
    command.args(["tour", "--live"]);
    for area in [
        "ZIS_TOKEN",
        "ZIS_INTEGRATION",
        "ZIS_CONNECTION",
        "CHAT_TOKEN",
    ] {
        command.env_remove(format!("ZENDESK_{area}"));
    }
    command.env("ZENDESK_URL", sandbox.url());
    command.envs(variables.iter().copied());
    let run = tokio::task::spawn_blocking(move || command.output());
    let Output {
        status,
        stdout,
        stderr,
    } = run.await.expect("no panic").expect("it runs");
    let text = String::from_utf8(stdout).expect("UTF-8");
    let errors = String::from_utf8(stderr).expect("UTF-8");
    assert!(
        !format!("{text}{errors}").contains("CANARY"),
        "{text}{errors}"
    );
    (status.code(), text)
}

async fn sandbox() -> Sandbox {
    let builder = Sandbox::builder().admin_token("CANARY-admin");
    builder.start().await.expect("a free port")
}

/// A sandbox whose answer of that operation goes wrong.
async fn sandbox_with(operation: &str, fault: Fault) -> Sandbox {
    let sandbox = sandbox().await;
    let mut rule = FaultRule::default();
    rule.operation = Some(operation.to_owned());
    rule.fault = fault;
    sandbox.faults().add(rule).expect("a rule that makes sense");
    sandbox
}

/// What the text says of the operation.
fn of<'a>(text: &'a str, operation: &str) -> &'a str {
    let mut lines = text.lines();
    let found = lines.find_map(|line| line.strip_prefix(operation)?.strip_prefix(' '));
    found.expect("the operation has a line").trim_start()
}

const TOKEN: (&str, &str) = ("ZENDESK_TOKEN", "CANARY-admin");

#[tokio::test]
async fn an_account_like_the_documents_has_no_differences() {
    let sandbox = sandbox().await;
    let (code, text) = live(&sandbox, &[TOKEN]).await;
    let expected = "9 of 11 read-only operations answered, 2 skipped, no difference";
    assert_eq!(
        (code, text.lines().last()),
        (Some(0), Some(expected)),
        "{text}"
    );
    assert!(
        text.contains("skipped: ZENDESK_CHAT_TOKEN is not set"),
        "{text}"
    );
    let names = "ZENDESK_ZIS_TOKEN, ZENDESK_ZIS_INTEGRATION, ZENDESK_ZIS_CONNECTION are not set";
    assert!(text.contains(names), "{text}");
}

#[tokio::test]
async fn members_types_and_headers_that_differ_are_told_without_values() {
    let client =
        json!({ "id": "CANARY-id", "identifier": "CANARY", "flavour": "CANARY", "secret": 7 });
    let body = json!({ "clients": [client], "count": null });
    let fault = Fault::default()
        .with_body(body)
        .with_header("x-flavour", "CANARY-header");
    let sandbox = sandbox_with("list_oauth_clients", fault).await;
    let (code, text) = live(&sandbox, &[TOKEN]).await;
    assert_eq!(code, Some(1), "{text}");
    for line in [
        "    clients[].flavour: string that the document does not name\n",
        "    clients[].id: expected integer, got string\n",
        "    clients[].name: missing, though the document requires it\n",
        "    clients[].secret: expected string, got integer\n",
        "    header: x-flavour is not in the document\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
}

#[tokio::test]
async fn a_token_that_is_shown_in_full_is_not_printed() {
    let token = json!({ "id": 1, "full_token": "CANARY-full", "scopes": "CANARY" });
    let fault = Fault::default().with_body(json!({ "token": token }));
    let sandbox = sandbox_with("show_current_support_oauth_token", fault).await;
    let (code, text) = live(&sandbox, &[TOKEN]).await;
    assert_eq!(code, Some(1), "{text}");
    let line = "    token.scopes: expected array, got string\n";
    assert!(text.contains(line), "{text}");
}

#[tokio::test]
async fn what_no_list_names_is_not_shown() {
    let fault = Fault::default().with_body(json!({ "tokens": [] }));
    let sandbox = sandbox_with("list_support_oauth_tokens", fault).await;
    let (code, text) = live(&sandbox, &[TOKEN]).await;
    assert_eq!(code, Some(0), "{text}");
    let told = of(&text, "show_support_oauth_token");
    assert_eq!(told, "–    skipped: no list names an OAuth token", "{text}");
}

#[tokio::test]
async fn a_status_and_a_content_type_that_differ_are_told() {
    let fault = Fault::status(418).with_body("CANARY");
    let sandbox = sandbox_with("list_oauth_clients", fault).await;
    let (code, text) = live(&sandbox, &[TOKEN]).await;
    assert_eq!(code, Some(1), "{text}");
    let told = "    status: 418 is not in the document, which has 200, 400, 401, ";
    assert!(text.contains(told), "{text}");

    let fault = Fault::default().with_header("content-type", "text/CANARY");
    let sandbox = sandbox_with("show_oauth_client", fault).await;
    let (code, text) = live(&sandbox, &[TOKEN]).await;
    assert_eq!(code, Some(1), "{text}");
    let told = "    content-type: expected application/json, got another\n";
    assert!(text.contains(told), "{text}");
}

#[tokio::test]
async fn an_account_that_does_not_answer_exits_with_2() {
    let sandbox = sandbox_with("list_my_oauth_clients", Fault::reset()).await;
    let (code, text) = live(&sandbox, &[TOKEN]).await;
    assert_eq!(code, Some(2), "{text}");
    let told = of(&text, "list_my_oauth_clients");
    assert!(told.starts_with("–    no answer: "), "{text}");
    let (_, text) = live(&sandbox, &[("ZENDESK_TOKEN", "CANARY-wrong")]).await;
    let told = of(&text, "list_oauth_clients");
    assert!(told.starts_with("401  refused, "), "{text}");
}

#[tokio::test]
async fn only_what_reads_is_called() {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let calls = std::sync::Arc::clone(&seen);
    let builder = Sandbox::builder().admin_token("CANARY-admin");
    let builder = builder.observer(move |exchange| {
        let mut calls = calls.lock().expect("no panic");
        calls.push((exchange.method.to_string(), exchange.operation));
    });
    let sandbox = builder.start().await.expect("a free port");
    live(&sandbox, &[TOKEN]).await;
    let seen = seen.lock().expect("no panic");
    let calls: Vec<_> = seen
        .iter()
        .filter_map(|(method, operation)| {
            assert_eq!(method, "GET");
            *operation
        })
        .collect();
    assert_eq!(
        calls,
        [
            "list_oauth_clients",
            "list_my_oauth_clients",
            "show_oauth_client",
            "list_support_oauth_tokens",
            "show_current_support_oauth_token",
            "show_support_oauth_token",
            "list_global_oauth_clients",
            "list_global_oauth_client_token_summaries",
            "show_global_oauth_client",
        ]
    );
}

#[tokio::test]
async fn a_refusal_like_the_documents_is_no_difference() {
    let sandbox = sandbox().await;
    let (code, text) = live(&sandbox, &[("ZENDESK_TOKEN", "CANARY-wrong")]).await;
    assert_eq!(code, Some(2), "an operation was refused: {text}");
    assert!(
        text.contains("401") && text.contains("no difference"),
        "{text}"
    );
}
