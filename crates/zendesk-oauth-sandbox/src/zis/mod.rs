//! ZIS: integrations, their OAuth clients for third parties, and the connections that flows make.
//!
//! Facts: <https://developer.zendesk.com/api-reference/integration-services/registry/integrations/>,
//! <https://developer.zendesk.com/api-reference/integration-services/connections/oauth_clients/>,
//! <https://developer.zendesk.com/api-reference/integration-services/connections/all_connections/>, and
//! `openapi/zis-oauth-connections.yaml` for the six operations that it describes.
//!
//! Not modelled: connections with a bearer token, basic authentication or an API key, deleting an OAuth
//! connection, bundles and job specs, and third parties on other hosts than the sandbox itself.

mod callback;
mod clients;
mod connections;
mod errors;
mod exchange;
mod list;
mod members;
mod public_key;
mod records;
mod registry;
mod routes;
pub(crate) mod rules;
mod seeded;
mod start;
mod third_party;
mod token;

pub(crate) use clients::{NewClient, add_client};
pub(crate) use errors::{
    bad_request, forbidden, no_route, registry_unauthorized, unauthorized, wrong_method,
};
pub(crate) use records::{GrantType, Zis};
pub(crate) use registry::add_integration;
pub(crate) use routes::{CALLBACK, ROUTES, START_REDIRECT, TOKENS};
pub(crate) use seeded::{NewConnection, add_connection};
