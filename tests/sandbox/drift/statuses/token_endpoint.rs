//! The statuses of Support's token endpoint.

use reqwest::Method;
use serde_json::{Value, json};

use super::caller::{Caller, With, long};
use crate::zendesk::{Zendesk, answered};

const TOKENS: &str = "/oauth/tokens";

/// Brings each of them about.
pub(super) async fn reach(zendesk: &Zendesk) {
    let call = Caller { zendesk };
    let sandbox = &zendesk.sandbox;
    let known = sandbox.credentials();
    let own = |secret: &str, scope: &str| {
        json!({
            "grant_type": "client_credentials", "client_id": known.client_id(),
            "client_secret": secret, "scope": scope, "expires_in": 1_800,
        })
    };
    let expect = async |status: u16, body: Value| {
        call.expect(status, Method::POST, TOKENS, Some(body), With::Nothing)
            .await
    };
    for status in [201, 200] {
        let set = sandbox.set_switch("token_status", &status.to_string());
        set.expect("a status");
        expect(status, own(known.client_secret(), "read")).await;
    }
    let refused = expect(401, own("CANARY-wrong", "read")).await;
    assert_eq!(refused["error"], "invalid_client");
    let mut spent = own(known.client_secret(), "read");
    spent["grant_type"] = json!("refresh_token");
    spent["refresh_token"] = json!("CANARY-spent");
    let mut unknown = own(known.client_secret(), "read");
    unknown["grant_type"] = json!("password");
    for (body, error) in [
        (spent, "invalid_grant"),
        (unknown, "unsupported_grant_type"),
        (own(known.client_secret(), ""), "invalid_scope"),
        (json!([]), "invalid_request"),
    ] {
        assert_eq!(expect(400, body).await["error"], error);
    }
    expect(413, long()).await;
    for status in [429, 500, 503] {
        let request = zendesk.request(Method::POST, TOKENS);
        let request = request.header("x-sandbox-fault", status);
        assert_eq!(answered(request).await.status, status);
    }
}
