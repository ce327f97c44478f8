//! The clients, and how a call becomes a step.

use std::time::Instant;

use zendesk_chat_oauth_tokens as chat;
use zendesk_oauth_core::{
    ApiErrorBody, Credentials, RetryPolicy, Transport, client::ResponseValue,
};
use zendesk_oauth_sandbox::{Sandbox, StarterCredentials};
use zendesk_support_oauth_clients as support;
use zendesk_zis_oauth_connections as zis;

use super::browser::Browser;
use super::step::{Deviation, Found, Request, Step};
use crate::areas::CHAT_STEM;
use crate::failure::{Failure, with_causes};

/// Why a call gave no typed answer.
pub(super) type CallError = zendesk_oauth_core::client::Error<ApiErrorBody>;

/// The steps so far, in the order in which they were made.
#[derive(Default)]
pub(super) struct Steps(pub(super) Vec<Step>);

/// The clients of all areas, and the steps.
pub(super) struct Tour {
    pub(super) support: support::Client,
    pub(super) zis: zis::Client,
    pub(super) chat: chat::Client,
    pub(super) browser: Browser,
    pub(super) url: String,
    pub(super) credentials: StarterCredentials,
    pub(super) steps: Steps,
}

impl Tour {
    pub(super) fn of(sandbox: &Sandbox) -> Result<Self, Failure> {
        let (url, credentials) = (sandbox.url(), sandbox.credentials());
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let http = http
            .build()
            .map_err(|error| Failure::because("there is no HTTP client", error))?;
        let transport = |stem: &str, token: Option<&String>| {
            Transport::builder(&format!("{url}{stem}"))
                .credentials(bearer(token))
                .http_client(http.clone())
                // Each step looks at the first answer as it is.
                .retry_policy(RetryPolicy::never())
                .build()
                .map_err(|error| Failure::because("there is no HTTP client", error))
        };
        Ok(Self {
            support: support::Client::from_transport(transport(
                "",
                Some(&credentials.admin_token),
            )?),
            zis: zis::Client::from_transport(transport("", credentials.zis_token.as_ref())?),
            chat: chat::Client::from_transport(transport(
                CHAT_STEM,
                credentials.chat_token.as_ref(),
            )?),
            browser: Browser::of(http.clone(), sandbox),
            url: url.to_owned(),
            credentials,
            steps: Steps::default(),
        })
    }
}

impl Steps {
    /// Makes the call and checks the answer, which it gives back whatever the check says.
    pub(super) async fn make<T>(
        &mut self,
        request: Request,
        expected: u16,
        call: impl Future<Output = Result<ResponseValue<T>, CallError>>,
        check: impl FnOnce(&T) -> Found,
    ) -> Option<ResponseValue<T>> {
        let began = Instant::now();
        let result = call.await;
        let time = began.elapsed();
        let (status, found, answer) = match result {
            Ok(answer) if answer.status() == expected => {
                (Some(answer.status()), check(&answer), Some(answer))
            }
            Ok(answer) => {
                let deviation = Deviation {
                    expected: expected.to_string(),
                    came: answer.status().to_string(),
                };
                (Some(answer.status()), Err(deviation), Some(answer))
            }
            Err(error) => {
                let deviation = Deviation {
                    expected: expected.to_string(),
                    came: with_causes(&error),
                };
                (error.status(), Err(deviation), None)
            }
        };
        self.0.push(Step {
            operation: request.operation,
            request: request.shown(),
            status,
            time,
            found,
        });
        answer
    }

    /// Adds what other calls showed of an operation's last step.
    pub(super) fn also(&mut self, id: &str, found: Found) {
        let step = self.0.iter_mut().rfind(|step| step.operation.id == id);
        let step = step.expect("the operation was driven before it is looked at again");
        match (&mut step.found, found) {
            (Ok(phrase), Ok(more)) => {
                phrase.push_str("; ");
                phrase.push_str(&more);
            }
            (Ok(_), Err(deviation)) => step.found = Err(deviation),
            (Err(_), _) => {}
        }
    }
}

/// An account without such a token has its calls refused, and reported as any other.
fn bearer(token: Option<&String>) -> Credentials {
    token.map_or_else(Credentials::none, |token| {
        Credentials::bearer(token.as_str())
    })
}
