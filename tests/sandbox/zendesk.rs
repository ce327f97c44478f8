//! A sandbox with a caller.

use std::sync::{Arc, LazyLock, Mutex};

use reqwest::{Method, StatusCode, header::HeaderMap};
use serde_json::Value;
use zendesk_oauth_sandbox::{Exchange, Sandbox, SandboxBuilder};

use crate::contract::{self, Contract, Coverage};

/// The documents, read once.
pub(crate) static CONTRACT: LazyLock<Contract> = LazyLock::new(Contract::published);

/// A running sandbox, and a client that follows no redirect.
///
/// Every answer that no fault made is held against the documents; what they do not allow fails the
/// test at its end.
pub(crate) struct Zendesk {
    pub(crate) sandbox: Sandbox,
    http: reqwest::Client,
    /// Looked at when it is dropped.
    _violations: Violations,
    /// Which documented statuses were seen.
    pub(crate) coverage: Arc<Mutex<Coverage>>,
}

/// What no document allows: fails the test once nobody adds to it any more.
struct Violations(Arc<Mutex<Vec<String>>>);

impl Drop for Violations {
    fn drop(&mut self) {
        let found = self.0.lock().expect("no watcher panics");
        if !std::thread::panicking() {
            assert!(
                found.is_empty(),
                "answers that no document allows: {found:#?}"
            );
        }
    }
}

/// The credentials of the seed that a sandbox begins with when it is given no other: every kind is there.
#[derive(Clone)]
pub(crate) struct Known {
    pub(crate) admin_token: String,
    pub(crate) admin_email: String,
    pub(crate) read_only_token: String,
    pub(crate) expired_token: String,
    pub(crate) agent_token: String,
    pub(crate) api_token: String,
    pub(crate) admin_session: String,
    pub(crate) integration: String,
    pub(crate) zis_oauth_client: String,
    pub(crate) zis_token: String,
    pub(crate) other_zis_token: String,
    pub(crate) chat_token: String,
    pub(crate) chat_read_only_token: String,
    pub(crate) chat_agent_token: String,
    pub(crate) chat_expired_token: String,
}

impl Known {
    pub(crate) fn of(sandbox: &Sandbox) -> Self {
        let credentials = sandbox.credentials();
        Self {
            admin_token: credentials.admin_token.clone(),
            admin_email: credentials.admin_email.clone(),
            read_only_token: credentials.read_only_token().to_owned(),
            expired_token: credentials.expired_token().to_owned(),
            agent_token: credentials.agent_token().to_owned(),
            api_token: credentials.api_token().to_owned(),
            admin_session: credentials.admin_session().to_owned(),
            integration: credentials.integration().to_owned(),
            zis_oauth_client: credentials.zis_oauth_client().to_owned(),
            zis_token: credentials.zis_token().to_owned(),
            other_zis_token: credentials.other_zis_token().to_owned(),
            chat_token: credentials.chat_token().to_owned(),
            chat_read_only_token: credentials.chat_read_only_token().to_owned(),
            chat_agent_token: credentials.chat_agent_token().to_owned(),
            chat_expired_token: credentials.chat_expired_token().to_owned(),
        }
    }
}

/// An exchange as the contract reads it, for as long as `then` looks at it.
pub(crate) fn read<T>(exchange: &Exchange, then: impl FnOnce(&contract::Exchange<'_>) -> T) -> T {
    let texts = |headers: &HeaderMap| -> Vec<(String, String)> {
        let texts = headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.to_string(), value)
        });
        texts.collect()
    };
    let path_and_query = exchange.uri.path_and_query().map_or("/", |it| it.as_str());
    then(&contract::Exchange {
        method: exchange.method.as_str(),
        path_and_query,
        request_headers: &texts(&exchange.request_headers),
        request_body: &exchange.request_body,
        status: exchange.status.as_u16(),
        response_headers: &texts(&exchange.response_headers),
        response_body: &exchange.response_body,
    })
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("a body of JSON")
    }

    /// A header as text; empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }
}

impl Zendesk {
    /// With every default.
    pub(crate) async fn start() -> Self {
        Self::of(Sandbox::builder()).await
    }

    pub(crate) async fn of(builder: SandboxBuilder) -> Self {
        let violations = Arc::new(Mutex::new(Vec::new()));
        let coverage = Arc::new(Mutex::new(Coverage::default()));
        let (seen, covered) = (Arc::clone(&violations), Arc::clone(&coverage));
        let builder = builder.observer(move |exchange| {
            match read(exchange, |exchange| CONTRACT.check(exchange)) {
                Ok(checked) => {
                    let mut covered = covered.lock().expect("no watcher panics");
                    covered.note(&checked, exchange.forced);
                }
                // What a test forces is the test's own.
                Err(_) if exchange.forced => {}
                Err(found) => seen.lock().expect("no watcher panics").extend(found),
            }
        });
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        Self {
            sandbox: builder.start().await.expect("a free port"),
            http: http.build().expect("a client"),
            _violations: Violations(violations),
            coverage,
        }
    }

    /// Credentials of each kind.
    pub(crate) fn credentials(&self) -> Known {
        Known::of(&self.sandbox)
    }

    /// A request to a path of the sandbox, or to a whole URL, to add to and send.
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = match path.starts_with("http") {
            true => path.to_owned(),
            false => format!("{}{path}", self.sandbox.url()),
        };
        self.http.request(method, url)
    }

    /// Sends a request with the admin's token.
    pub(crate) async fn admin(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let token = &self.sandbox.credentials().admin_token;
        let mut request = self.request(method, path).bearer_auth(token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        answered(request).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.admin(Method::GET, path, None).await
    }
}

/// Sends a request that gets an answer.
pub(crate) async fn answered(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.expect("an answer");
    Answer {
        status: response.status(),
        headers: response.headers().clone(),
        text: response.text().await.expect("a body of text"),
    }
}
