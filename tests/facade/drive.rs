//! Every operation as one call of the facade.

use std::fmt::Debug;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use zendesk_oauth::pages::Page;
use zendesk_oauth::support::{
    NewOAuthClient, NewOAuthToken, OAuthClientChanges, OAuthTokenFilter, TokenRequest,
    TokenSummaryFilter,
};
use zendesk_oauth::zis::{CreateZisOAuthToken, OAuthClientRef, StartOAuthFlow};
use zendesk_oauth::{Credentials, Error, Redacted, ResponseValue, Secret, Zendesk};
use zendesk_oauth_core::client::Response;

use crate::scene::{CALLBACK, CONNECTION, Scene};
use crate::virtual_clock::VirtualClock;

/// A typed answer, and what a test may look at.
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) attempts: u32,
    /// The typed value, written back.
    pub(crate) value: Value,
    pub(crate) body: String,
    printed: String,
}

/// A call that has ended.
pub(crate) struct Ended {
    pub(crate) result: Result<Answered, Error>,
    /// What printed on the way: the client, the call, and what came of it.
    pub(crate) printed: String,
}

/// The facade over a sandbox, or over what stands before one.
pub(crate) fn facade(url: &str, scene: &Scene, clock: &VirtualClock, timeout: Duration) -> Zendesk {
    // A client that trusts nobody is made at once: it reads no certificates.
    let http = reqwest::Client::builder().tls_certs_only([]).no_proxy();
    Zendesk::at(url)
        .support(Credentials::bearer(scene.support_token.clone()))
        .zis(
            scene.integration.as_str(),
            Credentials::bearer(scene.zis_token.clone()),
        )
        .chat(Credentials::bearer(scene.chat_token.clone()))
        .http_client_builder(http)
        .clock(clock.clone())
        .timeout(timeout)
        .build()
        .expect("a base URL on loopback")
}

/// Prints a call both ways, then sends it.
macro_rules! sent {
    ($call:expr) => {{
        let call = $call;
        let printed = format!("{call:?} {call:#?}");
        (printed, call.with_response().await.map(answered))
    }};
}

/// The same for a page of a list.
macro_rules! page {
    ($list:expr) => {{
        let list = $list;
        let printed = format!("{list:?} {list:#?}");
        (printed, list.page().await.map(answered_page))
    }};
}

/// Makes the call of one operation.
pub(crate) async fn call(zendesk: &Zendesk, scene: &Scene, operation: &str) -> Ended {
    let clients = zendesk.oauth_clients();
    let tokens = zendesk.oauth_tokens();
    let globals = zendesk.global_oauth_clients();
    let zis = zendesk.zis(scene.integration.as_str());
    let chat = zendesk.chat();
    let endpoint = zendesk.grant_type_tokens();
    let client = scene.client_number;
    let (before, result) = match operation {
        "list_oauth_clients" => page!(clients.list_oauth_clients()),
        "list_my_oauth_clients" => page!(clients.list_my_oauth_clients()),
        "create_oauth_client" => sent!(clients.create_oauth_client(
            NewOAuthClient::confidential("Test", "unique_id").redirect_uris([CALLBACK])
        )),
        "show_oauth_client" => sent!(clients.show_oauth_client(client)),
        "update_oauth_client" => {
            sent!(clients.update_oauth_client(client, OAuthClientChanges::new().name("New")))
        }
        "delete_oauth_client" => sent!(clients.delete_oauth_client(client)),
        "generate_oauth_client_secret" => sent!(clients.generate_oauth_client_secret(client)),
        "list_support_oauth_tokens" => {
            page!(tokens.list_support_oauth_tokens(OAuthTokenFilter::of_everyone()))
        }
        "create_support_oauth_token" => {
            sent!(tokens.create_support_oauth_token(NewOAuthToken::new(client, ["read"])))
        }
        "show_support_oauth_token" => sent!(tokens.show_support_oauth_token(scene.token_number)),
        "revoke_support_oauth_token" => {
            sent!(tokens.revoke_support_oauth_token(scene.token_number))
        }
        "show_current_support_oauth_token" => sent!(tokens.show_current_support_oauth_token()),
        "revoke_current_support_oauth_token" => sent!(tokens.revoke_current_support_oauth_token()),
        "list_global_oauth_clients" => page!(globals.list_global_oauth_clients()),
        "show_global_oauth_client" => {
            sent!(globals.show_global_oauth_client(scene.global_client_number))
        }
        "list_global_oauth_client_token_summaries" => {
            page!(globals.list_global_oauth_client_token_summaries(TokenSummaryFilter::new()))
        }
        "start_oauth_flow" => {
            let by = OAuthClientRef::name(scene.zis_oauth_client.as_str());
            let flow = StartOAuthFlow::new("new_connection", by).expect("a name");
            sent!(zis.start_oauth_flow(flow.origin_oauth_redirect_url(CALLBACK)))
        }
        "start_oauth_redirect" => {
            sent!(zis.start_oauth_redirect(Secret::from(scene.flow_token.as_str())))
        }
        "create_zis_oauth_token" => {
            let secret = Secret::from(scene.client_secret.as_str());
            let grant = CreateZisOAuthToken::client_credentials(scene.client_id.as_str(), secret);
            sent!(zis.create_zis_oauth_token(grant.scopes(["read"])))
        }
        "exchange_verification_code" => {
            sent!(zis.exchange_verification_code(scene.verification_code.as_str()))
        }
        "refresh_oauth_token" => sent!(zis.refresh_oauth_token(CONNECTION)),
        "show_oauth_connection" => sent!(zis.show_oauth_connection(CONNECTION)),
        "list_chat_oauth_tokens" => sent!(chat.list_chat_oauth_tokens()),
        "revoke_chat_oauth_token" => sent!(chat.revoke_chat_oauth_token(scene.chat_token_number)),
        "create_token_for_grant_type" => {
            let secret = Secret::from(scene.client_secret.as_str());
            let request = TokenRequest::client_credentials(scene.client_id.as_str(), secret);
            sent!(endpoint.create_token_for_grant_type(request.scopes(["read"])))
        }
        unknown => panic!("no call is written for {unknown}"),
    };
    let after = match &result {
        Ok(answer) => answer.printed.clone(),
        Err(error) => zendesk_oauth_tests::printed(error),
    };
    let handles =
        format!("{zendesk:?} {clients:?} {tokens:?} {globals:?} {endpoint:?} {zis:?} {chat:?}");
    Ended {
        result,
        printed: format!("{handles}\n{before}\n{after}"),
    }
}

fn answered<T: Serialize + Debug>(answer: ResponseValue<T>) -> Answered {
    let value: &T = &answer;
    of(answer.response(), value, format!("{answer:?} {answer:#?}"))
}

fn answered_page<T: Serialize + Debug>(page: Page<T>) -> Answered {
    of(page.response(), page.items(), format!("{page:?} {page:#?}"))
}

fn of<T: Serialize + Debug + ?Sized>(response: &Response, value: &T, printed: String) -> Answered {
    let redacted = Redacted(value);
    Answered {
        status: response.status().as_u16(),
        attempts: response.attempts(),
        value: serde_json::to_value(value).expect("a typed value can be written"),
        body: String::from_utf8_lossy(response.body()).into_owned(),
        printed: format!("{printed} {response:?} {value:?} {redacted} {redacted:?} {redacted:#?}"),
    }
}
