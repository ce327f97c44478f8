//! `TransportBuilder`: the settings of a transport.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;

use super::base_url::BaseUrl;
use super::{BuildError, Settings, Shared, Transport};
use crate::credentials::Kind;
use crate::{Clock, Credentials, Pacing, RetryBudget, RetryPolicy, SystemClock};

/// How this crate names itself to servers.
const OUR_USER_AGENT: &str = concat!("zendesk-oauth/", env!("CARGO_PKG_VERSION"));

/// The settings of a [`Transport`], all of which have a default but the base URL.
#[must_use = "settings do nothing until `build`"]
pub struct TransportBuilder {
    base_url: Result<BaseUrl, BuildError>,
    credentials: Credentials,
    connect_timeout: Duration,
    timeout: Duration,
    user_agent: Option<String>,
    http: HttpClient,
    max_body_size: u64,
    clock: Arc<dyn Clock>,
    retry_policy: RetryPolicy,
    retry_budget: RetryBudget,
    pacing: Option<Pacing>,
}

enum HttpClient {
    Ours,
    Builder(Box<reqwest::ClientBuilder>),
    Brought(reqwest::Client),
    /// Another transport's, the time that it gives each request by itself, and with what connect timeout
    /// it can be made again.
    Shared(reqwest::Client, Option<Duration>, Option<Duration>),
}

impl TransportBuilder {
    pub(super) fn new(base_url: Result<BaseUrl, BuildError>) -> Self {
        Self {
            base_url,
            credentials: Credentials::none(),
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            user_agent: None,
            http: HttpClient::Ours,
            max_body_size: 16 * 1024 * 1024,
            clock: Arc::new(SystemClock),
            retry_policy: RetryPolicy::standard(),
            retry_budget: RetryBudget::standard(),
            pacing: None,
        }
    }

    /// The credentials for operations that need some; by default none. They go to this base URL
    /// only, and over plain http only to loopback.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = credentials;
        self
    }

    /// The time for making a connection: 10 seconds by default. It has no effect on a client that
    /// was brought.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The time for one attempt, from sending to the last byte of the body: 30 seconds by default.
    /// The time for a call with all its attempts is
    /// [`RetryPolicy::max_elapsed`] and the last attempt's.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// What to name before `zendesk-oauth/{version}` in the `User-Agent` header, such as
    /// `my-app/1.0`.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// A configured client to build on: proxies, certificates, DNS. Redirects are turned off, the
    /// connect timeout is set, and its own retries are turned off too, those of reqwest's default
    /// included: what is sent again is up to the [`RetryPolicy`], which counts it.
    ///
    /// Its proxies are kept even for a base URL on loopback, which the client made by default goes
    /// around: a proxy for plain http sees what is sent there. Its default headers go with every
    /// call, also with one that takes no credentials.
    pub fn http_client_builder(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.http = HttpClient::Builder(Box::new(builder));
        self
    }

    /// A client to share. Build it with `redirect::Policy::none()`: if it follows a redirect, the
    /// call fails with [`CallError::Elsewhere`](crate::client::CallError::Elsewhere), but the
    /// redirected request has been sent by then; a redirect back to the same URL goes unnoticed.
    /// Build it with `retry(retry::never())` too: a client keeps its own retries, which repeat what
    /// must not be sent twice, and are in no count of attempts.
    /// Its proxies and default headers are used as with
    /// [`http_client_builder`](Self::http_client_builder).
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = HttpClient::Brought(client);
        self
    }

    /// The client of another transport, to share its connections. Everything else is this one's own,
    /// [`timeout`](Self::timeout) too.
    pub fn http_client_of(mut self, other: &Transport) -> Self {
        let shared = &other.shared;
        self.http = HttpClient::Shared(shared.http.clone(), shared.http_timeout, shared.made_with);
        self
    }

    /// The largest body that is read, in bytes: 16 MiB by default.
    pub fn max_body_size(mut self, bytes: u64) -> Self {
        self.max_body_size = bytes;
        self
    }

    /// When a call that failed is made again: [`RetryPolicy::standard`] by default,
    /// [`RetryPolicy::never`] to raise every failure at once.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.retry_policy = policy;
        self
    }

    /// How many retries all calls may make together: [`RetryBudget::standard`] by default. Pass a
    /// clone to other transports to share it with them.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.retry_budget = budget;
        self
    }

    /// Slows calls down before the rate limit is reached. By default they are not.
    pub fn pacing(mut self, pacing: Pacing) -> Self {
        self.pacing = Some(pacing);
        self
    }

    /// Where calls take the time from, and what they wait with: [`SystemClock`] by default. The
    /// timeouts are the HTTP client's and keep to the machine's clock.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Makes the transport. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`BuildError`] when the base URL, subdomain, credentials or user agent cannot be used, or
    /// the HTTP client cannot be set up.
    pub fn build(self) -> Result<Transport, BuildError> {
        let base_url = self.base_url?;
        if let Kind::Unusable(error) = self.credentials.0 {
            return Err(BuildError::Credentials(error));
        }
        let user_agent = user_agent(self.user_agent.as_deref())?;
        let made = |builder| {
            let http = client(builder, self.connect_timeout, self.timeout)?;
            Ok((http, Some(self.timeout)))
        };
        let ((http, http_timeout), made_with) = match self.http {
            HttpClient::Brought(client) => ((client, None), None),
            HttpClient::Shared(client, timeout, made_with) => ((client, timeout), made_with),
            HttpClient::Builder(builder) => (made(*builder)?, None),
            HttpClient::Ours => (made(our_client(&base_url))?, Some(self.connect_timeout)),
        };
        let shared = Shared {
            base_url,
            credentials: self.credentials,
            http,
            http_timeout,
            made_with,
            user_agent,
            max_body_size: self.max_body_size,
            clock: self.clock,
            retry_budget: self.retry_budget,
            pacing: self.pacing,
        };
        Ok(Transport {
            shared: Arc::new(shared),
            settings: Settings {
                timeout: self.timeout,
                retry_policy: self.retry_policy,
            },
        })
    }
}

