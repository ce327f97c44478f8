//! The paths of ZIS.

use axum::http::Method;

use super::{callback, clients, connections, exchange, list, registry, start, token};
use crate::http::{Answer, Call};
use crate::routes::{Access, Route};
use crate::state::State;

pub(crate) const START_REDIRECT: &str = "/api/services/zis/connections/oauth/start_redirect";
/// What the paths of `create_zis_oauth_token` begin with.
pub(crate) const TOKENS: &str = "/api/services/zis/connections/oauth/tokens/";
/// Zendesk's is on the host `zis.zendesk.com`; the sandbox has it on its own.
pub(crate) const CALLBACK: &str = "/api/services/zis/connections/oauth/callback";

const TOKEN: &str = "/api/services/zis/connections/oauth/tokens/{integration}";
const INTEGRATION: &str = "/api/services/zis/registry/{integration}";
const INTEGRATIONS: &str = "/api/services/zis/registry/integrations";
const CLIENTS: &str = "/api/services/zis/connections/oauth/clients/{integration}";
const CLIENT: &str = "/api/services/zis/connections/oauth/clients/{integration}/{uuid}";
const START: &str = "/api/services/zis/connections/oauth/start/{integration}";
const ACCESS_CODES: &str = "/api/services/zis/connections/oauth/access_codes/{integration}";
const REFRESH: &str = "/api/services/zis/connections/refresh/{integration}";
const CONNECTION: &str = "/api/services/zis/connections/{integration}";
const ALL: &str = "/api/services/zis/integrations/{integration}/connections/all";

const REGISTER: Access = Access::Registry { scope: "write" };
const LIST_REGISTERED: Access = Access::Registry { scope: "read" };

type Run = fn(&mut State, &Call<'_>) -> Answer;

const fn reads(operation: &'static str, path: &'static str, access: Access, run: Run) -> Route {
    Route {
        operation,
        method: Method::GET,
        path,
        access,
        changes: false,
        run,
    }
}

const fn changes(
    operation: &'static str,
    method: Method,
    path: &'static str,
    access: Access,
    run: Run,
) -> Route {
    Route {
        operation,
        method,
        path,
        access,
        changes: true,
        run,
    }
}

#[rustfmt::skip]
pub(crate) const ROUTES: &[Route] = &[
    changes("create_zis_integration", Method::POST, INTEGRATION, REGISTER, registry::create),
    reads("list_zis_integrations", INTEGRATIONS, LIST_REGISTERED, registry::list),
    reads("list_zis_oauth_clients", CLIENTS, Access::Zis, clients::list),
    changes("create_zis_oauth_client", Method::POST, CLIENTS, Access::Zis, clients::create),
    changes("update_zis_oauth_client", Method::PATCH, CLIENT, Access::Zis, clients::update),
    changes("delete_zis_oauth_client", Method::DELETE, CLIENT, Access::Zis, clients::delete),
    changes("start_oauth_flow", Method::POST, START, Access::Zis, start::start),
    reads("start_oauth_redirect", START_REDIRECT, Access::Open, start::redirect),
    changes("complete_zis_oauth_redirect", Method::GET, CALLBACK, Access::Open, callback::complete),
    changes("create_zis_oauth_token", Method::POST, TOKEN, Access::Open, token::create),
    // These two are GET and change state all the same.
    changes("exchange_verification_code", Method::GET, ACCESS_CODES, Access::Zis, exchange::exchange),
    changes("refresh_oauth_token", Method::GET, REFRESH, Access::ZisToken, connections::refresh),
    reads("show_oauth_connection", CONNECTION, Access::Zis, connections::show),
    reads("list_zis_connections", ALL, Access::Zis, list::list),
];
