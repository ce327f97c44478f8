//! Global OAuth clients.

use reqwest::Method;

use super::caller::{Caller, With};
use crate::zendesk::Zendesk;

pub(super) const GLOBAL_CLIENTS: &str = "/api/v2/oauth/global_clients";
pub(super) const TOKEN_SUMMARY: &str = "/api/v2/oauth/global_clients/token_summary";

pub(super) async fn reach(zendesk: &Zendesk) {
    let call = Caller { zendesk };
    let credentials = zendesk.credentials().clone();
    let admin = With::Bearer(&credentials.admin_token);
    let agent = With::Bearer(&credentials.agent_token);
    let list = call
        .expect(200, Method::GET, GLOBAL_CLIENTS, None, admin)
        .await;
    let path = format!("{GLOBAL_CLIENTS}/{}", list["global_clients"][0]["id"]);
    for path in [TOKEN_SUMMARY, &path] {
        call.expect(200, Method::GET, path, None, admin).await;
    }
    for path in [GLOBAL_CLIENTS, TOKEN_SUMMARY, &path] {
        call.expect(401, Method::GET, path, None, With::Nothing)
            .await;
        call.expect(403, Method::GET, path, None, agent).await;
    }
    for (status, path) in [
        (400, format!("{GLOBAL_CLIENTS}?page%5Bsize%5D=x")),
        (400, format!("{TOKEN_SUMMARY}?global_client_id=x")),
        (400, format!("{GLOBAL_CLIENTS}/x")),
        (404, format!("{GLOBAL_CLIENTS}/1")),
    ] {
        call.expect(status, Method::GET, &path, None, admin).await;
    }
}
