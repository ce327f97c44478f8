//! Chat: its OAuth tokens.
//!
//! Facts: `openapi/chat-oauth-tokens.yaml`. Not modelled: Chat's OAuth clients, its grants under `/oauth2`,
//! and everything else on the retired host `www.zopim.com`.

mod errors;
mod records;
mod tokens;

use axum::http::Method;

use crate::routes::{Access, Route};

pub(crate) use errors::{bad_request, forbidden, not_found, unauthorized, wrong_method};
pub(crate) use records::{Agent, Chat, ChatToken};

const TOKENS: &str = "/api/v2/chat/oauth/tokens";
const TOKEN: &str = "/api/v2/chat/oauth/tokens/{oauth_token_id}";

/// Which scope each needs is inferred.
pub(crate) const ROUTES: &[Route] = &[
    Route {
        operation: "list_chat_oauth_tokens",
        method: Method::GET,
        path: TOKENS,
        access: Access::Chat { scope: "read" },
        changes: false,
        run: tokens::list,
    },
    Route {
        operation: "revoke_chat_oauth_token",
        method: Method::DELETE,
        path: TOKEN,
        access: Access::Chat { scope: "write" },
        changes: true,
        run: tokens::revoke,
    },
];

/// Whether a host is the one that Chat had before it moved below the account's own. It is retired, so
/// nothing is found there: the old path of Chat's tokens is that of Support's on an account's host.
pub(crate) fn is_retired_host(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    name == "zopim.com" || name.ends_with(".zopim.com")
}
