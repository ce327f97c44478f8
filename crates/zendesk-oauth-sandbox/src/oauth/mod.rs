//! OAuth itself: consent and grants.
//!
//! Facts: <https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/>,
//! <https://developer.zendesk.com/documentation/api-basics/authentication/oauth-pkce>, and what was observed
//! as `openapi/support-oauth-clients.yaml` says it.

mod authorization;
mod grant;
mod issue;
mod lifetimes;
mod pkce;
mod registered;
mod scopes;
mod token_endpoint;

use axum::http::Method;

use crate::routes::{Access, Route};

pub(crate) use grant::{Granted, Refused, grant};
pub(crate) use issue::{Issue, issue};
pub(crate) use lifetimes::{Asked, Lifetimes, OutOfBounds};
pub(crate) use registered::Registered;
pub(crate) use scopes::is_known as is_known_scope;

pub(crate) const ROUTES: &[Route] = &[
    Route {
        operation: "show_authorization_page",
        method: Method::GET,
        path: "/oauth/authorizations/new",
        access: Access::Open,
        // Where nobody is asked, the answer is a code already.
        changes: true,
        run: authorization::show,
    },
    Route {
        operation: "answer_authorization_page",
        method: Method::POST,
        path: authorization::ANSWER,
        access: Access::Open,
        changes: true,
        run: authorization::answer,
    },
    Route {
        operation: "create_token_for_grant_type",
        method: Method::POST,
        path: "/oauth/tokens",
        access: Access::Open,
        changes: true,
        run: token_endpoint::create,
    },
];
