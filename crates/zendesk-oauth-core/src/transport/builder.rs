//! `TransportBuilder`: the settings of a transport.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;

use super::base_url::BaseUrl;
use super::{BuildError, Inner, Transport};
use crate::Credentials;
use crate::credentials::Kind;

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
}

enum HttpClient {
    Ours,
    Builder(Box<reqwest::ClientBuilder>),
    Brought(reqwest::Client),
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

    /// The time for a whole call, from sending to the last byte of the body: 30 seconds by default.
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

    /// A configured client to build on: proxies, certificates, DNS. Redirects are turned off and
    /// the connect timeout is set.
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
    /// redirected request has been sent by then; and a redirect back to the same URL goes unnoticed.
    /// Its proxies and default headers are used as with
    /// [`http_client_builder`](Self::http_client_builder).
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = HttpClient::Brought(client);
        self
    }

    /// The largest body that is read, in bytes: 16 MiB by default.
    pub fn max_body_size(mut self, bytes: u64) -> Self {
        self.max_body_size = bytes;
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
        let http = match self.http {
            HttpClient::Brought(client) => client,
            HttpClient::Builder(builder) => client(*builder, self.connect_timeout)?,
            HttpClient::Ours => client(our_client(&base_url), self.connect_timeout)?,
        };
        Ok(Transport(Arc::new(Inner {
            base_url,
            credentials: self.credentials,
            http,
            user_agent,
            timeout: self.timeout,
            max_body_size: self.max_body_size,
        })))
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

fn client(
    builder: reqwest::ClientBuilder,
    connect_timeout: Duration,
) -> Result<reqwest::Client, BuildError> {
    builder
        .redirect(Policy::none())
        .connect_timeout(connect_timeout)
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
