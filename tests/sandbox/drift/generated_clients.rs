//! The generated clients drive every operation of the sandbox, and each of their requests is one that
//! the documents describe.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use reqwest::header::LOCATION;
use zendesk_chat_oauth_tokens as chat;
use zendesk_oauth_core::Credentials;
use zendesk_oauth_sandbox::{Exchange, Sandbox, Switches};
use zendesk_support_global_oauth_clients as globals;
use zendesk_support_grant_type_tokens as endpoint;
use zendesk_support_oauth_clients as support;
use zendesk_support_oauth_tokens as tokens;
use zendesk_zis_oauth_connections as zis;

use crate::contract::Checked;
use crate::zendesk::{CONTRACT, Known, read};

/// A sandbox in which nobody has to click, and everything that crossed its wire.
async fn watched() -> (Sandbox, Arc<Mutex<Vec<Exchange>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let mut switches = Switches::default();
    switches.apply("unattended").expect("a profile");
    let watch = Arc::clone(&seen);
    let builder = Sandbox::builder()
        .switches(switches)
        .observer(move |exchange| {
            watch
                .lock()
                .expect("no watcher panics")
                .push(exchange.clone());
        });
    (builder.start().await.expect("a free port"), seen)
}

/// Follows redirects as a browser does, up to the one that leads away from the sandbox; returns where to.
async fn browsed(sandbox: &Sandbox, start: &str) -> reqwest::Url {
    let policy = reqwest::redirect::Policy::none();
    let http = reqwest::Client::builder()
        .redirect(policy)
        .build()
        .expect("a client");
    let mut url = reqwest::Url::parse(start).expect("a URL");
    for _ in 0..10 {
        if !url.as_str().starts_with(sandbox.url()) {
            return url;
        }
        let answer = http.get(url.clone()).send().await.expect("an answer");
        let location = answer.headers().get(LOCATION).expect("a redirect");
        url = url.join(location.to_str().expect("text")).expect("a URL");
    }
    panic!("the redirects have no end");
}

fn parameter(url: &reqwest::Url, name: &str) -> String {
    let found = url.query_pairs().find(|(key, _)| key == name);
    found.unwrap_or_else(|| panic!("no {name}")).1.into_owned()
}

const CALLBACK: &str = "https://client.int/callback";

async fn support_clients(sandbox: &Sandbox) {
    let token = Known::of(sandbox).admin_token.clone();
    let client = support::Client::new(sandbox.url(), Credentials::bearer(token)).expect("a URL");
    let wanted = support::types::CreateOAuthClient::builder()
        .name("Driven")
        .identifier("driven")
        .kind(support::types::OAuthClientKind::Confidential)
        .company("Acme".to_owned())
        .description("By the generated client".to_owned())
        .redirect_uri(vec![CALLBACK.to_owned()]);
    let body = support::types::CreateOAuthClientRequest::builder().client(wanted);
    let created = client
        .create_oauth_client()
        .body(body)
        .send()
        .await
        .expect("created");
    let id = created.client.id;
    let first = client
        .list_oauth_clients()
        .page_size(1)
        .sort("-created_at")
        .send()
        .await;
    let cursor = first
        .expect("a page")
        .meta
        .clone()
        .expect("a cursor page")
        .after_cursor;
    let cursor = cursor.expect("a cursor");
    let next = client
        .list_oauth_clients()
        .page_size(1)
        .sort("-created_at")
        .page_after(cursor);
    next.send().await.expect("the next page");
    client
        .list_oauth_clients()
        .page(1)
        .per_page(2)
        .send()
        .await
        .expect("an offset page");
    client
        .list_my_oauth_clients()
        .page_size(100)
        .send()
        .await
        .expect("a page");
    client
        .show_oauth_client()
        .oauth_client_id(id)
        .send()
        .await
        .expect("shown");
    let change = support::types::UpdateOAuthClient::builder().name("Renamed".to_owned());
    let body = support::types::UpdateOAuthClientRequest::builder().client(change);
    let update = client.update_oauth_client().oauth_client_id(id).body(body);
    update.send().await.expect("updated");
    let generate = client.generate_oauth_client_secret().oauth_client_id(id);
    let secret = generate
        .send()
        .await
        .expect("generated")
        .client
        .secret
        .clone()
        .expect("a secret");
    zis_token(sandbox, secret.expose()).await;
    client
        .delete_oauth_client()
        .oauth_client_id(id)
        .send()
        .await
        .expect("deleted");
}

