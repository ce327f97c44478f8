//! A source as the credentials of a client.

use reqwest::header::HeaderValue;
use zendesk_oauth_core::{AuthorizationFuture, CredentialError, CredentialSource};

use super::TokenSource;

impl CredentialSource for TokenSource {
    fn ready(&self) -> Option<HeaderValue> {
        let (header, is_due) = self.0.current.header(self.0.clock.instant());
        if is_due {
            self.begin_refresh();
        }
        header
    }

    fn authorization(&self) -> AuthorizationFuture<'_> {
        Box::pin(async move { self.header().await.map_err(CredentialError::unavailable) })
    }

    fn rejected(&self, value: &HeaderValue) {
        self.0.rejected(value);
    }
}
