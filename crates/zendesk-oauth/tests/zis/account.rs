//! A sandbox, and a client of its ZIS integration.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use zendesk_oauth::zis::{OAuthClientRef, StartOAuthFlow, Zis};
use zendesk_oauth::{Clock, Credentials, SystemClock, Zendesk};
use zendesk_oauth_sandbox::Sandbox;

/// The body of a request, and the answer's.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) operation: &'static str,
    pub(crate) sent: Value,
    pub(crate) answered: String,
}

pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    pub(crate) zis: Zis,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Account {
    /// The third party agrees without asking.
    pub(crate) async fn agreeing() -> Self {
        Self::with_clock(SystemClock).await
    }

    pub(crate) async fn with_clock(clock: impl Clock) -> Self {
        Self::with_clock_of(|_| clock).await
    }

    pub(crate) async fn with_clock_of<C: Clock>(clock: impl FnOnce(&Sandbox) -> C) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&seen);
        let sandbox = Sandbox::builder().observer(move |exchange| {
            let seen = Seen {
                operation: exchange.operation.unwrap_or_default(),
                sent: serde_json::from_slice(&exchange.request_body).unwrap_or_default(),
                answered: String::from_utf8_lossy(&exchange.response_body).into_owned(),
            };
            kept.lock().unwrap().push(seen);
        });
        let sandbox = sandbox.start().await.unwrap();
        sandbox.apply_profile("unattended").unwrap();
        let credentials = sandbox.credentials();
        let zendesk = Zendesk::at(sandbox.url())
            .zis(
                credentials.integration(),
                Credentials::bearer(credentials.zis_token()),
            )
            .clock(clock(&sandbox))
            .build()
            .unwrap();
        let zis = zendesk.zis(credentials.integration());
        Self { sandbox, zis, seen }
    }

    /// A client without any credentials.
    pub(crate) fn stranger(&self) -> Zis {
        let zendesk = Zendesk::at(self.sandbox.url()).build().unwrap();
        zendesk.zis(self.sandbox.credentials().integration())
    }

    pub(crate) fn client(&self) -> OAuthClientRef {
        OAuthClientRef::name(self.sandbox.credentials().zis_oauth_client())
    }

    pub(crate) fn request(&self) -> StartOAuthFlow {
        StartOAuthFlow::new("my_connection", self.client())
            .unwrap()
            .allow_offline_access(true)
    }

    /// What was asked of one operation, in order.
    pub(crate) fn seen(&self, operation: &str) -> Vec<Seen> {
        let seen = self.seen.lock().unwrap();
        let of = seen.iter().filter(|seen| seen.operation == operation);
        of.cloned().collect()
    }

    /// How often an operation was asked for.
    pub(crate) fn count(&self, operation: &str) -> usize {
        self.seen(operation).len()
    }

    /// Every body that was sent and answered, for what must not be printed.
    pub(crate) fn bodies(&self) -> Vec<Value> {
        let seen = self.seen.lock().unwrap();
        let answered = seen
            .iter()
            .filter_map(|seen| serde_json::from_str(&seen.answered).ok());
        answered.collect()
    }
}
