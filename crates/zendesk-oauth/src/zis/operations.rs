//! The six operations of the document, and their short names.

use zendesk_oauth_core::client::{Error as CallError, ResponseValue};
use zendesk_oauth_core::{ApiErrorBody, Redirect, Secret, Transport};
use zendesk_zis_oauth_connections::Client;

use super::connection_key::NameOrUuid;
use super::{
    ConnectionKey, CreateZisOAuthToken, ExchangedOAuthConnection, OAuthConnection, StartOAuthFlow,
    StartOAuthFlowResponse, StartedFlow, VerificationCode, Zis, ZisOAuthToken,
};
use crate::sent_text::check_filled;
use crate::{Call, Error, NameError, RequestError};

type Answer<T> = Result<ResponseValue<T>, CallError<ApiErrorBody>>;

impl Zis {
    /// Starts a flow, and gives the URL at which it goes on. [`start`](Self::start) tells whether
    /// that is for a browser. There is no connection before the
    /// [exchange](Self::exchange_verification_code).
    pub fn start_oauth_flow(&self, request: StartOAuthFlow) -> Call<StartOAuthFlowResponse> {
        let integration = self.name();
        let own = unbroken(self.own(), request.check());
        Call::new("start_oauth_flow", own, move |transport| {
            start_oauth_flow(transport, integration, request)
        })
    }

    /// [`start_oauth_flow`](Self::start_oauth_flow) with its answer read, as a [`StartedFlow`]: a
    /// URL for a browser, or a code already.
    ///
    /// With a callback of your own, `origin_oauth_redirect_url` has to hold a value that nobody can
    /// guess, which the callback has to bring back from the same user. Without it a stranger could
    /// make a user's browser hand you the code of the stranger's account (RFC 6749, 10.12).
    ///
    /// ```
    /// use zendesk_oauth::zis::{OAuthClientRef, StartOAuthFlow, VerificationCode};
    ///
    /// # async fn steps(zis: zendesk_oauth::zis::Zis) -> Result<(), Box<dyn std::error::Error>> {
    /// # fn random() -> String { String::new() }
    /// // Random, and kept in the user's session.
    /// let path = format!("/callback/{}", random());
    /// let request = StartOAuthFlow::new("my_connection", OAuthClientRef::name("my_oauth_client"))?
    ///     .origin_oauth_redirect_url(format!("https://client.int{path}"));
    /// let started = zis.start(request).await?;
    /// if !started.is_for_browser() {
    ///     return Err("Zendesk gave no URL for a browser: check the base URL".into());
    /// }
    /// // Redirect the user to `started.browser_url().expose()`. Later the browser comes back:
    /// # let callback = String::new();
    /// if callback.split('?').next() != Some(path.as_str()) {
    ///     return Err("this is not the user who began".into());
    /// }
    /// let code = VerificationCode::from_callback(&callback)?;
    /// let connection = zis.exchange(code).await?;
    /// # drop(connection);
    /// # Ok(())
    /// # }
    /// ```
    pub fn start(&self, request: StartOAuthFlow) -> Call<StartedFlow> {
        let integration = self.integration().cloned();
        let name = self.name();
        let own = unbroken(self.own(), request.check());
        Call::new("start_oauth_flow", own, move |transport| async move {
            let answer = start_oauth_flow(transport, name, request).await?;
            Ok(answer.map(|answer| StartedFlow::new(answer.redirect_url, integration.as_ref())))
        })
    }

    /// Where the URL of a started flow leads: the third party's page. It is meant for the browser; a
    /// program that asks gets the page's address. No credentials are sent, and none are needed.
    /// An empty flow token is refused before anything is sent.
    pub fn start_oauth_redirect(&self, flow_token: impl Into<Secret>) -> Call<Redirect> {
        let flow_token = flow_token.into();
        let checked = check_filled("flow_token", flow_token.expose());
        Call::new(
            "start_oauth_redirect",
            unbroken(self.open(), checked),
            move |transport| async move {
                let client = Client::from_transport(transport);
                let call = client.start_oauth_redirect().flow_token(flow_token);
                call.send().await
            },
        )
    }

    /// Short for [`start_oauth_redirect`](Self::start_oauth_redirect).
    pub fn redirect(&self, flow_token: impl Into<Secret>) -> Call<Redirect> {
        self.start_oauth_redirect(flow_token)
    }

    /// Gets a token of Zendesk's own token URL, through the proxy of ZIS. The OAuth client's secret
    /// goes in the body; no other credentials are sent, and none are needed.
    pub fn create_zis_oauth_token(&self, request: CreateZisOAuthToken) -> Call<ZisOAuthToken> {
        let integration = self.name();
        Call::new(
            "create_zis_oauth_token",
            unbroken(self.open(), request.check()),
            move |transport| async move {
                let client = Client::from_transport(transport);
                let call = client.create_zis_oauth_token().integration(integration);
                call.body(request.into_body()).send().await
            },
        )
    }

