//! Every documented status of every operation is brought about, by what the sandbox itself refuses.
//! Only 429 and 5xx may be forced.

use reqwest::Method;
use serde_json::{Value, json};
use zendesk_oauth_sandbox::{Fault, FaultRule, Sandbox, Switches};

use crate::zendesk::{CONTRACT, Zendesk, answered};

/// What a request carries.
#[derive(Clone, Copy)]
enum With<'a> {
    Nothing,
    Bearer(&'a str),
    ApiToken,
}

/// Sends a request, and expects a status.
struct Caller<'a> {
    zendesk: &'a Zendesk,
}

impl Caller<'_> {
    async fn expect(
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

const CLIENTS: &str = "/api/v2/oauth/clients";
const MY_CLIENTS: &str = "/api/v2/users/me/oauth/clients";
const ZIS: &str = "/api/services/zis/connections";
const CHAT: &str = "/api/v2/chat/oauth/tokens";

/// Longer than the limit that the test sets.
fn long() -> Value {
    json!({ "client": { "name": "x".repeat(3_000) }, "name": "x".repeat(3_000) })
}

async fn support(zendesk: &Zendesk) {
    let call = Caller { zendesk };
    let credentials = zendesk.credentials().clone();
    let admin = With::Bearer(&credentials.admin_token);
    let agent = With::Bearer(&credentials.agent_token);
    let created =
        json!({ "client": { "name": "N", "identifier": "stated", "kind": "confidential" } });
    let client = call
        .expect(201, Method::POST, CLIENTS, Some(created.clone()), admin)
        .await;
    let path = format!("{CLIENTS}/{}", client["client"]["id"]);
    let secret = format!("{path}/generate_secret");
    let renamed = json!({ "client": { "name": "M" } });
    for list in [CLIENTS, MY_CLIENTS] {
        call.expect(200, Method::GET, list, None, admin).await;
        let bad = format!("{list}?page%5Bsize%5D=x");
        call.expect(400, Method::GET, &bad, None, admin).await;
    }
    call.expect(422, Method::POST, CLIENTS, Some(created), admin)
        .await;
    call.expect(400, Method::POST, CLIENTS, Some(json!({})), admin)
        .await;
    call.expect(413, Method::POST, CLIENTS, Some(long()), admin)
        .await;
    call.expect(200, Method::PUT, &path, Some(renamed.clone()), admin)
        .await;
    let blank = json!({ "client": { "name": "" } });
    call.expect(422, Method::PUT, &path, Some(blank), admin)
        .await;
    call.expect(413, Method::PUT, &path, Some(long()), admin)
        .await;
    call.expect(200, Method::GET, &path, None, admin).await;
    call.expect(200, Method::PUT, &secret, None, admin).await;
    let all = [
        (Method::GET, CLIENTS.to_owned()),
        (Method::POST, CLIENTS.to_owned()),
        (Method::GET, MY_CLIENTS.to_owned()),
        (Method::GET, path.clone()),
        (Method::PUT, path.clone()),
        (Method::DELETE, path.clone()),
        (Method::PUT, secret),
    ];
    for (method, path) in all {
        call.expect(401, method.clone(), &path, None, With::Nothing)
            .await;
        call.expect(403, method.clone(), &path, None, agent).await;
    }
    for behind in ["", "/generate_secret"] {
        let methods = match behind {
            "" => vec![Method::GET, Method::PUT, Method::DELETE],
            _ => vec![Method::PUT],
        };
        for method in methods {
            let body = (method == Method::PUT).then(|| renamed.clone());
            let bad = format!("{CLIENTS}/x{behind}");
            call.expect(400, method.clone(), &bad, body.clone(), admin)
                .await;
            let missing = format!("{CLIENTS}/1{behind}");
            call.expect(404, method, &missing, body, admin).await;
        }
    }
    collisions(zendesk, &path).await;
    call.expect(204, Method::DELETE, &path, None, admin).await;
}

/// Two requests that change the same thing at the same time: 409 for the second.
async fn collisions(zendesk: &Zendesk, path: &str) {
    let call = Caller { zendesk };
    let admin = zendesk.credentials().admin_token.clone();
    let new = json!({ "client": { "name": "N", "identifier": "contended" } });
    for (operation, method, path, body) in [
        ("create_oauth_client", Method::POST, CLIENTS, new),
        (
            "update_oauth_client",
            Method::PUT,
            path,
            json!({ "client": { "name": "L" } }),
        ),
    ] {
        let slow = FaultRule::on(operation, Fault::latency_ms(600_000)).nth(1);
        let rule = zendesk.sandbox.faults().add(slow).expect("a rule");
        let first = zendesk
            .request(method.clone(), path)
            .bearer_auth(&admin)
            .json(&body);
        let first = tokio::spawn(answered(first));
        // The rule strikes when the name of what is changed is taken, not before.
        while zendesk.sandbox.faults().list()[0].struck == 0 {
            tokio::task::yield_now().await;
        }
        call.expect(409, method, path, Some(body), With::Bearer(&admin))
            .await;
        first.abort();
        while zendesk.sandbox.in_flight() > 0 {
            tokio::task::yield_now().await;
        }
        zendesk.sandbox.faults().remove(rule);
    }
}

async fn zis(zendesk: &Zendesk) {
    let call = Caller { zendesk };
    let credentials = zendesk.credentials().clone();
    let own = With::Bearer(&credentials.zis_token);
    let integration = &credentials.integration;
    let start = format!("{ZIS}/oauth/start/{integration}");
    let redirect = format!("{ZIS}/oauth/start_redirect");
    let tokens = format!("{ZIS}/oauth/tokens/{integration}");
    let exchange = format!("{ZIS}/oauth/access_codes/{integration}");
    let refresh = format!("{ZIS}/refresh/{integration}");
    let show = format!("{ZIS}/{integration}");
    let flow = json!({
        "allow_offline_access": true,
        "name": "stated",
        "oauth_client_name": credentials.zis_oauth_client,
        "origin_oauth_redirect_url": "https://client.int/callback",
    });
    let connect = async |flow: &Value| {
        let started = call
            .expect(200, Method::POST, &start, Some(flow.clone()), own)
            .await;
        let url = started["redirect_url"].as_str().expect("a URL").to_owned();
        call.expect(307, Method::GET, &url, None, With::Nothing)
            .await;
        let mut url = url;
        while url.starts_with(zendesk.sandbox.url()) {
            url = answered(zendesk.request(Method::GET, &url))
                .await
                .header("location")
                .to_owned();
        }
        let (_, code) = url.split_once("verification_code=").expect("a code");
        code.split('&').next().expect("a value").to_owned()
    };
    let code = connect(&flow).await;
    let redeem = format!("{exchange}?verification_code={code}");
    call.expect(200, Method::GET, &redeem, None, own).await;
    call.expect(400, Method::GET, &redeem, None, own).await;
    call.expect(400, Method::GET, &exchange, None, own).await;
    for path in [&refresh, &show] {
        let by_name = format!("{path}?name=stated");
        call.expect(200, Method::GET, &by_name, None, own).await;
        call.expect(400, Method::GET, path, None, own).await;
        let missing = format!("{path}?name=missing");
        call.expect(404, Method::GET, &missing, None, own).await;
        let ill_formed = format!("{path}?uuid=x");
        call.expect(422, Method::GET, &ill_formed, None, own).await;
    }
    call.expect(409, Method::POST, &start, Some(flow), own)
        .await;
    call.expect(400, Method::POST, &start, Some(json!([])), own)
        .await;
    call.expect(413, Method::POST, &start, Some(long()), own)
        .await;
    let unknown = json!({ "name": "other", "oauth_client_name": "missing" });
    call.expect(404, Method::POST, &start, Some(unknown), own)
        .await;
    let ill_named = json!({ "name": "a b", "oauth_client_name": credentials.zis_oauth_client });
    call.expect(422, Method::POST, &start, Some(ill_named), own)
        .await;
    for (method, path) in [
        (Method::POST, &start),
        (Method::GET, &exchange),
        (Method::GET, &refresh),
        (Method::GET, &show),
    ] {
        call.expect(401, method.clone(), path, None, With::Nothing)
            .await;
        call.expect(403, method.clone(), path, None, With::ApiToken)
            .await;
        let elsewhere = path.replace(integration.as_str(), "no_such_integration");
        let query = if *path == exchange {
            "verification_code=x"
        } else {
            "name=missing"
        };
        let elsewhere = format!("{elsewhere}?{query}");
        let body = (method == Method::POST)
            .then(|| json!({ "name": "other", "oauth_client_name": "missing" }));
        call.expect(404, method, &elsewhere, body, own).await;
    }
    call.expect(400, Method::GET, &redirect, None, With::Nothing)
        .await;
    let missing = format!("{redirect}?flow_token=missing");
    call.expect(404, Method::GET, &missing, None, With::Nothing)
        .await;
    zis_tokens(zendesk, &tokens).await;
}

/// The proxy of the token URL: its refusals come in the shape of ZIS.
async fn zis_tokens(zendesk: &Zendesk, tokens: &str) {
    let call = Caller { zendesk };
    let admin = With::Bearer(&zendesk.credentials().admin_token);
    let mut secrets = Vec::new();
    for (identifier, kind) in [("minting", "confidential"), ("open", "public")] {
        let client = json!({ "name": "N", "identifier": identifier, "kind": kind });
        let body = json!({ "client": client });
        let created = call
            .expect(201, Method::POST, CLIENTS, Some(body), admin)
            .await;
        secrets.push(created["client"]["secret"].clone());
    }
    let request = |client_id: &str, secret: &Value, grant_type: &str, scope: &str| json!({ "client_id": client_id, "client_secret": secret, "grant_type": grant_type, "scope": scope });
    let grant = "client_credentials";
    let wrong = json!("CANARY-wrong");
    for (status, path, body) in [
        (200, tokens, request("minting", &secrets[0], grant, "read")),
        (
            400,
            tokens,
            request("minting", &secrets[0], "password", "read"),
        ),
        (401, tokens, request("minting", &wrong, grant, "read")),
        (403, tokens, request("open", &secrets[1], grant, "read")),
        (
            404,
            "/api/services/zis/connections/oauth/tokens/no_such",
            request("minting", &secrets[0], grant, "read"),
        ),
        (413, tokens, long()),
        (422, tokens, request("minting", &secrets[0], grant, "")),
    ] {
        call.expect(status, Method::POST, path, Some(body), With::Nothing)
            .await;
    }
}

async fn chat(zendesk: &Zendesk) {
    let call = Caller { zendesk };
    let credentials = zendesk.credentials().clone();
    let own = With::Bearer(&credentials.chat_token);
    let agent = With::Bearer(&credentials.chat_agent_token);
    let list = call.expect(200, Method::GET, CHAT, None, own).await;
    let last = list.as_array().expect("a list").last().expect("a token")["id"].clone();
    let path = format!("{CHAT}/{last}");
    for (method, path) in [(Method::GET, CHAT), (Method::DELETE, &path)] {
        call.expect(401, method.clone(), path, None, With::Nothing)
            .await;
        call.expect(403, method, path, None, agent).await;
    }
    call.expect(400, Method::DELETE, &format!("{CHAT}/x"), None, own)
        .await;
    call.expect(204, Method::DELETE, &path, None, own).await;
    call.expect(404, Method::DELETE, &path, None, own).await;
}

/// 429 and 5xx of every operation, by the header that forces one answer.
async fn forced(zendesk: &Zendesk) {
    for (operation, method, path) in [
        ("list_oauth_clients", Method::GET, CLIENTS),
        ("create_oauth_client", Method::POST, CLIENTS),
        ("list_my_oauth_clients", Method::GET, MY_CLIENTS),
        ("show_oauth_client", Method::GET, "/api/v2/oauth/clients/1"),
        (
            "update_oauth_client",
            Method::PUT,
            "/api/v2/oauth/clients/1",
        ),
        (
            "delete_oauth_client",
            Method::DELETE,
            "/api/v2/oauth/clients/1",
        ),
        (
            "generate_oauth_client_secret",
            Method::PUT,
            "/api/v2/oauth/clients/1/generate_secret",
        ),
        (
            "start_oauth_flow",
            Method::POST,
            "/api/services/zis/connections/oauth/start/i",
        ),
        (
            "start_oauth_redirect",
            Method::GET,
            "/api/services/zis/connections/oauth/start_redirect",
        ),
        (
            "create_zis_oauth_token",
            Method::POST,
            "/api/services/zis/connections/oauth/tokens/i",
        ),
        (
            "exchange_verification_code",
            Method::GET,
            "/api/services/zis/connections/oauth/access_codes/i",
        ),
        (
            "refresh_oauth_token",
            Method::GET,
            "/api/services/zis/connections/refresh/i",
        ),
        (
            "show_oauth_connection",
            Method::GET,
            "/api/services/zis/connections/i",
        ),
        ("list_chat_oauth_tokens", Method::GET, CHAT),
        (
            "revoke_chat_oauth_token",
            Method::DELETE,
            "/api/v2/chat/oauth/tokens/1",
        ),
    ] {
        for status in [429, 500, 503] {
            let request = zendesk
                .request(method.clone(), path)
                .header("x-sandbox-fault", status);
            let answer = answered(request).await;
            assert_eq!(answer.status, status, "{operation}");
        }
    }
}

#[tokio::test]
async fn every_documented_status_of_every_operation_is_reached() {
    let mut switches = Switches::default();
    switches.apply("unattended").expect("a profile");
    let builder = Sandbox::builder().switches(switches).body_limit(2_000);
    let zendesk = Zendesk::of(builder).await;
    support(&zendesk).await;
    zis(&zendesk).await;
    chat(&zendesk).await;
    forced(&zendesk).await;
    let missing = zendesk
        .coverage
        .lock()
        .expect("no watcher panics")
        .missing(&CONTRACT);
    assert!(missing.is_empty(), "{missing:#?}");
}
