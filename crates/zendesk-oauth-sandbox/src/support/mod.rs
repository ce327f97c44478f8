//! The Support API: OAuth clients and tokens, and what they need beside them.

mod body;
mod clients;
mod current_user;
mod errors;
mod global_clients;
mod listed;
mod page;
mod parameters;
pub(crate) mod rules;
mod tokens;
mod users;
mod written_token;

use axum::http::Method;

use crate::routes::{Access, Route};

pub(crate) use clients::{contended, new_secret};
pub(crate) use errors::{
    bad_request, collision, could_not_authenticate, invalid_token, missing_scope, no_access,
    no_route, too_large,
};
pub(crate) use listed::Listed;

/// An operation of admins.
const fn route(
    operation: &'static str,
    method: Method,
    path: &'static str,
    scope: &'static str,
    run: fn(&mut crate::state::State, &crate::http::Call<'_>) -> crate::http::Answer,
) -> Route {
    let access = Access::Support {
        admins_only: true,
        scope,
    };
    open_to(access, operation, method, path, run)
}

const fn open_to(
    access: Access,
    operation: &'static str,
    method: Method,
    path: &'static str,
    run: fn(&mut crate::state::State, &crate::http::Call<'_>) -> crate::http::Answer,
) -> Route {
    let changes = !matches!(method, Method::GET);
    Route {
        operation,
        method,
        path,
        access,
        changes,
        run,
    }
}

/// Whether a path answers those who have no credentials, too.
pub(crate) fn is_anonymous(path: &str) -> bool {
    path.strip_suffix(".json").unwrap_or(path) == ME
}

/// Users of every role, with what is theirs.
const READ: Access = Access::Support {
    admins_only: false,
    scope: "read",
};
const READ_USERS: Access = Access::Support {
    admins_only: false,
    scope: "users:read",
};
const WRITE: Access = Access::Support {
    admins_only: false,
    scope: "write",
};

const CLIENTS: &str = "/api/v2/oauth/clients";
const CLIENT: &str = "/api/v2/oauth/clients/{oauth_client_id}";
const SECRET: &str = "/api/v2/oauth/clients/{oauth_client_id}/generate_secret";
const MY_CLIENTS: &str = "/api/v2/users/me/oauth/clients";
const TOKENS: &str = "/api/v2/oauth/tokens";
const TOKEN: &str = "/api/v2/oauth/tokens/{oauth_token_id}";
const CURRENT_TOKEN: &str = "/api/v2/oauth/tokens/current";
const GLOBAL_CLIENTS: &str = "/api/v2/oauth/global_clients";
const GLOBAL_CLIENT: &str = "/api/v2/oauth/global_clients/{global_client_id}";
const TOKEN_SUMMARY: &str = "/api/v2/oauth/global_clients/token_summary";
const ME: &str = "/api/v2/users/me";
const USERS: &str = "/api/v2/users/show_many";
const USER: &str = "/api/v2/users/{user_id}";

/// Facts: <https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_clients/>.
pub(crate) const ROUTES: &[Route] = &[
    route(
        "list_oauth_clients",
        Method::GET,
        CLIENTS,
        "read",
        clients::list,
    ),
    route(
        "create_oauth_client",
        Method::POST,
        CLIENTS,
        "write",
        clients::create,
    ),
    route(
        "list_my_oauth_clients",
        Method::GET,
        MY_CLIENTS,
        "read",
        clients::list_mine,
    ),
    route(
        "show_oauth_client",
        Method::GET,
        CLIENT,
        "read",
        clients::show,
    ),
    route(
        "update_oauth_client",
        Method::PUT,
        CLIENT,
        "write",
        clients::update,
    ),
    route(
        "delete_oauth_client",
        Method::DELETE,
        CLIENT,
        "write",
        clients::delete,
    ),
    route(
        "generate_oauth_client_secret",
        Method::PUT,
        SECRET,
        "write",
        clients::generate_secret,
    ),
    route(
        "list_support_oauth_tokens",
        Method::GET,
        TOKENS,
        "read",
        tokens::list,
    ),
    route(
        "create_support_oauth_token",
        Method::POST,
        TOKENS,
        "write",
        tokens::create,
    ),
    open_to(
        READ,
        "show_support_oauth_token",
        Method::GET,
        TOKEN,
        tokens::show,
    ),
    open_to(
        WRITE,
        "revoke_support_oauth_token",
        Method::DELETE,
        TOKEN,
        tokens::revoke,
    ),
    open_to(
        Access::OwnToken,
        "show_current_support_oauth_token",
        Method::GET,
        CURRENT_TOKEN,
        tokens::show_current,
    ),
    open_to(
        Access::OwnToken,
        "revoke_current_support_oauth_token",
        Method::DELETE,
        CURRENT_TOKEN,
        tokens::revoke_current,
    ),
    route(
        "list_global_oauth_clients",
        Method::GET,
        GLOBAL_CLIENTS,
        "read",
        global_clients::list,
    ),
    route(
        "show_global_oauth_client",
        Method::GET,
        GLOBAL_CLIENT,
        "read",
        global_clients::show,
    ),
    route(
        "list_global_oauth_client_token_summaries",
        Method::GET,
        TOKEN_SUMMARY,
        "read",
        global_clients::token_summary,
    ),
    open_to(
        Access::Open,
        "show_current_user",
        Method::GET,
        ME,
        current_user::show,
    ),
    open_to(
        READ_USERS,
        "show_many_users",
        Method::GET,
        USERS,
        users::show_many,
    ),
    open_to(READ_USERS, "show_user", Method::GET, USER, users::show),
];
