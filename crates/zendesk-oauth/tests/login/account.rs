//! A sandbox with an OAuth client to log in with.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use zendesk_oauth::reqwest::{self, StatusCode};
use zendesk_oauth::support::NewOAuthClient;
use zendesk_oauth::token::{IssuedToken, Login, OAuthClientCredentials, TokenEndpoint};
use zendesk_oauth::{Clock, Credentials, SystemClock, Zendesk};
use zendesk_oauth_sandbox::Sandbox;

const REDEEM: &str = "create_token_for_grant_type";

pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    pub(crate) endpoint: TokenEndpoint,
    /// The port of the redirect URI.
    pub(crate) port: u16,
    pub(crate) redirect_uri: String,
    redeemed: Arc<Mutex<Vec<Value>>>,
}

impl Account {
    /// The person agrees without being asked.
    pub(crate) async fn agreeing() -> Self {
        Self::with("approve", "127.0.0.1", SystemClock).await
    }

    pub(crate) async fn denying() -> Self {
        Self::with("deny", "127.0.0.1", SystemClock).await
    }

    /// With a client whose redirect URI is of this host, at a port that was free.
    pub(crate) async fn with(consent: &str, host: &str, clock: impl Clock) -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        let redirect_uri = format!("http://{host}:{port}/callback");
        Self::at(consent, redirect_uri, port, clock).await
    }

    pub(crate) async fn at(
        consent: &str,
        redirect_uri: String,
        port: u16,
        clock: impl Clock,
    ) -> Self {
        let redeemed = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&redeemed);
        let sandbox = Sandbox::builder().observer(move |exchange| {
            if exchange.operation == Some(REDEEM) {
                let sent = serde_json::from_slice(&exchange.request_body);
                kept.lock().unwrap().push(sent.unwrap_or_default());
            }
        });
        let sandbox = sandbox.start().await.unwrap();
        sandbox.set_switch("consent", consent).unwrap();
        let admin = Zendesk::at(sandbox.url())
            .support(Credentials::bearer(sandbox.credentials().admin_token))
            .build()
            .unwrap();
        let app = NewOAuthClient::public("App", "app", redirect_uri.as_str());
        admin.oauth_clients().create(app).await.unwrap();
        let zendesk = Zendesk::at(sandbox.url()).clock(clock).build().unwrap();
        Self {
            endpoint: TokenEndpoint::new(&zendesk, OAuthClientCredentials::public("app")),
            sandbox,
            port,
            redirect_uri,
            redeemed,
        }
    }

    pub(crate) fn login(&self) -> Login {
        Login::new(&self.endpoint, ["read"]).redirect_uri(&self.redirect_uri)
    }

    /// What was sent to redeem codes.
    pub(crate) fn redeemed(&self) -> Vec<Value> {
        self.redeemed.lock().unwrap().clone()
    }

    /// Whether the sandbox takes the access token.
    pub(crate) async fn takes(&self, issued: &IssuedToken) -> bool {
        let url = format!("{}/api/v2/oauth/tokens/current", self.sandbox.url());
        let call = reqwest::Client::new().get(url);
        let answer = call.bearer_auth(issued.access_token.expose()).send().await;
        answer.unwrap().status() == StatusCode::OK
    }
}
