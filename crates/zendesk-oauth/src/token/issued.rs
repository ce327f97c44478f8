//! `IssuedToken`: what the token endpoint gave.

use std::fmt;
use std::time::{Duration, SystemTime};

use zendesk_oauth_core::Secret;

use super::Lifetime;

/// An access token as it was issued, with the refresh token beside it if there is one
/// (RFC 6749, 5.1). Debug shows neither.
#[derive(Clone)]
#[non_exhaustive]
pub struct IssuedToken {
    /// The access token.
    pub access_token: Secret,
    /// How long the access token is good.
    pub lifetime: Lifetime,
    /// The refresh token. It is good once.
    pub refresh_token: Option<Secret>,
    /// How long the refresh token is good from when it was received, if the answer said so.
    pub refresh_token_lasts: Option<Duration>,
    /// The scopes that were granted, with spaces between them.
    pub scope: Option<String>,
    /// When the answer was received, by this machine's clock.
    pub received_at: SystemTime,
}

impl IssuedToken {
    /// An access token alone.
    #[must_use]
    pub fn new(access_token: Secret, lifetime: Lifetime, received_at: SystemTime) -> Self {
        Self {
            access_token,
            lifetime,
            refresh_token: None,
            refresh_token_lasts: None,
            scope: None,
            received_at,
        }
    }

    /// The same with a refresh token.
    #[must_use]
    pub fn refresh_token(mut self, refresh_token: Secret, lasts: Option<Duration>) -> Self {
        self.refresh_token = Some(refresh_token);
        self.refresh_token_lasts = lasts;
        self
    }

    /// The same with its scopes.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }
}

impl fmt::Debug for IssuedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssuedToken")
            .field("lifetime", &self.lifetime)
            .field("has_refresh_token", &self.refresh_token.is_some())
            .field("refresh_token_lasts", &self.refresh_token_lasts)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}
