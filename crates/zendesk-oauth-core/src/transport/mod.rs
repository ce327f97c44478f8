//! `Transport`: how every call reaches its server.

mod attempt;
mod base_url;
mod build_error;
mod builder;
mod path;
mod prepare;
mod span;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;

pub use build_error::BuildError;
pub use builder::TransportBuilder;

use crate::client::{CallError, OperationInfo, Response};
use crate::{Credentials, Operation, Refusal};
use base_url::BaseUrl;
use span::CallSpan;

/// Sends the calls of a generated client to one server, with one set of credentials.
///
/// A clone is cheap and shares connections. Dropping a call's future ends the call.
#[derive(Clone)]
pub struct Transport(Arc<Inner>);

struct Inner {
    base_url: BaseUrl,
    credentials: Credentials,
    http: reqwest::Client,
    user_agent: HeaderValue,
    timeout: Duration,
    max_body_size: u64,
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
        self.0.base_url.as_str()
    }

    /// The HTTP client, for building requests. Requests that it sends by itself are neither checked
    /// nor given credentials.
    #[must_use]
    pub fn http_client(&self) -> &reqwest::Client {
        &self.0.http
    }

    /// Makes one call: looks its operation up, checks that the URL is the operation's and that
    /// secrets travel encrypted, attaches credentials if the operation wants some, sends it, and
    /// reads the whole answer. Redirects are answers.
    ///
    /// # Errors
    ///
    /// [`CallError::Refused`] when nothing was sent, and the others when there is no complete
    /// answer. An answer of any status is not an error here.
    pub async fn execute(
        &self,
        operations: &'static [Operation],
        request: reqwest::Request,
        info: &OperationInfo,
    ) -> Result<Response, CallError> {
        let id = info.operation_id;
        let operation = operations
            .iter()
            .find(|operation| operation.id == id)
            .ok_or(CallError::Refused(Refusal::UnknownOperation { id }))?;
        CallSpan::new(operation)
            .around(self.call(operation, request))
            .await
    }

    /// Prepares a request and sends it. Attempts after the first would begin here.
    async fn call(
        &self,
        operation: &'static Operation,
        mut request: reqwest::Request,
    ) -> Result<Response, CallError> {
        prepare::check(operation, &self.0.base_url, &request)?;
        prepare::set_headers(&mut request, &self.0.user_agent);
        request.timeout_mut().get_or_insert(self.0.timeout);
        if !operation.security.is_empty() {
            let credentials = self.0.credentials.authorization().await;
            let credentials =
                credentials.map_err(|error| Refusal::Credentials { operation, error })?;
            prepare::attach(&mut request, credentials);
        }
        prepare::check_encryption(operation, &self.0.base_url, &request)?;
        attempt::attempt(&self.0.http, operation, request, self.0.max_body_size).await
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("base_url", &self.base_url())
            .field("credentials", &self.0.credentials)
            .field("timeout", &self.0.timeout)
            .finish_non_exhaustive()
    }
}
