//! Requests whose status is known beforehand.

use reqwest::Method;
use serde_json::{Value, json};

use crate::zendesk::{Zendesk, answered};

/// What a request carries.
#[derive(Clone, Copy)]
pub(super) enum With<'a> {
    Nothing,
    Bearer(&'a str),
    ApiToken,
}

/// Sends a request, and expects a status.
pub(super) struct Caller<'a> {
    pub(super) zendesk: &'a Zendesk,
}

impl Caller<'_> {
    pub(super) async fn expect(
        &self,
        status: u16,
        method: Method,
        path: &str,
        body: Option<Value>,
        with: With<'_>,
    ) -> Value {
        let credentials = self.zendesk.credentials();
        let mut request = self.zendesk.request(method.clone(), path);
        request = match with {
            With::Nothing => request,
            With::Bearer(token) => request.bearer_auth(token),
            With::ApiToken => {
                let user = format!("{}/token", credentials.admin_email);
                request.basic_auth(user, Some(&credentials.api_token))
            }
        };
        if let Some(body) = &body {
            request = request.json(body);
        }
        let answer = answered(request).await;
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.text);
        serde_json::from_str(&answer.text).unwrap_or_default()
    }
}

/// Longer than the limit that the test sets.
pub(super) fn long() -> Value {
    json!({ "client": { "name": "x".repeat(3_000) }, "name": "x".repeat(3_000) })
}
