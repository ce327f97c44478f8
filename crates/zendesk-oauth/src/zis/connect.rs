//! `Connect`: a whole flow in one call.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::time::Duration;

use super::callback::ZisCallback;
use super::{ExchangedOAuthConnection, FlowError, StartOAuthFlow, VerificationCode, Zis};
use crate::Error;
use crate::callback::{CallbackListener, LoopbackPort};

type Open = Box<dyn FnOnce(&str) + Send>;

/// A whole flow, from [`Zis::connect`]. `.await` begins it; dropping the future ends it, and closes
/// the listener.
#[must_use = "a flow does not begin until it is awaited"]
pub struct Connect {
    zis: Zis,
    request: StartOAuthFlow,
    open: Open,
    deadline: Duration,
    port: u16,
}

impl Zis {
    /// Makes a connection in one call, for a program on the machine of its user: listens on a free
    /// port of 127.0.0.1, starts the flow with that address as
    /// [`origin_oauth_redirect_url`](StartOAuthFlow::origin_oauth_redirect_url), hands out the URL
    /// for the browser, waits until the browser comes back, and exchanges the code.
    ///
    /// `open` shows that URL to the user, or opens a browser with it. It is https, or http to this
    /// machine, and carries the flow token, so keep it out of logs. `open` should return soon, as
    /// the flow does not go on before.
    ///
    /// The address of the listener has a path that cannot be guessed. Requests for anything else
    /// are refused and change nothing.
    ///
    /// With the grant `client_credentials` nobody is asked and `open` is not called; nothing is
    /// listened on if the request names that grant. Zendesk answers with the URL of the exchange
    /// then, of which only the code is used: it goes to the client's own base URL.
    ///
    /// ```
    /// use zendesk_oauth::zis::{OAuthClientRef, StartOAuthFlow, Zis};
    ///
    /// # async fn connect(zis: Zis) -> Result<(), zendesk_oauth::Error> {
    /// let request = StartOAuthFlow::new("my_connection", OAuthClientRef::name("my_oauth_client"))?;
    /// let connection = zis
    ///     .connect(request, |url| {
    ///         println!("Open this in your browser, and show it to nobody: {url}");
    ///     })
    ///     .await?;
    /// println!("{:?}", connection.uuid);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Beside those of [`start`](Self::start) and [`exchange`](Self::exchange): that the third party
    /// refused ([`Error::is_denied`]), that nobody came back in time ([`Error::is_timeout`]), and
    /// the others of [`FlowError`].
    pub fn connect(
        &self,
        request: StartOAuthFlow,
        open: impl FnOnce(&str) + Send + 'static,
    ) -> Connect {
        Connect {
            zis: self.clone(),
            request,
            open: Box::new(open),
            deadline: Duration::from_secs(5 * 60),
            port: 0,
        }
    }
}

impl Connect {
    /// How long the user has, from when the URL is handed out until the browser comes back: 5
    /// minutes by default, by the client's clock. The calls before and after have their own time.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// The port of 127.0.0.1 to listen on, instead of one that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    async fn run(self) -> Result<ExchangedOAuthConnection, Error> {
        let zis = self.zis.clone();
        let code = self.verification_code().await;
        // What ends a flow without a code is the end of what was started, or was about to be.
        let code = code.map_err(|error| error.on("start_oauth_flow"))?;
        zis.exchange(code).await
    }

    async fn verification_code(self) -> Result<VerificationCode, Error> {
        let own = self.zis.own()?;
        self.request.check()?;
        let (listener, request) = if self.request.needs_no_browser() {
            (None, self.request)
        } else {
            let callback = ZisCallback::random()?;
            let port = self.port;
            let bound = LoopbackPort::bind(port).await;
            let bound = bound.map_err(|source| FlowError::Listener { port, source })?;
            let url = callback.url(bound.number());
            let request = self.request.origin_oauth_redirect_url(url);
            (Some(CallbackListener::new(bound, callback)), request)
        };
        let started = self.zis.start(request).await?;
        if let Some(code) = started.verification_code() {
            return Ok(code);
        }
        let listener = listener.ok_or(FlowError::NoExchangeUrl)?;
        if started.is_exchange_without_code() {
            return Err(FlowError::NoExchangeUrl.into());
        }
        if !started.is_for_browser() {
            return Err(FlowError::NoBrowserUrl.into());
        }
        let deadline = self.deadline;
        let passed = own.clock().sleep(deadline);
        (self.open)(started.browser_url().expose());
        let outcome = listener.outcome(passed).await;
        Ok(outcome.ok_or(FlowError::NobodyCameBack { deadline })??)
    }
}

impl IntoFuture for Connect {
    type Output = Result<ExchangedOAuthConnection, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connect")
            .field("request", &self.request)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
