//! `CallOptions`: what one call wants otherwise than its client.

use std::time::Duration;

use zendesk_oauth_core::{RetryPolicy, Transport};

/// What one call, or one list, wants otherwise than its client.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CallOptions {
    retry: Option<RetryPolicy>,
    even_if_not_idempotent: bool,
    timeout: Option<Duration>,
}

impl CallOptions {
    pub(crate) fn retry(&mut self, policy: RetryPolicy) {
        self.retry = Some(policy);
    }

    pub(crate) fn even_if_not_idempotent(&mut self) {
        self.even_if_not_idempotent = true;
    }

    pub(crate) fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// The client's transport with these options; everything else is shared.
    pub(crate) fn apply(&self, transport: Transport) -> Transport {
        let mut transport = transport;
        if self.retry.is_some() || self.even_if_not_idempotent {
            let mut policy = self.retry.unwrap_or_else(|| transport.retry_policy());
            if self.even_if_not_idempotent {
                policy = policy.even_if_not_idempotent();
            }
            transport = transport.with_retry_policy(policy);
        }
        if let Some(timeout) = self.timeout {
            transport = transport.with_timeout(timeout);
        }
        transport
    }
}