fn user_agent(product: Option<&str>) -> Result<HeaderValue, BuildError> {
    let text = match product {
        Some(product) => format!("{product} {OUR_USER_AGENT}"),
        None => OUR_USER_AGENT.to_owned(),
    };
    HeaderValue::from_str(text.trim()).map_err(|_| BuildError::UserAgent)
}

fn our_client(base_url: &BaseUrl) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder();
    // HTTP_PROXY would take what is meant for this machine, credentials included, to another one
    // unencrypted.
    if base_url.is_loopback() {
        builder.no_proxy()
    } else {
        builder
    }
}

/// A client as ours, each of whose connections ends with its call.
pub(super) fn without_kept_connections(
    base_url: &BaseUrl,
    connect_timeout: Duration,
    timeout: Duration,
) -> Result<reqwest::Client, BuildError> {
    let builder = our_client(base_url).pool_max_idle_per_host(0);
    client(builder, connect_timeout, timeout)
}

fn client(
    builder: reqwest::ClientBuilder,
    connect_timeout: Duration,
    timeout: Duration,
) -> Result<reqwest::Client, BuildError> {
    builder
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(connect_timeout)
        .timeout(timeout)
        .build()
        .map_err(|_| BuildError::HttpClient)
}

impl fmt::Debug for TransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportBuilder")
            .field("base_url", &self.base_url.as_ref().map(BaseUrl::as_str))
            .field("credentials", &self.credentials)
            .field("connect_timeout", &self.connect_timeout)
            .field("timeout", &self.timeout)
            .field("retry_policy", &self.retry_policy)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_agent_names_the_caller_first() {
        assert_eq!(user_agent(None).unwrap(), OUR_USER_AGENT);
        assert_eq!(
            user_agent(Some("my-app/1.0")).unwrap(),
            format!("my-app/1.0 {OUR_USER_AGENT}")
        );
        assert!(matches!(
            user_agent(Some("a\r\nb")),
            Err(BuildError::UserAgent)
        ));
    }

    #[test]
    fn credentials_that_cannot_be_sent_are_found_when_building() {
        let error = Transport::builder("https://acme.zendesk.com")
            .credentials(Credentials::bearer("CANARY\n"))
            .build()
            .unwrap_err();
        assert!(matches!(error, BuildError::Credentials(_)));
        assert!(!format!("{error} {error:?}").contains("CANARY"));
    }

    #[test]
    fn debug_shows_no_credentials() {
        let builder = Transport::builder("https://acme.zendesk.com")
            .credentials(Credentials::bearer("CANARY"));
        assert!(!format!("{builder:?}").contains("CANARY"));
        assert!(!format!("{:?}", builder.build().unwrap()).contains("CANARY"));
    }
}