/// A token of the client that was just made, through the proxy that ZIS has.
async fn zis_token(sandbox: &Sandbox, secret: &str) {
    let authorize = format!(
        "{}/oauth/authorizations/new?response_type=code&client_id=driven&scope=read&state=s&redirect_uri={CALLBACK}",
        sandbox.url()
    );
    let came_back = browsed(sandbox, &authorize).await;
    let request = zis::types::CreateZisOAuthTokenRequest::builder()
        .client_id("driven")
        .client_secret(secret)
        .code(zendesk_oauth_core::Secret::from(parameter(
            &came_back, "code",
        )))
        .grant_type("authorization_code")
        .redirect_uri(CALLBACK.to_owned())
        .scope("read".to_owned());
    let client = zis::Client::new(sandbox.url(), Credentials::none()).expect("a URL");
    let integration = Known::of(sandbox).integration.clone();
    let token = client
        .create_zis_oauth_token()
        .integration(integration)
        .body(request);
    token.send().await.expect("a token");
}

async fn support_tokens(sandbox: &Sandbox) {
    let admin = Known::of(sandbox).admin_token.clone();
    let of = |token: &str| {
        let credentials = Credentials::bearer(token.to_owned());
        tokens::Client::new(sandbox.url(), credentials).expect("a URL")
    };
    let client = of(&admin);
    let list = client
        .list_support_oauth_tokens()
        .all(true)
        .include_expired(true);
    let page = list.page_size(1).send().await.expect("a page");
    let client_id = page.tokens[0].client_id.expect("a client");
    let list = client
        .list_support_oauth_tokens()
        .client_id(client_id)
        .page(1)
        .per_page(2);
    list.send().await.expect("an offset page");
    let list = client
        .list_support_oauth_tokens()
        .global_client_id(1)
        .sort("-created_at");
    list.page_size(2).send().await.expect("an empty page");
    let mut made = Vec::new();
    for _ in 0..2 {
        let wanted = tokens::types::CreateSupportOAuthToken::builder()
            .client_id(client_id)
            .scopes(vec!["read".to_owned()])
            .expires_in(1_800)
            .refresh_token_expires_in(2_592_000);
        let body = tokens::types::CreateSupportOAuthTokenRequest::builder().token(wanted);
        let created = client.create_support_oauth_token().body(body).send().await;
        made.push(created.expect("created").into_inner().token);
    }
    let id = made[0].id;
    let show = client.show_support_oauth_token().oauth_token_id(id);
    show.send().await.expect("shown");
    let revoke = client.revoke_support_oauth_token().oauth_token_id(id);
    revoke.send().await.expect("revoked");
    let own = of(made[1]
        .full_token
        .as_ref()
        .expect("the whole token")
        .expose());
    let current = own.show_current_support_oauth_token().send().await;
    assert_eq!(current.expect("shown").token.id, made[1].id);
    let revoke = own.revoke_current_support_oauth_token();
    revoke.send().await.expect("revoked");
}

async fn global_clients(sandbox: &Sandbox) {
    let admin = Credentials::bearer(Known::of(sandbox).admin_token.clone());
    let client = globals::Client::new(sandbox.url(), admin).expect("a URL");
    let list = client.list_global_oauth_clients().sort("name").page_size(2);
    let id = list.send().await.expect("a page").global_clients[0].id;
    let show = client.show_global_oauth_client().global_client_id(id);
    show.send().await.expect("shown");
    let summaries = client.list_global_oauth_client_token_summaries();
    let summaries = summaries.global_client_id(id).include_expired(true);
    summaries.page_size(2).send().await.expect("a page");
}

