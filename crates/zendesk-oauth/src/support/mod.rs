//! Support: OAuth clients, OAuth tokens, the token endpoint and global OAuth clients.

#[cfg(feature = "support")]
mod changes;
#[cfg(feature = "global-oauth-clients")]
mod global_oauth_clients;
#[cfg(feature = "grant-type-tokens")]
mod grant_type_tokens;
#[cfg(feature = "oauth-tokens")]
mod issue;
#[cfg(feature = "oauth-tokens")]
mod issued;
#[cfg(feature = "support")]
mod lists;
#[cfg(feature = "support")]
mod members;
#[cfg(feature = "support")]
mod new_oauth_client;
#[cfg(feature = "oauth-tokens")]
mod new_oauth_token;
#[cfg(feature = "support")]
mod oauth_clients;
#[cfg(feature = "oauth-tokens")]
mod oauth_token_filter;
#[cfg(feature = "oauth-tokens")]
mod oauth_tokens;
#[cfg(feature = "support")]
mod register;
#[cfg(feature = "support")]
mod registered;
#[cfg(feature = "support")]
mod secret_not_received;
#[cfg(any(feature = "oauth-tokens", feature = "grant-type-tokens"))]
mod token_lifetimes;
#[cfg(feature = "grant-type-tokens")]
mod token_request;
#[cfg(feature = "global-oauth-clients")]
mod token_summary_filter;
#[cfg(any(feature = "support", feature = "oauth-tokens"))]
mod whole_secret;

#[cfg(feature = "support")]
pub use {
    changes::OAuthClientChanges,
    lists::{ListOAuthClients, ListOAuthClientsByOffset},
    new_oauth_client::NewOAuthClient,
    oauth_clients::OAuthClients,
    registered::RegisteredOAuthClient,
    zendesk_support_oauth_clients::types::{OAuthClient, OAuthClientKind},
};
#[cfg(feature = "global-oauth-clients")]
pub use {
    global_oauth_clients::GlobalOAuthClients,
    token_summary_filter::TokenSummaryFilter,
    zendesk_support_global_oauth_clients::types::{
        GlobalOAuthClient, GlobalOAuthClientTokenSummary,
    },
};
#[cfg(feature = "grant-type-tokens")]
pub use {
    grant_type_tokens::GrantTypeTokens, token_request::TokenRequest,
    zendesk_support_grant_type_tokens::types::TokenForGrantType,
};
#[cfg(feature = "oauth-tokens")]
pub use {
    issued::IssuedOAuthToken, new_oauth_token::NewOAuthToken, oauth_token_filter::OAuthTokenFilter,
    oauth_tokens::OAuthTokens, zendesk_support_oauth_tokens::types::SupportOAuthToken,
};

#[cfg(feature = "support")]
pub(crate) use secret_not_received::SecretNotReceived;
