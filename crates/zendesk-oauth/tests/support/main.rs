//! Support's OAuth clients, tokens, global clients and authorization requests, against the sandbox.

#![allow(clippy::unwrap_used, reason = "a panic here is the failure report")]
#![cfg(feature = "support")]

mod authorization;
mod clients;
#[cfg(feature = "global-oauth-clients")]
mod global_clients;
mod secrets;
#[cfg(feature = "oauth-tokens")]
mod tokens;

use serde_json::Value;
use zendesk_oauth::reqwest::{self, StatusCode};
use zendesk_oauth::{Credentials, Zendesk};
use zendesk_oauth_sandbox::Sandbox;

/// A sandbox with nobody else in it, and a client of it.
struct Account {
    sandbox: Sandbox,
    zendesk: Zendesk,
}

impl Account {
    async fn new() -> Self {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let token = sandbox.credentials().admin_token;
        let builder = Zendesk::at(sandbox.url()).support(Credentials::bearer(token));
        let zendesk = builder.build().unwrap();
        Self { sandbox, zendesk }
    }

    /// Which operations were called, in order.
    fn called(&self) -> Vec<&'static str> {
        let journal = self.sandbox.journal();
        journal.iter().filter_map(|it| it.operation).collect()
    }

    /// `POST /oauth/tokens`.
    async fn token(&self, body: &Value) -> (StatusCode, Value) {
        let url = format!("{}/oauth/tokens", self.sandbox.url());
        let answer = reqwest::Client::new().post(url).json(body).send().await;
        let answer = answer.unwrap();
        (answer.status(), answer.json().await.unwrap())
    }
}
