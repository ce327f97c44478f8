//! `ZendeskBuilder`: the settings of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

#[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
use zendesk_oauth_core::Credentials;
use zendesk_oauth_core::{
    Clock, Pacing, RetryBudget, RetryPolicy, Transport, TransportBuilder, printable_input,
};

#[cfg(feature = "zis")]
use crate::NameError;
use crate::error::Kind;
use crate::zendesk::Inner;
use crate::{Error, Zendesk};

/// Chat's API lies below this path of an account.
#[cfg(feature = "chat")]
const CHAT_STEM: &str = "/api/v2/chat";

/// The settings of a [`Zendesk`], all of which have a default but the base URL.
#[must_use = "settings do nothing until `build`"]
pub struct ZendeskBuilder {
    base_url: String,
    #[cfg(feature = "_support")]
    support: Option<Credentials>,
    #[cfg(feature = "zis")]
    zis: Vec<(Result<crate::zis::IntegrationName, NameError>, Credentials)>,
    #[cfg(feature = "chat")]
    chat: Option<Credentials>,
    http: Option<reqwest::ClientBuilder>,
    pacing: Option<Pacing>,
    settings: Settings,
}

/// What all areas' transports have in common.
#[derive(Default)]
struct Settings {
    connect_timeout: Option<Duration>,
    timeout: Option<Duration>,
    user_agent: Option<String>,
    max_body_size: Option<u64>,
    retry_policy: RetryPolicy,
    retry_budget: RetryBudget,
    clock: Option<Arc<dyn Clock>>,
}

