//! Getting a token: `POST /oauth/tokens`
//! (<https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/>).

mod answer;
mod client_credentials;
mod expiry;
mod issuing;
mod request;
mod token_endpoint;

pub(in crate::token) use answer::Answer;
pub use client_credentials::OAuthClientCredentials;
#[cfg(feature = "oauth2")]
pub(in crate::token) use expiry::without_asking as lifetime_without_asking;
#[cfg(feature = "oauth2")]
pub(in crate::token) use issuing::{OPERATION, read};
pub use token_endpoint::TokenEndpoint;