async fn zis_connections(sandbox: &Sandbox) {
    let credentials = Known::of(sandbox);
    let token = Credentials::bearer(credentials.zis_token.clone());
    let client = zis::Client::new(sandbox.url(), token).expect("a URL");
    let integration = credentials.integration.as_str();
    let flow = zis::types::StartOAuthFlowRequest::builder()
        .name("driven_connection")
        .oauth_client_name(credentials.zis_oauth_client.clone())
        .origin_oauth_redirect_url(CALLBACK.to_owned())
        .permission_scopes("read write".to_owned())
        .allow_offline_access(true);
    let start = client
        .start_oauth_flow()
        .integration(integration)
        .body(flow);
    let redirect_url = start
        .send()
        .await
        .expect("started")
        .redirect_url
        .expose()
        .to_owned();
    let flow_token = reqwest::Url::parse(&redirect_url).expect("a URL");
    let redirect = client
        .start_oauth_redirect()
        .flow_token(parameter(&flow_token, "flow_token"));
    let redirect = redirect.send().await.expect("a redirect");
    let provider = redirect.location().expose().to_owned();
    let came_back = browsed(sandbox, &provider).await;
    let exchange = client
        .exchange_verification_code()
        .integration(integration)
        .verification_code(parameter(&came_back, "verification_code"));
    let stored = exchange.send().await.expect("stored");
    let uuid = stored.uuid.clone().expect("a uuid");
    let show = client
        .show_oauth_connection()
        .integration(integration)
        .name("driven_connection");
    show.send().await.expect("shown");
    client
        .refresh_oauth_token()
        .integration(integration)
        .uuid(uuid)
        .send()
        .await
        .expect("refreshed");
}

async fn chat_tokens(sandbox: &Sandbox) {
    let token = Credentials::bearer(Known::of(sandbox).chat_token.clone());
    let base = format!("{}/api/v2/chat", sandbox.url());
    let client = chat::Client::new(&base, token).expect("a URL");
    let tokens = client
        .list_chat_oauth_tokens()
        .send()
        .await
        .expect("a list");
    let last = tokens.last().expect("a token").id;
    client
        .revoke_chat_oauth_token()
        .oauth_token_id(last)
        .send()
        .await
        .expect("revoked");
}

async fn token_endpoint(sandbox: &Sandbox) {
    let known = sandbox.credentials();
    let client = endpoint::Client::new(sandbox.url(), Credentials::none()).expect("a URL");
    let request = endpoint::types::CreateTokenForGrantTypeRequest::builder()
        .grant_type(endpoint::types::SupportGrantType::ClientCredentials)
        .client_id(known.client_id())
        .client_secret(endpoint::Secret::from(known.client_secret()))
        .scope("read".to_owned())
        .expires_in(1_800)
        .refresh_token_expires_in(2_592_000);
    let call = client.create_token_for_grant_type().body(request);
    call.send().await.expect("a token");
}

#[tokio::test]
async fn every_request_of_the_clients_is_described_and_every_answer_too() {
    let (sandbox, seen) = watched().await;
    support_clients(&sandbox).await;
    support_tokens(&sandbox).await;
    global_clients(&sandbox).await;
    zis_connections(&sandbox).await;
    chat_tokens(&sandbox).await;
    token_endpoint(&sandbox).await;

    let mut driven = BTreeSet::new();
    let mut violations = Vec::new();
    for exchange in seen.lock().expect("no watcher panics").iter() {
        for checked in read(exchange, |it| {
            [CONTRACT.check_request(it), CONTRACT.check(it)]
        }) {
            match checked {
                Ok(Checked::Operation { operation_id, .. }) => {
                    driven.insert(operation_id);
                }
                Ok(Checked::Undescribed) => {}
                Err(found) => violations.extend(found),
            }
        }
    }
    assert!(violations.is_empty(), "{violations:#?}");
    let described: BTreeSet<String> = [
        support::OPERATIONS,
        tokens::OPERATIONS,
        globals::OPERATIONS,
        zis::OPERATIONS,
        chat::OPERATIONS,
        endpoint::OPERATIONS,
    ]
    .concat()
    .iter()
    .map(|operation| operation.id.to_owned())
    .collect();
    assert_eq!(driven, described);
    assert_eq!(driven.len(), 25);
}
