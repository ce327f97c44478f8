//! The calls: every operation that reads and changes nothing.

use serde_json::Value;
use zendesk_oauth_core::client::{Error, Response, ResponseValue};
use zendesk_oauth_core::{ApiErrorBody, Operation};

use super::compare::compared;
use super::contract::Contract;
use super::credentials::{Account, Missing};
use super::outcome::{Ended, Outcome};
use crate::areas::AREAS;
use crate::failure::with_causes;

/// Whether calling it changes nothing, and is of use without a flow's secret.
fn reads(operation: &Operation) -> bool {
    operation.method == "GET" && operation.idempotent && !operation.sends_secrets
}

/// Calls them all.
pub(super) async fn all(account: &Account) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let mut seen = Seen::default();
    for area in &AREAS {
        let contract = Contract::parse(area.contract);
        // Lists first: they tell what to show.
        let mut reading: Vec<_> = area.operations.iter().filter(|it| reads(it)).collect();
        reading.sort_by_key(|operation| operation.path.contains('{'));
        for operation in reading {
            let called = call(account, operation.id, seen).await;
            let result = match called {
                Called::Answered(answer) => {
                    seen.read(&answer);
                    Ended::Compared {
                        status: answer.status(),
                        differences: compared(&contract, &answer),
                    }
                }
                Called::Skipped(why) => Ended::Skipped(why),
                Called::Failed(why) => Ended::Failed(why),
            };
            outcomes.push(Outcome { operation, result });
        }
    }
    outcomes
}

enum Called {
    Answered(Response),
    Skipped(String),
    Failed(String),
}

impl<T> From<Result<ResponseValue<T>, Error<ApiErrorBody>>> for Called {
    fn from(result: Result<ResponseValue<T>, Error<ApiErrorBody>>) -> Self {
        let error = match result {
            Ok(answer) => return Self::Answered(answer.response().clone()),
            Err(error) => error,
        };
        let parts = (
            error.operation(),
            error.status(),
            error.headers(),
            error.body(),
        );
        match parts {
            (Some(operation), Some(status), Some(headers), Some(body)) => {
                let answer = Response::new(operation, status, headers.clone(), body.clone());
                Self::Answered(answer)
            }
            _ => Self::Failed(with_causes(&error)),
        }
    }
}

impl From<&Missing> for Called {
    fn from(Missing(names): &Missing) -> Self {
        let verb = if names.len() == 1 { "is" } else { "are" };
        Self::Skipped(format!("{} {verb} not set", names.join(", ")))
    }
}

async fn call(account: &Account, id: &str, seen: Seen) -> Called {
    let (support, tokens) = (&account.support, &account.tokens);
    let global_clients = &account.global_clients;
    match id {
        "list_oauth_clients" => support
            .list_oauth_clients()
            .page_size(100)
            .send()
            .await
            .into(),
        "list_my_oauth_clients" => {
            let call = support.list_my_oauth_clients().page_size(100);
            call.send().await.into()
        }
        "show_oauth_client" => match seen.client {
            Some(id) => {
                let call = support.show_oauth_client().oauth_client_id(id);
                call.send().await.into()
            }
            None => Called::Skipped("no list names an OAuth client".to_owned()),
        },
        "list_support_oauth_tokens" => {
            let call = tokens.list_support_oauth_tokens().page_size(100);
            call.send().await.into()
        }
        "show_current_support_oauth_token" => tokens
            .show_current_support_oauth_token()
            .send()
            .await
            .into(),
        "show_support_oauth_token" => match seen.token {
            Some(id) => {
                let call = tokens.show_support_oauth_token().oauth_token_id(id);
                call.send().await.into()
            }
            None => Called::Skipped("no list names an OAuth token".to_owned()),
        },
        "list_global_oauth_clients" => {
            let call = global_clients.list_global_oauth_clients().page_size(100);
            call.send().await.into()
        }
        "list_global_oauth_client_token_summaries" => {
            let call = global_clients.list_global_oauth_client_token_summaries();
            call.page_size(100).send().await.into()
        }
        "show_global_oauth_client" => match seen.global_client {
            Some(id) => {
                let call = global_clients.show_global_oauth_client();
                call.global_client_id(id).send().await.into()
            }
            None => Called::Skipped("no list names a global OAuth client".to_owned()),
        },
        "show_oauth_connection" => match &account.zis {
            Ok(zis) => {
                let call = zis.client.show_oauth_connection();
                let call = call.integration(&zis.integration).name(&zis.connection);
                call.send().await.into()
            }
            Err(missing) => missing.into(),
        },
        "list_chat_oauth_tokens" => match &account.chat {
            Ok(chat) => chat.list_chat_oauth_tokens().send().await.into(),
            Err(missing) => missing.into(),
        },
        _ => Called::Failed("the tour does not know this operation".to_owned()),
    }
}

/// The ids of the first record of each kind that a list named.
#[derive(Clone, Copy, Default)]
struct Seen {
    client: Option<i64>,
    token: Option<i64>,
    global_client: Option<i64>,
}

impl Seen {
    fn read(&mut self, answer: &Response) {
        let Ok(body) = serde_json::from_slice::<Value>(answer.body()) else {
            return;
        };
        let first = |pointer| body.pointer(pointer).and_then(Value::as_i64);
        self.client = self.client.or_else(|| first("/clients/0/id"));
        self.token = self.token.or_else(|| first("/tokens/0/id"));
        self.global_client = self.global_client.or_else(|| first("/global_clients/0/id"));
    }
}