impl ZendeskBuilder {
    pub(crate) fn new(base_url: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            #[cfg(feature = "_support")]
            support: None,
            #[cfg(feature = "zis")]
            zis: Vec::new(),
            #[cfg(feature = "chat")]
            chat: None,
            http: None,
            pacing: None,
            settings: Settings::default(),
        }
    }

    /// The credentials for Support: those of a `TokenSource` (feature `tokens`), as in
    /// `source.credentials()`, which keeps a login fresh, or one OAuth access token, as in
    /// `Credentials::bearer(token)`. Most operations want that of an administrator; each of the types
    /// with the operations says whose.
    #[cfg(feature = "_support")]
    pub fn support(mut self, credentials: Credentials) -> Self {
        self.support = Some(credentials);
        self
    }

    /// The credentials for one ZIS integration: an access token of the integration's own OAuth
    /// client, `zis_{integration}`. Call it once for each integration; of several for the same one,
    /// the last counts, as with every other setting. A name that breaks the rule of
    /// [`IntegrationName`](crate::zis::IntegrationName) is reported by [`build`](Self::build).
    #[cfg(feature = "zis")]
    pub fn zis<N>(mut self, integration: N, credentials: Credentials) -> Self
    where
        N: TryInto<crate::zis::IntegrationName>,
        NameError: From<N::Error>,
    {
        let name = integration.try_into().map_err(NameError::from);
        self.zis.push((name, credentials));
        self
    }

    /// The credentials for Chat: a Chat access token.
    #[cfg(feature = "chat")]
    pub fn chat(mut self, credentials: Credentials) -> Self {
        self.chat = Some(credentials);
        self
    }

    /// A configured HTTP client builder to build on: proxies, certificates, DNS. Redirects and its own
    /// retry are turned off, and [`timeout`](Self::timeout) and
    /// [`connect_timeout`](Self::connect_timeout) of this builder count instead of its own.
    ///
    /// A proxy of the environment takes part even if the base URL is on loopback, which the client
    /// made by default goes around; say `no_proxy()` then. Its default headers go with every call,
    /// also with one that takes no credentials. See
    /// [`TransportBuilder::http_client_builder`].
    ///
    /// A `TokenSource` refreshes in a runtime of its own, with an HTTP client
    /// of its own. One that is configured here cannot be made a second time, so that refreshes share its
    /// connections with calls: give the source a `TokenEndpoint` of a `Zendesk` for itself, whose builder has `pool_max_idle_per_host(0)`. Else a connection that a call
    /// left behind ends with the call's runtime, and the answer of a refresh with it.
    pub fn http_client_builder(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.http = Some(builder);
        self
    }

    /// The time for making a connection: 10 seconds by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = Some(timeout);
        self
    }

    /// The time for one attempt of a call, from sending to the last byte of the answer: 30 seconds
    /// by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// What to name before `zendesk-oauth/{version}` in the `User-Agent` header, such as
    /// `my-app/1.0`.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.settings.user_agent = Some(product.into());
        self
    }

    /// The largest answer that is read, in bytes: 16 MiB by default.
    pub fn max_body_size(mut self, bytes: u64) -> Self {
        self.settings.max_body_size = Some(bytes);
        self
    }

    /// When a call that failed is made again: [`RetryPolicy::standard`] by default,
    /// [`RetryPolicy::never`] to raise every failure at once. A call may have
    /// [its own](crate::Call::retry).
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry_policy = policy;
        self
    }

    /// How many retries the calls of all areas may make together: [`RetryBudget::standard`] by
    /// default. Give a clone to other clients to share it with them.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.settings.retry_budget = budget;
        self
    }

    /// Slows calls down before the rate limit is reached. By default they are not.
    ///
    /// The areas have limits of their own, so each has this pacing for itself; the integrations of
    /// ZIS share one.
    pub fn pacing(mut self, pacing: Pacing) -> Self {
        self.pacing = Some(pacing);
        self
    }

    /// Where calls take the time from, and what they wait with: the machine's clock by default. The
    /// timeouts are the HTTP client's and keep to that one.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.settings.clock = Some(Arc::new(clock));
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// When the base URL, the name of an integration, credentials or the user agent cannot be used,
    /// or the HTTP client cannot be set up. Plain http is for loopback only, and userinfo, query and
    /// fragment belong to no base URL.
    ///
    /// ```
    /// use zendesk_oauth::Zendesk;
    ///
    /// let error = Zendesk::at("http://acme.zendesk.com").build().unwrap_err();
    /// assert!(error.is_validation() && error.is_not_sent());
    /// assert!(error.to_string().contains("acme.zendesk.com"));
    /// ```
    pub fn build(self) -> Result<Zendesk, Error> {
        // Of ZIS, as are the operations that take no credentials.
        let zis_pacing = self.apart();
        let mut first = paced(self.settings.transport(&self.base_url), zis_pacing.clone());
        #[cfg(feature = "_support")]
        let support_pacing = self.apart();
        #[cfg(feature = "chat")]
        let chat_pacing = self.apart();
        if let Some(http) = self.http {
            first = first.http_client_builder(http);
        }
        let open = first.build()?;
        if !open.is_confidential() {
            let shown = printable_input(&self.base_url);
            return Err(Error::new(Kind::InsecureBaseUrl { shown }));
        }
        #[cfg(any(feature = "_support", feature = "zis", feature = "chat"))]
        let area =
            |own: Credentials, stem: &str, pacing: Option<Pacing>| -> Result<Transport, Error> {
                let base_url = format!("{}{stem}", open.base_url());
                let builder = self.settings.transport(&base_url);
                let builder = builder.http_client_of(&open);
                Ok(paced(builder, pacing).credentials(own).build()?)
            };
        Ok(Zendesk(Arc::new(Inner {
            #[cfg(feature = "_support")]
            support: self
                .support
                .map(|own| area(own, "", support_pacing))
                .transpose()?,
            #[cfg(feature = "zis")]
            zis: self
                .zis
                .into_iter()
                .map(|(name, own)| Ok((name?, area(own, "", zis_pacing.clone())?)))
                .collect::<Result<_, Error>>()?,
            #[cfg(feature = "chat")]
            chat: self
                .chat
                .map(|own| area(own, CHAT_STEM, chat_pacing))
                .transpose()?,
            open,
        })))
    }

    /// The pacing of one area, if there is any.
    fn apart(&self) -> Option<Pacing> {
        self.pacing.as_ref().map(Pacing::apart)
    }
}

fn paced(builder: TransportBuilder, pacing: Option<Pacing>) -> TransportBuilder {
    match pacing {
        Some(pacing) => builder.pacing(pacing),
        None => builder,
    }
}

impl Settings {
    fn transport(&self, base_url: &str) -> TransportBuilder {
        let mut builder = Transport::builder(base_url)
            .retry_policy(self.retry_policy)
            .retry_budget(self.retry_budget.clone());
        if let Some(clock) = &self.clock {
            builder = builder.clock(Arc::clone(clock));
        }
        if let Some(timeout) = self.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        if let Some(timeout) = self.timeout {
            builder = builder.timeout(timeout);
        }
        if let Some(product) = &self.user_agent {
            builder = builder.user_agent(product);
        }
        if let Some(bytes) = self.max_body_size {
            builder = builder.max_body_size(bytes);
        }
        builder
    }
}

impl fmt::Debug for ZendeskBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ZendeskBuilder").finish_non_exhaustive()
    }
}
