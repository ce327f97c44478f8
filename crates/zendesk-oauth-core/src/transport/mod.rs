//! `Transport`: how every call reaches its server.

mod attempt;
mod base_url;
mod build_error;
mod builder;
mod calling;
mod gathered;
mod notes;
mod path;
mod prepare;
mod rejected_token;
mod span;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;

pub use build_error::BuildError;
pub use builder::TransportBuilder;

use crate::client::{CallError, OperationInfo, Response};
use crate::{Clock, Credentials, Operation, Pacing, Refusal, RetryBudget, RetryPolicy};
use base_url::BaseUrl;
use calling::Calling;
use span::CallSpan;

/// Sends the calls of a generated client to one server, with one set of credentials, and repeats
/// them by its [`RetryPolicy`].
///
/// A clone is cheap and shares connections, retry budget and pacing. Dropping a call's future ends
/// the call, also while it waits: nothing runs besides it.
#[derive(Clone)]
pub struct Transport {
    shared: Arc<Shared>,
    settings: Settings,
}

/// What all clones have in common.
#[derive(Clone)]
struct Shared {
    base_url: BaseUrl,
    credentials: Credentials,
    http: reqwest::Client,
    /// The time that `http` gives each request by itself, if it is known: a request with a time of
    /// its own costs more.
    http_timeout: Option<Duration>,
    /// The connect timeout of `http`, if it can be made again: nobody configured it.
    made_with: Option<Duration>,
    user_agent: HeaderValue,
    max_body_size: u64,
    clock: Arc<dyn Clock>,
    retry_budget: RetryBudget,
    pacing: Option<Pacing>,
}

/// What a clone may have for itself.
#[derive(Clone, Copy)]
struct Settings {
    timeout: Duration,
    retry_policy: RetryPolicy,
}

impl Transport {
    /// A transport to `base_url`, such as `https://acme.zendesk.com`; a path below the host is
    /// kept. Nothing is checked before [`TransportBuilder::build`].
    pub fn builder(base_url: &str) -> TransportBuilder {
        TransportBuilder::new(BaseUrl::parse(base_url))
    }

    /// A transport to a document's server, such as `https://{subdomain}.zendesk.com/api/v2`, with
    /// `subdomain` in its place. Nothing is checked before [`TransportBuilder::build`].
    pub fn builder_for(server_template: &str, subdomain: &str) -> TransportBuilder {
        TransportBuilder::new(BaseUrl::for_subdomain(server_template, subdomain))
    }

    /// The base URL, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.shared.base_url.as_str()
    }

    /// Whether nobody on the network can read along: the base URL is https, or on loopback. Over
    /// any other, secrets are refused.
    #[must_use]
    pub fn is_confidential(&self) -> bool {
        self.shared.base_url.is_confidential()
    }

    /// The HTTP client, for building requests. Requests that it sends by itself are neither checked
    /// nor given credentials.
    #[must_use]
    pub fn http_client(&self) -> &reqwest::Client {
        &self.shared.http
    }

    /// Where calls take the time from.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.shared.clock
    }

    /// When a call that failed is made again.
    pub fn retry_policy(&self) -> RetryPolicy {
        self.settings.retry_policy
    }

    /// The same transport with another retry policy. Everything else is shared, the retry budget
    /// too.
    #[must_use]
    pub fn with_retry_policy(&self, policy: RetryPolicy) -> Self {
        let mut other = self.clone();
        other.settings.retry_policy = policy;
        other
    }

    /// The time for one attempt, from sending to the last byte of the body.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        self.settings.timeout
    }

    /// The same transport with another time for one attempt. Everything else is shared.
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        let mut other = self.clone();
        other.settings.timeout = timeout;
        other
    }

    /// The same transport over an HTTP client of its own that keeps no connection after its call. A
    /// connection is driven by the runtime that it was made in: one that another runtime left behind may
    /// stand still, or end with it. Everything else is shared. A client that was configured or brought
    /// cannot be made again, and is shared too.
    ///
    /// # Errors
    ///
    /// [`BuildError`] when the HTTP client cannot be set up.
    pub fn without_kept_connections(&self) -> Result<Self, BuildError> {
        let Shared {
            base_url,
            http_timeout: Some(timeout),
            made_with: Some(connect_timeout),
            ..
        } = &*self.shared
        else {
            return Ok(self.clone());
        };
        let http = builder::without_kept_connections(base_url, *connect_timeout, *timeout)?;
        let shared = Shared {
            http,
            ..(*self.shared).clone()
        };
        Ok(Self {
            shared: Arc::new(shared),
            settings: self.settings,
        })
    }

    /// Makes one call: looks its operation up, checks that the URL is the operation's and that
    /// secrets travel encrypted, attaches credentials if the operation wants some, sends it, and
    /// reads the whole answer. Redirects are answers. What fails is sent again as the
    /// [`RetryPolicy`] says, with credentials asked for anew; a request whose body is a stream is
    /// sent once.
    ///
    /// Of 401 `invalid_token` (RFC 6750, 3.1) the [`CredentialSource`](crate::CredentialSource)
    /// whose credentials were sent is told. If the policy allows another attempt and the source then
    /// gives another token, the request is sent once more with it, at once; otherwise the answer
    /// stands.
    ///
    /// # Errors
    ///
    /// [`CallError::Refused`] when nothing was sent, and the others when there is no complete
    /// answer. An answer of any status is not an error here.
    pub fn execute(
        &self,
        operations: &'static [Operation],
        request: reqwest::Request,
        info: &OperationInfo,
    ) -> impl Future<Output = Result<Response, CallError>> {
        let id = info.operation_id;
        // Boxed, and the run below too, so that what every caller holds and moves is a pointer.
        let request = Box::new(request);
        async move {
            let operation = operations
                .iter()
                .find(|operation| operation.id == id)
                .ok_or(CallError::Refused(Refusal::UnknownOperation { id }))?;
            let calling = Calling::new(self, operation);
            let span = CallSpan::new(operation, calling.attempts());
            let run = Box::pin(calling.run(request));
            let result = span.around(run).await;
            span.end(&result);
            result
        }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("base_url", &self.base_url())
            .field("credentials", &self.shared.credentials)
            .field("timeout", &self.settings.timeout)
            .field("retry_policy", &self.settings.retry_policy)
            .finish_non_exhaustive()
    }
}