    /// Short for [`create_zis_oauth_token`](Self::create_zis_oauth_token).
    pub fn create_token(&self, request: CreateZisOAuthToken) -> Call<ZisOAuthToken> {
        self.create_zis_oauth_token(request)
    }

    /// Exchanges the code for the connection, which Zendesk stores only now (observed). A code works
    /// once (inferred), so that a failed exchange is not repeated: start the flow again.
    pub fn exchange_verification_code(
        &self,
        code: impl Into<VerificationCode>,
    ) -> Call<ExchangedOAuthConnection> {
        let (integration, code) = (self.name(), code.into());
        let checked = check_filled("verification_code", code.as_secret().expose());
        Call::new(
            "exchange_verification_code",
            unbroken(self.own(), checked),
            move |transport| async move {
                let client = Client::from_transport(transport);
                let call = client.exchange_verification_code().integration(integration);
                call.verification_code(code.into_secret()).send().await
            },
        )
    }

    /// Short for [`exchange_verification_code`](Self::exchange_verification_code).
    pub fn exchange(&self, code: impl Into<VerificationCode>) -> Call<ExchangedOAuthConnection> {
        self.exchange_verification_code(code)
    }

    /// Makes Zendesk get new tokens from the third party. That spends the refresh token, and the
    /// third party may end the old access token at once, so it is not repeated by itself. See
    /// [`refresh_if_near_expiry`](Self::refresh_if_near_expiry).
    pub fn refresh_oauth_token<K>(&self, key: K) -> Call<OAuthConnection>
    where
        K: TryInto<ConnectionKey>,
        NameError: From<K::Error>,
    {
        let integration = self.name();
        self.keyed(
            "refresh_oauth_token",
            key,
            move |transport, key| async move {
                let client = Client::from_transport(transport);
                let call = client.refresh_oauth_token().integration(integration);
                let call = match key.0 {
                    NameOrUuid::Name(name) => call.name(name.as_str()),
                    NameOrUuid::Uuid(uuid) => call.uuid(uuid.as_str()),
                };
                call.send().await
            },
        )
    }

    /// Short for [`refresh_oauth_token`](Self::refresh_oauth_token).
    pub fn refresh<K>(&self, key: K) -> Call<OAuthConnection>
    where
        K: TryInto<ConnectionKey>,
        NameError: From<K::Error>,
    {
        self.refresh_oauth_token(key)
    }

    /// A connection, with its tokens in clear: `show_oauth_connection("my_connection")`, or by
    /// [`ConnectionKey::uuid`].
    pub fn show_oauth_connection<K>(&self, key: K) -> Call<OAuthConnection>
    where
        K: TryInto<ConnectionKey>,
        NameError: From<K::Error>,
    {
        let integration = self.name();
        self.keyed(
            "show_oauth_connection",
            key,
            move |transport, key| async move {
                let client = Client::from_transport(transport);
                let call = client.show_oauth_connection().integration(integration);
                let call = match key.0 {
                    NameOrUuid::Name(name) => call.name(name.as_str()),
                    NameOrUuid::Uuid(uuid) => call.uuid(uuid.as_str()),
                };
                call.send().await
            },
        )
    }

    /// Short for [`show_oauth_connection`](Self::show_oauth_connection).
    pub fn show<K>(&self, key: K) -> Call<OAuthConnection>
    where
        K: TryInto<ConnectionKey>,
        NameError: From<K::Error>,
    {
        self.show_oauth_connection(key)
    }

    /// A call about one connection. A wrong key is reported when it is awaited, as the
    /// integration's name is.
    fn keyed<K, F, Sent>(&self, operation: &'static str, key: K, send: F) -> Call<OAuthConnection>
    where
        K: TryInto<ConnectionKey>,
        NameError: From<K::Error>,
        F: FnOnce(Transport, ConnectionKey) -> Sent + Send + 'static,
        Sent: Future<Output = Answer<OAuthConnection>> + Send + 'static,
    {
        let key = key.try_into().map_err(NameError::from);
        match (key, self.own()) {
            (Ok(key), own) => Call::new(operation, own, move |transport| send(transport, key)),
            (Err(error), own) => {
                let refused = own.and(Err(Error::from(error)));
                Call::new(operation, refused, |_| std::future::pending())
            }
        }
    }

    fn name(&self) -> String {
        self.integration()
            .map_or_else(String::new, ToString::to_string)
    }
}

/// The transport, unless there is none or the request breaks a rule.
fn unbroken(
    transport: Result<Transport, Error>,
    checked: Result<(), RequestError>,
) -> Result<Transport, Error> {
    let transport = transport?;
    checked?;
    Ok(transport)
}

async fn start_oauth_flow(
    transport: Transport,
    integration: String,
    request: StartOAuthFlow,
) -> Answer<StartOAuthFlowResponse> {
    let client = Client::from_transport(transport);
    let call = client.start_oauth_flow().integration(integration);
    call.body(request.into_body()).send().await
}
