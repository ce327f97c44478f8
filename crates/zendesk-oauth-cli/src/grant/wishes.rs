//! What a token is to be like.

use std::time::Duration;

use clap::Args;
use zendesk_oauth::support::TokenRequest;

use crate::lifetime;

/// Arguments of every grant.
#[derive(Args, Clone, Debug)]
pub(super) struct Wishes {
    /// How long the access token is to last, from 5m to 48h. Zendesk may make it shorter: see the answer
    #[arg(long, value_name = "TIME", value_parser = lifetime::parse)]
    expires_in: Option<Duration>,
    /// How long the refresh token is to last, from 7d to 90d
    #[arg(long, value_name = "TIME", value_parser = lifetime::parse)]
    refresh_token_expires_in: Option<Duration>,
}

impl Wishes {
    pub(super) fn of(&self, mut request: TokenRequest, scopes: &[String]) -> TokenRequest {
        request = request.scopes(scopes);
        if let Some(lifetime) = self.expires_in {
            request = request.expires_in(lifetime);
        }
        if let Some(lifetime) = self.refresh_token_expires_in {
            request = request.refresh_token_expires_in(lifetime);
        }
        request
    }
}
