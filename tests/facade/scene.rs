//! An account in which every operation has what it needs, and copies of it.

use reqwest::header::LOCATION;
use zendesk_chat_oauth_tokens as chat;
use zendesk_oauth_core::Credentials;
use zendesk_oauth_sandbox::{Exchange, Sandbox, SandboxBuilder, Snapshot, Switches};
use zendesk_support_global_oauth_clients as globals;
use zendesk_support_oauth_clients as support;
use zendesk_support_oauth_tokens as tokens;
use zendesk_zis_oauth_connections as zis;

use crate::prints::Secrets;

pub(crate) const CALLBACK: &str = "https://client.int/callback";
/// A connection that is stored.
pub(crate) const CONNECTION: &str = "stored_connection";

/// What the calls need, and the state in which it is good.
pub(crate) struct Scene {
    snapshot: Snapshot,
    pub(crate) support_token: String,
    pub(crate) zis_token: String,
    pub(crate) chat_token: String,
    pub(crate) integration: String,
    pub(crate) zis_oauth_client: String,
    /// An OAuth client of the account.
    pub(crate) client_number: i64,
    /// A token of that client.
    pub(crate) token_number: i64,
    pub(crate) global_client_number: i64,
    pub(crate) chat_token_number: i64,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    /// Of a flow that has begun.
    pub(crate) flow_token: String,
    /// Of a flow whose user has agreed.
    pub(crate) verification_code: String,
    pub(crate) secrets: Secrets,
}

fn builder() -> SandboxBuilder {
    let mut switches = Switches::default();
    switches.apply("unattended").expect("a profile");
    Sandbox::builder().switches(switches)
}

impl Scene {
    pub(crate) async fn set() -> Self {
        let sandbox = builder().start().await.expect("a free port");
        let known = sandbox.credentials();
        let admin = Credentials::bearer(known.admin_token.clone());
        let admin = support::Client::new(sandbox.url(), admin).expect("a URL");
        // One that nobody's token hangs on.
        let client = support::types::CreateOAuthClient::builder()
            .name("Set")
            .identifier("set")
            .kind(support::types::OAuthClientKind::Confidential)
            .redirect_uri(vec![CALLBACK.to_owned()]);
        let client = support::types::CreateOAuthClientRequest::builder().client(client);
        let client = admin
            .create_oauth_client()
            .body(client)
            .send()
            .await
            .expect("created");
        let admin = || Credentials::bearer(known.admin_token.clone());
        let token = tokens::types::CreateSupportOAuthToken::builder()
            .client_id(client.client.id)
            .scopes(vec!["read".to_owned()])
            .expires_in(600);
        let token = tokens::types::CreateSupportOAuthTokenRequest::builder().token(token);
        let of_tokens = tokens::Client::new(sandbox.url(), admin()).expect("a URL");
        let token = of_tokens
            .create_support_oauth_token()
            .body(token)
            .send()
            .await
            .expect("created");
        let of_globals = globals::Client::new(sandbox.url(), admin()).expect("a URL");
        let globals = of_globals.list_global_oauth_clients().send().await;
        let globals = globals.expect("a list").into_inner().global_clients;
        let agent = Credentials::bearer(known.chat_token());
        let agent = chat::Client::new(&format!("{}/api/v2/chat", sandbox.url()), agent);
        let agent = agent.expect("a URL");
        let tokens = agent.list_chat_oauth_tokens().send().await.expect("a list");
        let flows = Flows {
            zis: zis::Client::new(sandbox.url(), Credentials::bearer(known.zis_token()))
                .expect("a URL"),
            sandbox: &sandbox,
        };
        let code = flows.agreed(CONNECTION).await;
        let exchange = flows
            .zis
            .exchange_verification_code()
            .integration(known.integration());
        exchange
            .verification_code(code)
            .send()
            .await
            .expect("stored");
        let scene = Self {
            flow_token: parameter(&flows.begun("begun_connection").await, "flow_token"),
            verification_code: flows.agreed("agreed_connection").await,
            snapshot: sandbox.snapshot(),
            support_token: known.admin_token.clone(),
            zis_token: known.zis_token().to_owned(),
            chat_token: known.chat_token().to_owned(),
            integration: known.integration().to_owned(),
            zis_oauth_client: known.zis_oauth_client().to_owned(),
            client_number: client.client.id,
            token_number: token.token.id,
            global_client_number: globals[0].id,
            chat_token_number: tokens.last().expect("a token of the seed").id,
            client_id: known.client_id().to_owned(),
            client_secret: known.client_secret().to_owned(),
            secrets: Secrets::default(),
        };
        let own = [
            &scene.support_token,
            &scene.zis_token,
            &scene.chat_token,
            &scene.client_secret,
        ];
        let of_flows = [&scene.flow_token, &scene.verification_code];
        own.into_iter()
            .chain(of_flows)
            .for_each(|secret| scene.secrets.add(secret));
        scene
    }

    /// A sandbox of its own in that state.
    pub(crate) async fn copy(
        &self,
        observe: impl Fn(&Exchange) + Send + Sync + 'static,
    ) -> Sandbox {
        let secrets = self.secrets.clone();
        let builder = builder().observer(move |exchange| {
            secrets.add_of(exchange);
            observe(exchange);
        });
        let sandbox = builder.start().await.expect("a free port");
        sandbox
            .restore(&self.snapshot)
            .expect("a snapshot of a sandbox");
        sandbox
    }
}

/// Flows of ZIS in a sandbox in which nobody has to click.
struct Flows<'a> {
    sandbox: &'a Sandbox,
    zis: zis::Client,
}

impl Flows<'_> {
    /// The address at which a new flow goes on.
    async fn begun(&self, name: &str) -> reqwest::Url {
        let known = self.sandbox.credentials();
        let flow = zis::types::StartOAuthFlowRequest::builder()
            .name(name)
            .oauth_client_name(known.zis_oauth_client().to_owned())
            .origin_oauth_redirect_url(CALLBACK.to_owned())
            .permission_scopes("read write".to_owned())
            .allow_offline_access(true);
        let start = self
            .zis
            .start_oauth_flow()
            .integration(known.integration())
            .body(flow);
        let started = start.send().await.expect("started");
        reqwest::Url::parse(started.redirect_url.expose()).expect("a URL")
    }

    /// The verification code of a new flow.
    async fn agreed(&self, name: &str) -> String {
        let policy = reqwest::redirect::Policy::none();
        let browser = reqwest::Client::builder()
            .redirect(policy)
            .build()
            .expect("a client");
        let mut url = self.begun(name).await;
        while url.as_str().starts_with(self.sandbox.url()) {
            let answer = browser.get(url.clone()).send().await.expect("an answer");
            let location = answer.headers().get(LOCATION).expect("a redirect");
            url = url.join(location.to_str().expect("text")).expect("a URL");
        }
        parameter(&url, "verification_code")
    }
}

fn parameter(url: &reqwest::Url, name: &str) -> String {
    let found = url.query_pairs().find(|(key, _)| key == name);
    found.unwrap_or_else(|| panic!("no {name}")).1.into_owned()
}
