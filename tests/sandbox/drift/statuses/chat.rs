//! OAuth tokens of Chat.

use reqwest::Method;

use super::caller::{Caller, With};
use crate::zendesk::Zendesk;

pub(super) const CHAT: &str = "/api/v2/chat/oauth/tokens";

pub(super) async fn reach(zendesk: &Zendesk) {
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
