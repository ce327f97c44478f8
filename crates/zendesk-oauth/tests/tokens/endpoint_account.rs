//! A sandbox with OAuth clients, and what was sent to its token endpoint.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use zendesk_oauth::authorization::{AuthorizationCode, AuthorizationRequest};
use zendesk_oauth::reqwest::{self, redirect};
use zendesk_oauth::support::NewOAuthClient;
use zendesk_oauth::token::{IssuedToken, OAuthClientCredentials, TokenEndpoint};
use zendesk_oauth::{Credentials, Secret, Zendesk};
use zendesk_oauth_sandbox::Sandbox;

pub(crate) const CALLBACK: &str = "https://app.example.com/callback?kept=1";

/// A request to the token endpoint.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) body: Value,
    pub(crate) content_type: String,
    pub(crate) has_authorization: bool,
}

/// The public client `app` and the confidential client `server`.
pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    /// Without credentials.
    pub(crate) zendesk: Zendesk,
    secret: Secret,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Account {
    /// The consent page agrees at once.
    pub(crate) async fn new() -> Self {
        let sent = Arc::<Mutex<Vec<Sent>>>::default();
        let kept = Arc::clone(&sent);
        let sandbox = Sandbox::builder().observer(move |exchange| {
            if exchange.operation == Some("create_token_for_grant_type") {
                let headers = &exchange.request_headers;
                let content_type = headers["content-type"].to_str().unwrap().to_owned();
                kept.lock().unwrap().push(Sent {
                    body: serde_json::from_slice(&exchange.request_body).unwrap_or_default(),
                    content_type,
                    has_authorization: headers.contains_key("authorization"),
                });
            }
        });
        let sandbox = sandbox.start().await.unwrap();
        sandbox.apply_profile("unattended").unwrap();
        let admin = Credentials::bearer(sandbox.credentials().admin_token);
        let clients = Zendesk::at(sandbox.url()).support(admin).build().unwrap();
        let clients = clients.oauth_clients();
        let app = NewOAuthClient::public("App", "app", CALLBACK);
        clients.create(app).await.unwrap();
        let server = NewOAuthClient::confidential("Server", "server").redirect_uris([CALLBACK]);
        let secret = clients.register(server).await.unwrap().into_parts().1;
        let zendesk = Zendesk::at(sandbox.url()).build().unwrap();
        Self {
            sandbox,
            zendesk,
            secret,
            sent,
        }
    }

    pub(crate) fn app(&self) -> TokenEndpoint {
        TokenEndpoint::new(&self.zendesk, OAuthClientCredentials::public("app"))
    }

    pub(crate) fn server(&self) -> TokenEndpoint {
        let client = OAuthClientCredentials::confidential("server", self.secret.clone());
        TokenEndpoint::new(&self.zendesk, client)
    }

    /// A code for this request, as the browser brings it.
    pub(crate) async fn code(&self, request: &AuthorizationRequest) -> AuthorizationCode {
        let browser = reqwest::Client::builder().redirect(redirect::Policy::none());
        let url = request.url(&self.zendesk);
        let answer = browser.build().unwrap().get(url.expose()).send().await;
        let answer = answer.unwrap();
        let callback = answer.headers()["location"].to_str().unwrap();
        request.code_from_callback(callback).unwrap()
    }

    /// Logs the public client in.
    pub(crate) async fn logged_in(&self) -> IssuedToken {
        let request = AuthorizationRequest::new("app", CALLBACK, ["read"]).unwrap();
        let code = self.code(&request).await;
        self.app().authorization_code(&request, code).await.unwrap()
    }

    /// What was sent to the token endpoint.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }

    /// Whether Zendesk takes this access token.
    pub(crate) async fn takes(&self, token: &Secret) -> bool {
        let url = format!("{}/api/v2/oauth/tokens/current", self.sandbox.url());
        let asked = reqwest::Client::new().get(url).bearer_auth(token.expose());
        asked.send().await.unwrap().status().is_success()
    }
}
