//! OAuth clients of Support.

use reqwest::Method;
use serde_json::json;
use zendesk_oauth_sandbox::{Fault, FaultRule};

use super::caller::{Caller, With, long};
use crate::zendesk::{Zendesk, answered};

pub(super) const CLIENTS: &str = "/api/v2/oauth/clients";
pub(super) const MY_CLIENTS: &str = "/api/v2/users/me/oauth/clients";

pub(super) async fn reach(zendesk: &Zendesk) {
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
