//! What the tests of OAuth share: clients, token requests, and where a redirect goes.

use jiff::Timestamp;
use reqwest::{Method, RequestBuilder, StatusCode, Url};
use serde_json::{Value, json};
use zendesk_oauth_sandbox::Sandbox;

use crate::zendesk::{Answer, Zendesk, answered};

/// Where the clients of the tests wait for their codes.
pub(crate) const CALLBACK: &str = "https://app.example.com/callback?kept=1";

/// The example of RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A client that was registered.
pub(crate) struct Client {
    pub(crate) id: i64,
    pub(crate) identifier: String,
    pub(crate) secret: String,
}

/// A sandbox whose clock stands at that time, with one switch set.
pub(crate) async fn at(time: &str, switch: (&str, &str)) -> Zendesk {
    let time: Timestamp = time.parse().expect("a time");
    let zendesk = Zendesk::of(Sandbox::builder().frozen_at(time)).await;
    zendesk
        .sandbox
        .set_switch(switch.0, switch.1)
        .expect("a switch");
    zendesk
}

/// A sandbox with one switch set.
pub(crate) async fn with(name: &str, value: &str) -> Zendesk {
    let zendesk = Zendesk::start().await;
    zendesk.sandbox.set_switch(name, value).expect("a switch");
    zendesk
}

impl Zendesk {
    pub(crate) async fn register(&self, kind: &str) -> Client {
        let identifier = format!("{kind}_app");
        let client = json!({ "client": {
            "name": "App <b>&\"'", "identifier": identifier, "kind": kind, "redirect_uri": [CALLBACK],
        } });
        let path = "/api/v2/oauth/clients";
        let created = self.admin(Method::POST, path, Some(client)).await.json();
        let client = &created["client"];
        Client {
            id: client["id"].as_i64().expect("an id"),
            identifier,
            secret: client["secret"].as_str().expect("a text").to_owned(),
        }
    }

    /// `POST /oauth/tokens` with JSON.
    pub(crate) async fn ask(&self, body: &Value) -> Answer {
        answered(self.request(Method::POST, "/oauth/tokens").json(body)).await
    }

    /// The page's address for a client, with parameters over the usual ones; an empty value takes one away.
    pub(crate) fn page(&self, client: &Client, parameters: &[(&str, &str)]) -> Url {
        let mut all = vec![
            ("response_type", "code"),
            ("client_id", client.identifier.as_str()),
            ("redirect_uri", CALLBACK),
            ("scope", "read write"),
            ("state", "CANARY-state &\""),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        for parameter in parameters {
            all.retain(|(name, _)| *name != parameter.0);
            if !parameter.1.is_empty() {
                all.push(*parameter);
            }
        }
        let address = format!("{}/oauth/authorizations/new", self.sandbox.url());
        Url::parse_with_params(&address, all).expect("a URL")
    }

    /// The code that the page redirects with at once.
    pub(crate) async fn code(&self, client: &Client, parameters: &[(&str, &str)]) -> String {
        let page = self.page(client, parameters);
        let answer = answered(self.request(Method::GET, page.as_str())).await;
        redirected(&answer, "code")
    }

    /// A pair for a public client, from code to token, with further members in the request.
    pub(crate) async fn pair(&self, client: &Client, further: Value) -> Value {
        let code = self.code(client, &[]).await;
        let answer = self
            .ask(&merged(code_request(client, &code), further))
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json()
    }

    /// The status of `users/me/oauth/clients` for a token: 401 once it is dead.
    pub(crate) async fn tried(&self, token: &Value) -> StatusCode {
        let token = token["access_token"].as_str().expect("a text");
        let path = "/api/v2/users/me/oauth/clients";
        answered(self.request(Method::GET, path).bearer_auth(token))
            .await
            .status
    }
}

/// The request of a client that shows the verifier and no secret.
pub(crate) fn code_request(client: &Client, code: &str) -> Value {
    json!({
        "grant_type": "authorization_code", "code": code, "client_id": client.identifier,
        "redirect_uri": CALLBACK, "scope": "read write", "code_verifier": VERIFIER,
    })
}

pub(crate) fn refresh_request(client: &Client, pair: &Value) -> Value {
    json!({
        "grant_type": "refresh_token", "client_id": client.identifier,
        "refresh_token": pair["refresh_token"],
    })
}

pub(crate) fn secret_request(client: &Client) -> Value {
    json!({
        "grant_type": "client_credentials", "client_id": client.identifier,
        "client_secret": client.secret, "scope": "read",
    })
}

/// An object with the members of another over its own.
pub(crate) fn merged(mut object: Value, other: Value) -> Value {
    let members = other.as_object().expect("an object").clone();
    object.as_object_mut().expect("an object").extend(members);
    object
}

/// A parameter of the address that a redirect leads to; empty when it has none.
pub(crate) fn redirected(answer: &Answer, parameter: &str) -> String {
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.text);
    let address = Url::parse(answer.header("location")).expect("a URL");
    let mut pairs = address.query_pairs();
    let found = pairs.find(|(name, _)| name == parameter);
    found.map_or_else(String::new, |(_, value)| value.into_owned())
}

/// Status and error code of a refusal, whose members are those of RFC 6749.
pub(crate) fn refusal(answer: &Answer) -> (u16, String) {
    let body = answer.json();
    let members: Vec<&String> = body.as_object().expect("an object").keys().collect();
    assert_eq!(members, ["error", "error_description"], "{body}");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(!answer.text.contains("CANARY"), "{}", answer.text);
    let error = body["error"].as_str().expect("a text").to_owned();
    (answer.status.as_u16(), error)
}

/// A request with a form as its body.
pub(crate) fn form(request: RequestBuilder, pairs: &[(String, String)]) -> RequestBuilder {
    let url = Url::parse_with_params("http://localhost/", pairs).expect("a URL");
    request
        .header("content-type", "application/x-www-form-urlencoded")
        .body(url.query().unwrap_or_default().to_owned())
}
