//! OAuth connections of ZIS.

use reqwest::Method;
use serde_json::{Value, json};

use super::caller::{Caller, With, long};
use super::clients::CLIENTS;
use crate::zendesk::{Zendesk, answered};

const ZIS: &str = "/api/services/zis/connections";

pub(super) async fn reach(zendesk: &Zendesk) {
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
