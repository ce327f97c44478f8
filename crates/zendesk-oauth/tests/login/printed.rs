//! Nothing that is printed or traced of a login holds a secret.

use std::fmt::Debug;

use zendesk_oauth::{SystemClock, token::Login};
use zendesk_oauth_tests::{Traces, printed};

use crate::account::Account;
use crate::waiting::Waiting;
use crate::{browser, stranger};

/// Everything printed, and everything that must not be in it.
#[derive(Default)]
struct Canary {
    printed: String,
    secrets: Vec<String>,
}

impl Canary {
    fn debug(&mut self, value: &impl Debug) {
        self.printed.push_str(&format!("{value:?}\n{value:#?}\n"));
    }

    fn error(&mut self, error: zendesk_oauth::Error) {
        self.printed.push_str(&printed(&error));
    }

    fn secret(&mut self, text: impl Into<String>) {
        let text = text.into();
        assert!(text.len() > 5);
        self.secrets.push(text);
    }

    /// The code and the state of a URL.
    fn secrets_of(&mut self, url: &zendesk_oauth::reqwest::Url) {
        for (name, value) in url.query_pairs() {
            if matches!(&*name, "code" | "state" | "code_challenge") {
                self.secret(value);
            }
        }
    }

    fn check(&self, place: &str, text: &str) {
        for secret in &self.secrets {
            assert!(!text.contains(secret), "{secret} in {place}: {text}");
        }
    }
}

#[tokio::test]
async fn no_code_state_verifier_token_or_query_is_printed_or_traced() {
    // Reqwest and hyper trace URLs of this test's own browser, as any program may of its own.
    let traces = Traces::of_the_process();
    let mut canary = Canary::default();
    canary.secret("CANARY");

    let waiting = Waiting::start().await;
    canary.secrets_of(&waiting.url);
    canary.secrets_of(&waiting.home);
    stranger::sent(
        waiting.account.port,
        "GET /callback?code=CANARY-code&state=CANARY-state HTTP/1.1\r\nhost: x\r\n\r\n",
    )
    .await;
    let target = waiting.target();
    let request = format!("GET {target} HTTP/1.1\r\nhost: x\r\n\r\n");
    stranger::sent(waiting.account.port, request).await;
    let issued = waiting.login.await.unwrap().unwrap();
    canary.secret(issued.access_token.expose());
    canary.secret(issued.refresh_token.as_ref().unwrap().expose());
    canary.debug(&issued);
    let sent = &waiting.account.redeemed()[0];
    canary.secret(sent["code_verifier"].as_str().unwrap());

    let uri = "https://app.example.com/callback?session=CANARY-session".to_owned();
    let account = Account::at("deny", uri, 0, SystemClock).await;
    let login = || account.login().paste(|_| std::future::ready(None));
    canary.debug(&login());
    canary.debug(&login().open(|_| {}));
    canary.error(login().open(|_| {}).await.unwrap_err());
    canary.error(account.login().open(|_| {}).await.unwrap_err());
    canary.error(
        Login::new(&account.endpoint, ["CANARY\t"])
            .begin()
            .unwrap_err(),
    );

    let started = account.login().begin().unwrap();
    canary.debug(&started);
    let denied = browser::until_home(started.url().expose()).await;
    canary.secrets_of(&denied);
    canary.secret(started.request().code_verifier().unwrap().expose());
    let state = started.request().state().expose();
    for pasted in [
        denied.to_string(),
        "CANARY-nothing".to_owned(),
        format!("code=CANARY&code=CANARY&state={state}"),
        format!("code=CANARY&error=CANARY&state={state}"),
        format!("error=CANARY&error_description=CANARY&state={state}"),
        format!("code=CANARY-wrong&state={state}"),
    ] {
        canary.error(started.finish(&pasted).await.unwrap_err());
    }
    assert!(canary.secrets.len() > 8 && canary.printed.len() > 2_000);
    canary.check("what is printed", &canary.printed);
    let traces = traces.text();
    let ours = traces.lines().filter(|line| line.contains("zendesk_oauth"));
    let ours: Vec<_> = ours.collect();
    assert!(!ours.is_empty());
    canary.check("the traces", &ours.join("\n"));
}
