//! ZIS, and the stand-in for third parties.

mod callers;
mod clients;
mod connections;
mod flow;
mod list;
mod provider;
mod refusals;
mod registry;
mod token;
mod variants;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::zendesk::{Answer, Zendesk, answered};

pub(super) const START: &str = "/api/services/zis/connections/oauth/start/my_integration";
pub(super) const ACCESS_CODES: &str =
    "/api/services/zis/connections/oauth/access_codes/my_integration";
pub(super) const REFRESH: &str = "/api/services/zis/connections/refresh/my_integration";
pub(super) const SHOW: &str = "/api/services/zis/connections/my_integration";
pub(super) const CLIENTS: &str = "/api/services/zis/connections/oauth/clients/my_integration";

/// A path with a query, encoded.
pub(super) fn query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut url = reqwest::Url::parse("http://host").expect("a URL");
    url.set_path(path);
    url.query_pairs_mut().extend_pairs(pairs);
    url.as_str().trim_start_matches("http://host").to_owned()
}

/// A parameter of a URL's query, decoded; empty when there is none.
pub(super) fn parameter(url: &str, name: &str) -> String {
    let url = reqwest::Url::parse(url).expect("an absolute URL");
    let mut pairs = url.query_pairs();
    let found = pairs.find(|(known, _)| known == name);
    found
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

/// Sends a request with the integration's token.
pub(super) async fn zis(
    zendesk: &Zendesk,
    method: Method,
    path: &str,
    body: Option<Value>,
) -> Answer {
    let token = &zendesk.credentials().zis_token;
    let mut request = zendesk.request(method, path).bearer_auth(token);
    if let Some(body) = body {
        request = request.json(&body);
    }
    answered(request).await
}

/// A GET without credentials, as a browser sends it.
pub(super) async fn browser(zendesk: &Zendesk, url: &str) -> Answer {
    answered(zendesk.request(Method::GET, url)).await
}

/// A sandbox whose third party agrees at once.
pub(super) async fn agreeing() -> Zendesk {
    let zendesk = Zendesk::start().await;
    zendesk
        .sandbox
        .set_switch("provider_consent", "approve")
        .expect("as documented");
    zendesk
}

/// The body that starts a flow which asks for everything.
pub(super) fn whole_start() -> Value {
    json!({
        "allow_offline_access": true,
        "grant_type": "authorization_code",
        "name": "my_connection",
        "oauth_client_name": "my_oauth_client",
        "oauth_url_subdomain": "foobar",
        "origin_oauth_redirect_url": "https://client.int/callback?from=test",
        "permission_scopes": "read write",
    })
}

/// Starts a flow; returns the URL for the browser.
pub(super) async fn started(zendesk: &Zendesk, body: Value) -> String {
    let answer = zis(zendesk, Method::POST, START, Some(body)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let body = answer.json();
    assert_eq!(body.as_object().expect("as documented").len(), 1);
    body["redirect_url"].as_str().expect("a URL").to_owned()
}

/// Follows redirects as a browser does, as far as they lead within the sandbox.
pub(super) async fn followed(zendesk: &Zendesk, url: &str) -> Vec<Answer> {
    let mut answers = vec![browser(zendesk, url).await];
    loop {
        let next = answers
            .last()
            .expect("one at least")
            .header("location")
            .to_owned();
        if !next.starts_with(zendesk.sandbox.url()) {
            return answers;
        }
        answers.push(browser(zendesk, &next).await);
    }
}

/// Starts a flow and lets the third party agree; returns the verification code.
pub(super) async fn verified(zendesk: &Zendesk, body: Value) -> String {
    let url = started(zendesk, body).await;
    let answers = followed(zendesk, &url).await;
    let last = answers.last().expect("an answer").header("location");
    parameter(last, "verification_code")
}

pub(super) async fn exchanged(zendesk: &Zendesk, code: &str) -> Answer {
    let path = query(ACCESS_CODES, &[("verification_code", code)]);
    zis(zendesk, Method::GET, &path, None).await
}

/// Makes a connection.
pub(super) async fn connected(zendesk: &Zendesk, body: Value) -> Value {
    let code = verified(zendesk, body).await;
    let answer = exchanged(zendesk, &code).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

/// Asserts a refusal in the documented shape.
#[track_caller]
pub(super) fn refused(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    let body = answer.json();
    let error = &body["errors"][0];
    let members: Vec<&String> = error.as_object().expect("an error").keys().collect();
    assert_eq!(members, ["code", "detail", "status"]);
    assert_eq!(error["code"], code);
    assert_eq!(error["status"], status.to_string());
    assert_eq!(body.as_object().expect("as documented").len(), 1, "{body}");
}

/// Asserts a refusal that says one thing as text.
#[track_caller]
pub(super) fn refused_as_text(answer: &Answer, status: u16, text: &str) {
    assert_eq!(
        (answer.status.as_u16(), answer.text.as_str()),
        (status, text)
    );
}
