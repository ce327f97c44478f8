//! Every operation as one call with fixed arguments; secrets among them are canaries.

use std::fmt::Debug;

use reqwest::{StatusCode, header::HeaderMap};
use serde::Serialize;
use serde_json::Value;
use zendesk_chat_oauth_tokens as chat;
use zendesk_oauth_core::{
    ApiErrorBody, Credentials, Redacted, RetryPolicy, Secret, Transport, TransportBuilder,
    client::ResponseValue,
};
use zendesk_support_oauth_clients as support;
use zendesk_zis_oauth_connections as zis;

/// Why a call gave no typed answer.
pub(crate) type Failed = zendesk_oauth_core::client::Error<ApiErrorBody>;

/// An id that no 32-bit integer and no double can hold.
pub(crate) const ID: i64 = 9_007_199_254_740_993;

/// Clients of the three crates at one address.
#[derive(Clone, Debug)]
pub(crate) struct Clients {
    support: support::Client,
    zis: zis::Client,
    chat: chat::Client,
}

impl Clients {
    /// Support and ZIS at the address itself, Chat below `/api/v2/chat`, as in its document.
    pub(crate) fn at(url: &str, credentials: &Credentials) -> Self {
        Self::by(url, credentials, |builder| builder)
    }

    /// The same over one reqwest client, which tests with many servers make once: a client of its
    /// own reads the system's certificates each time.
    pub(crate) fn over(http: &reqwest::Client, url: &str, credentials: &Credentials) -> Self {
        Self::by(url, credentials, |builder| {
            builder.http_client(http.clone())
        })
    }

    fn by(
        url: &str,
        credentials: &Credentials,
        change: impl Fn(TransportBuilder) -> TransportBuilder,
    ) -> Self {
        let transport = |stem: &str| {
            // Each test looks at one answer.
            let builder = Transport::builder(&format!("{url}{stem}"))
                .credentials(credentials.clone())
                .retry_policy(RetryPolicy::never());
            change(builder).build().expect("a base URL")
        };
        Self {
            support: support::Client::from_transport(transport("")),
            zis: zis::Client::from_transport(transport("")),
            chat: chat::Client::from_transport(transport("/api/v2/chat")),
        }
    }
}

/// A reqwest client for [`Clients::over`], set as the transport would set it.
pub(crate) fn http() -> reqwest::Client {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    builder.build().expect("TLS starts")
}

/// A typed answer, and everything of it that a test may look at.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) request_id: Option<String>,
    /// The typed value, written back.
    pub(crate) value: Value,
    /// Debug of the answer and of its value, and both ways of `Redacted`.
    pub(crate) printed: String,
}

fn answered<T: Serialize + Debug>(answer: ResponseValue<T>) -> Answered {
    let value: &T = &answer;
    let redacted = Redacted(value);
    Answered {
        status: answer.status(),
        headers: answer.headers().clone(),
        request_id: answer.request_id().map(str::to_owned),
        value: serde_json::to_value(value).expect("a typed value can be written"),
        printed: format!("{answer:?} {answer:#?} {value:?} {redacted} {redacted:?} {redacted:#?}"),
    }
}

/// Makes the call of one operation.
pub(crate) async fn call(clients: &Clients, operation: &str) -> Result<Answered, Failed> {
    call_and_print(clients, operation).await.1
}

/// Prints a finished builder both ways, then sends it.
macro_rules! send {
    ($builder:expr) => {{
        let builder = $builder;
        let printed = format!("{builder:?} {builder:#?}");
        (printed, builder.send().await.map(answered))
    }};
}

/// Makes the call of one operation; with how its builder printed before it was sent.
pub(crate) async fn call_and_print(
    clients: &Clients,
    operation: &str,
) -> (String, Result<Answered, Failed>) {
    let Clients { support, zis, chat } = clients;
    let integration = "my_integration";
    match operation {
        "list_oauth_clients" => {
            let call = support.list_oauth_clients().sort("-created_at");
            send!(call.page_size(5).page_after("eyJvIjoiaWQifQ=="))
        }
        "list_my_oauth_clients" => send!(support.list_my_oauth_clients().page(2).per_page(50)),
        "create_oauth_client" => send!(support.create_oauth_client().body(new_client())),
        "show_oauth_client" => send!(support.show_oauth_client().oauth_client_id(ID)),
        "update_oauth_client" => {
            let call = support.update_oauth_client().oauth_client_id(ID);
            send!(call.body(changed_client()))
        }
        "delete_oauth_client" => send!(support.delete_oauth_client().oauth_client_id(ID)),
        "generate_oauth_client_secret" => {
            send!(support.generate_oauth_client_secret().oauth_client_id(ID))
        }
        "start_oauth_flow" => {
            send!(
                zis.start_oauth_flow()
                    .integration(integration)
                    .body(new_flow())
            )
        }
        "start_oauth_redirect" => {
            send!(zis.start_oauth_redirect().flow_token("CANARY-flow+token/="))
        }
        "create_zis_oauth_token" => {
            let call = zis.create_zis_oauth_token().integration(integration);
            send!(call.body(token_request()))
        }
        "exchange_verification_code" => {
            let call = zis.exchange_verification_code().integration(integration);
            send!(call.verification_code("CANARY-verification"))
        }
        "refresh_oauth_token" => {
            let call = zis.refresh_oauth_token().integration(integration);
            send!(call.uuid("9c865cd6-858e-42c6-b14d-2cc43f3b4ac4"))
        }
        "show_oauth_connection" => {
            let call = zis.show_oauth_connection().integration("a/b ü%2F");
            send!(call.name("my connection&co"))
        }
        "list_chat_oauth_tokens" => send!(chat.list_chat_oauth_tokens()),
        "revoke_chat_oauth_token" => send!(chat.revoke_chat_oauth_token().oauth_token_id(ID)),
        unknown => panic!("no call is written for {unknown}"),
    }
}

fn changed_client() -> support::types::builder::UpdateOAuthClientRequest {
    let changes = support::types::UpdateOAuthClient::builder()
        .name("My New OAuth2 Client".to_owned())
        .redirect_uri(Vec::new());
    support::types::UpdateOAuthClientRequest::builder().client(changes)
}

fn new_client() -> support::types::builder::CreateOAuthClientRequest {
    let client = support::types::CreateOAuthClient::builder()
        .name("Test Client")
        .identifier("unique_id")
        .kind(support::types::OAuthClientKind::Confidential);
    support::types::CreateOAuthClientRequest::builder().client(client)
}

fn new_flow() -> zis::types::builder::StartOAuthFlowRequest {
    zis::types::StartOAuthFlowRequest::builder()
        .name("my_connection_name")
        .oauth_client_name("my_oauth_client_name".to_owned())
        .allow_offline_access(true)
        .grant_type(zis::types::ZisGrantType::from("authorization_code"))
}

fn token_request() -> zis::types::builder::CreateZisOAuthTokenRequest {
    zis::types::CreateZisOAuthTokenRequest::builder()
        .client_id("my_client_id")
        .client_secret("CANARY-client-secret")
        .code(Secret::from("CANARY-code"))
        .grant_type("authorization_code")
        .redirect_uri("https://client.int/callback".to_owned())
        .scope("read write".to_owned())
}
