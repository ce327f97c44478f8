//! The clients, and how a call becomes a step.

use std::time::Instant;

use zendesk_chat_oauth_tokens as chat;
use zendesk_oauth_core::{
    ApiErrorBody, Credentials, RetryPolicy, Secret, Transport, client::ResponseValue,
};
use zendesk_oauth_sandbox::{Sandbox, StarterCredentials};
use zendesk_support_global_oauth_clients as global_clients;
use zendesk_support_grant_type_tokens as grant_types;
use zendesk_support_oauth_clients as support;
use zendesk_support_oauth_tokens as tokens;
use zendesk_zis_oauth_connections as zis;

use super::browser::Browser;
use super::step::{Deviation, Found, Request, Step, expect};
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
    pub(super) tokens: tokens::Client,
    /// It has no credentials: those of an OAuth client stand in each request.
    pub(super) grant_types: grant_types::Client,
    pub(super) global_clients: global_clients::Client,
    pub(super) zis: zis::Client,
    pub(super) chat: chat::Client,
    pub(super) browser: Browser,
    pub(super) url: String,
    pub(super) credentials: StarterCredentials,
    pub(super) steps: Steps,
    http: reqwest::Client,
}

impl Tour {
    pub(super) fn of(sandbox: &Sandbox) -> Result<Self, Failure> {
        let (url, credentials) = (sandbox.url(), sandbox.credentials());
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let http = http
            .build()
            .map_err(|error| Failure::usage_because("there is no HTTP client", error))?;
        let transport = |stem: &str, credentials| transport(&http, url, stem, credentials);
        let support = transport("", bearer(Some(&credentials.admin_token)))?;
        let zis = transport("", bearer(credentials.zis_token.as_ref()))?;
        let chat = transport(CHAT_STEM, bearer(credentials.chat_token.as_ref()))?;
        let anonymous = transport("", Credentials::none())?;
        Ok(Self {
            support: support::Client::from_transport(support.clone()),
            tokens: tokens::Client::from_transport(support.clone()),
            grant_types: grant_types::Client::from_transport(anonymous),
            global_clients: global_clients::Client::from_transport(support),
            zis: zis::Client::from_transport(zis),
            chat: chat::Client::from_transport(chat),
            browser: Browser::of(http.clone(), sandbox),
            url: url.to_owned(),
            credentials,
            steps: Steps::default(),
            http,
        })
    }

    /// The operations on tokens, called with this one.
    pub(super) fn tokens_with(&self, token: &Secret) -> Result<tokens::Client, Deviation> {
        let credentials = Credentials::bearer(token.clone());
        let transport = transport(&self.http, &self.url, "", credentials);
        transport
            .map(tokens::Client::from_transport)
            .map_err(|failure| Deviation {
                expected: "a token that a request can carry".to_owned(),
                came: failure.to_string(),
            })
    }
}

fn transport(
    http: &reqwest::Client,
    url: &str,
    stem: &str,
    credentials: Credentials,
) -> Result<Transport, Failure> {
    Transport::builder(&format!("{url}{stem}"))
        .credentials(credentials)
        .http_client(http.clone())
        // Each step looks at the first answer as it is.
        .retry_policy(RetryPolicy::never())
        .build()
        .map_err(|error| Failure::usage_because("there is no HTTP client", error))
}

/// Fails unless the call was refused with this status.
pub(super) fn refused<T>(
    result: Result<ResponseValue<T>, CallError>,
    status: u16,
) -> Result<(), Deviation> {
    let came = match result {
        Err(error) if error.status().is_some_and(|it| it == status) => return Ok(()),
        Err(error) => with_causes(&error),
        Ok(answer) => answer.status().to_string(),
    };
    expect(false, format!("a refusal with {status}"), came)
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
