//! The OAuth connections of ZIS integrations.

mod callback;
mod callback_path;
mod connect;
mod connection_key;
mod expiry;
mod flow_error;
mod handle;
mod oauth_client_ref;
mod operations;
mod refreshed;
mod start_oauth_flow;
mod start_rules;
mod started_flow;
mod token_request;
mod verification_code;
mod wait_until_ready;
mod web_url;

pub use crate::names::{ConnectionName, IntegrationName, Uuid};
pub use connect::Connect;
pub use connection_key::ConnectionKey;
pub use flow_error::FlowError;
pub use handle::Zis;
pub use oauth_client_ref::OAuthClientRef;
pub use refreshed::{REFRESH_MARGIN, Refreshed};
pub use start_oauth_flow::StartOAuthFlow;
pub use started_flow::StartedFlow;
pub use token_request::CreateZisOAuthToken;
pub use verification_code::VerificationCode;
pub use wait_until_ready::WaitUntilReady;
pub use zendesk_zis_oauth_connections::types::{
    ExchangedOAuthConnection, OAuthConnection, StartOAuthFlowResponse, ZisGrantType, ZisOAuthToken,
};
