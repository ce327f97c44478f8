//! Every example runs, against the sandbox.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]
#![cfg(all(feature = "support", feature = "oauth-tokens", feature = "chat"))]

#[allow(dead_code, reason = "`main` is for people")]
#[path = "../examples/authorization_url.rs"]
mod authorization_url;
#[allow(dead_code, reason = "`main` is for people")]
#[path = "../examples/chat_tokens.rs"]
mod chat_tokens;
#[allow(dead_code, reason = "`main` is for people")]
#[path = "../examples/create_client.rs"]
mod create_client;
#[allow(dead_code, reason = "`main` is for people")]
#[path = "../examples/list_clients.rs"]
mod list_clients;
#[allow(dead_code, reason = "`main` is for people")]
#[path = "../examples/mock.rs"]
mod mock;
#[allow(dead_code, reason = "`main` is for people")]
#[path = "../examples/oauth_tokens.rs"]
mod oauth_tokens;

use std::path::PathBuf;

use zendesk_oauth::authorization::AuthorizationRequest;
use zendesk_oauth::reqwest::{self, redirect};
use zendesk_oauth::support::NewOAuthClient;
use zendesk_oauth::{Credentials, Zendesk};
use zendesk_oauth_sandbox::Sandbox;

async fn account() -> (Sandbox, Zendesk) {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let credentials = sandbox.credentials();
    let zendesk = Zendesk::at(sandbox.url())
        .support(Credentials::bearer(credentials.admin_token.as_str()))
        .chat(Credentials::bearer(credentials.chat_token()))
        .build()
        .unwrap();
    (sandbox, zendesk)
}

/// A file of this test's own that is not there yet.
fn fresh_file(name: &str) -> PathBuf {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_file(&file);
    file
}

#[tokio::test]
async fn create_client_writes_the_secret_into_a_private_file_and_prints_none() {
    let (_sandbox, zendesk) = account().await;
    let file = fresh_file("create_client.secret");
    let mut out = Vec::new();
    create_client::run(&zendesk, "Nightly", "nightly", &file, &mut out)
        .await
        .unwrap();
    let secret = std::fs::read_to_string(&file).unwrap();
    assert_eq!(secret.len(), 64);
    let out = String::from_utf8(out).unwrap();
    assert!(
        out.contains("created nightly with id ") && !out.contains(&secret),
        "{out}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[tokio::test]
async fn create_client_makes_no_client_where_the_secret_has_no_place() {
    let (sandbox, zendesk) = account().await;
    let file = fresh_file("create_client.taken");
    std::fs::write(&file, "kept").unwrap();
    let mut out = Vec::new();
    let run = create_client::run(&zendesk, "Nightly", "nightly", &file, &mut out);
    assert!(run.await.is_err());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "kept");
    assert!(sandbox.journal().is_empty());

    let file = fresh_file("create_client.refused");
    let run = create_client::run(&zendesk, "Nightly", "", &file, &mut out);
    assert!(run.await.is_err());
    assert!(!file.exists());
}

#[tokio::test]
async fn list_clients_names_every_client_in_order() {
    let (_sandbox, zendesk) = account().await;
    for number in (100..220).rev() {
        let name = format!("app_{number}");
        let new = NewOAuthClient::confidential(name.as_str(), name.as_str());
        zendesk.oauth_clients().create(new).await.unwrap();
    }
    let mut out = Vec::new();
    list_clients::run(&zendesk, &mut out).await.unwrap();
    let out = String::from_utf8(out).unwrap();
    let listed = out.lines().filter(|line| line.contains(" app_"));
    let numbers = listed.map(|line| line[line.find("app_").unwrap() + 4..][..3].parse().unwrap());
    assert_eq!(
        numbers.collect::<Vec<u32>>(),
        (100..220).collect::<Vec<u32>>()
    );
    assert!(out.contains("(confidential)"), "{out}");
}

#[tokio::test]
async fn chat_tokens_lists_without_printing_a_token_and_revokes_one() {
    let (_sandbox, zendesk) = account().await;
    let tokens = zendesk.chat().list().await.unwrap();
    let mut out = Vec::new();
    chat_tokens::run(&zendesk, None, &mut out).await.unwrap();
    let listed = String::from_utf8(out).unwrap();
    assert_eq!(listed.lines().count(), tokens.len());
    for token in &tokens {
        assert!(listed.contains(&format!("{} of ", token.id)), "{listed}");
        assert!(!listed.contains(token.access_token.as_ref().unwrap().expose()));
    }
    let last = tokens.last().unwrap().id;
    chat_tokens::run(&zendesk, Some(last), &mut Vec::new())
        .await
        .unwrap();
    let left = zendesk.chat().list().await.unwrap();
    assert!(left.len() == tokens.len() - 1 && left.iter().all(|token| token.id != last));
}

#[tokio::test]
async fn oauth_tokens_lists_without_printing_a_token_and_revokes_one() {
    let (sandbox, zendesk) = account().await;
    let own = zendesk.oauth_tokens().show_current().await.unwrap().id;
    let listed = || async {
        let mut out = Vec::new();
        oauth_tokens::run(&zendesk, None, &mut out).await.unwrap();
        String::from_utf8(out).unwrap()
    };
    let before = listed().await;
    let mark = |line: &&str| line.ends_with(" (this one)");
    let marked = before.lines().find(mark).unwrap();
    assert!(marked.starts_with(&format!("{own}: ")), "{before}");
    assert!(!before.contains(&sandbox.credentials().admin_token[..10]));
    let other = before.lines().find(|line| !mark(line)).unwrap();
    let id = other.split(':').next().unwrap().parse().unwrap();
    oauth_tokens::run(&zendesk, Some(id), &mut Vec::new())
        .await
        .unwrap();
    let after = listed().await;
    assert_eq!(after.lines().count(), before.lines().count() - 1);
    assert!(!after.contains(other), "{after}");
}

#[tokio::test]
async fn authorization_url_reads_the_code_from_what_is_pasted() {
    let (sandbox, zendesk) = account().await;
    sandbox.set_switch("consent", "approve").unwrap();
    let callback = "http://localhost:8080/callback";
    let new = NewOAuthClient::public("App", "app", callback);
    zendesk.oauth_clients().create(new).await.unwrap();
    let request = AuthorizationRequest::new("app", callback, ["read"]).unwrap();

    let browser = reqwest::Client::builder().redirect(redirect::Policy::none());
    let browser = browser.build().unwrap();
    let answer = browser
        .get(request.url(&zendesk).expose())
        .send()
        .await
        .unwrap();
    let pasted = format!("{}\n", answer.headers()["location"].to_str().unwrap());
    let mut out = Vec::new();
    let code =
        authorization_url::run(&zendesk, &request, &mut pasted.as_bytes(), &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains(request.url(&zendesk).expose()), "{out}");
    assert!(!out.contains(code.secret().expose()), "{out}");
    assert!(
        !out.contains(request.code_verifier().unwrap().expose()),
        "{out}"
    );
}

#[tokio::test]
async fn mock_passes() {
    mock::run().await.unwrap();
}
