//! Requests of short patience: one attempt each.

use std::time::Duration;

use reqwest::Method;
use zendesk_oauth::{Credentials, RetryPolicy};
use zendesk_oauth_core::client::Response;

use crate::account::{Account, answer};
use crate::failure::Failure;

/// How requests are sent.
#[derive(Clone, Copy)]
pub(super) struct Patience(pub(super) Duration);

impl Patience {
    /// Whatever is answered.
    pub(super) async fn get(
        self,
        account: &Account,
        credentials: &Credentials,
        path: &str,
    ) -> Result<Response, Failure> {
        let transport = account.transport_with(credentials.clone(), None)?;
        let transport = transport
            .with_retry_policy(RetryPolicy::never())
            .with_timeout(self.0);
        answer(&transport, Method::GET, path, None).await
    }
}
