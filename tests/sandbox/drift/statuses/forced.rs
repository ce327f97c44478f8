//! What no request brings about by itself.

use reqwest::Method;

use super::chat::CHAT;
use super::clients::{CLIENTS, MY_CLIENTS};
use super::global_clients::{GLOBAL_CLIENTS, TOKEN_SUMMARY};
use super::support_tokens::{CURRENT, TOKENS};
use crate::zendesk::{Zendesk, answered};

/// 429 and 5xx of every operation, by the header that forces one answer.
pub(super) async fn reach(zendesk: &Zendesk) {
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
        ("list_support_oauth_tokens", Method::GET, TOKENS),
        ("create_support_oauth_token", Method::POST, TOKENS),
        (
            "show_support_oauth_token",
            Method::GET,
            "/api/v2/oauth/tokens/1",
        ),
        (
            "revoke_support_oauth_token",
            Method::DELETE,
            "/api/v2/oauth/tokens/1",
        ),
        ("show_current_support_oauth_token", Method::GET, CURRENT),
        (
            "revoke_current_support_oauth_token",
            Method::DELETE,
            CURRENT,
        ),
        ("list_global_oauth_clients", Method::GET, GLOBAL_CLIENTS),
        (
            "show_global_oauth_client",
            Method::GET,
            "/api/v2/oauth/global_clients/1",
        ),
        (
            "list_global_oauth_client_token_summaries",
            Method::GET,
            TOKEN_SUMMARY,
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
