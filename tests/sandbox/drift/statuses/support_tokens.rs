//! OAuth tokens of Support.

use reqwest::Method;
use serde_json::{Value, json};

use super::caller::{Caller, With, long};
use crate::zendesk::Zendesk;

pub(super) const TOKENS: &str = "/api/v2/oauth/tokens";
pub(super) const CURRENT: &str = "/api/v2/oauth/tokens/current";

pub(super) async fn reach(zendesk: &Zendesk) {
    let call = Caller { zendesk };
    let credentials = zendesk.credentials().clone();
    let admin = With::Bearer(&credentials.admin_token);
    let agent = With::Bearer(&credentials.agent_token);
    let client = zendesk.register("confidential").await;
    let new =
        |scopes: Value| Some(json!({ "token": { "client_id": client.id, "scopes": scopes } }));
    let mut made = Vec::new();
    for scopes in [json!(["read"]), json!(["no:such"])] {
        made.push(
            call.expect(201, Method::POST, TOKENS, new(scopes), admin)
                .await["token"]
                .clone(),
        );
    }
    call.expect(422, Method::POST, TOKENS, new(json!([])), admin)
        .await;
    call.expect(400, Method::POST, TOKENS, Some(json!({})), admin)
        .await;
    call.expect(413, Method::POST, TOKENS, Some(long()), admin)
        .await;
    call.expect(200, Method::GET, TOKENS, None, admin).await;
    let bad = format!("{TOKENS}?client_id=x");
    call.expect(400, Method::GET, &bad, None, admin).await;
    let path = format!("{TOKENS}/{}", made[0]["id"]);
    call.expect(200, Method::GET, &path, None, admin).await;
    let all = [
        (Method::GET, TOKENS),
        (Method::POST, TOKENS),
        (Method::GET, path.as_str()),
        (Method::DELETE, path.as_str()),
    ];
    for (method, path) in all {
        call.expect(401, method.clone(), path, None, With::Nothing)
            .await;
        call.expect(403, method, path, None, agent).await;
    }
    for method in [Method::GET, Method::DELETE] {
        for (status, id) in [(400, "x"), (404, "1")] {
            let path = format!("{TOKENS}/{id}");
            call.expect(status, method.clone(), &path, None, admin)
                .await;
        }
        let useless = With::Bearer(made[1]["full_token"].as_str().expect("a token"));
        call.expect(403, method, CURRENT, None, useless).await;
    }
    call.expect(204, Method::DELETE, &path, None, admin).await;
    call.expect(200, Method::GET, CURRENT, None, agent).await;
    call.expect(204, Method::DELETE, CURRENT, None, agent).await;
    for method in [Method::GET, Method::DELETE] {
        call.expect(401, method, CURRENT, None, agent).await;
    }
}
