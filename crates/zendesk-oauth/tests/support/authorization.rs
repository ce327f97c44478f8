//! Authorization URLs, from the consent page to a token.

use serde_json::{Value, json};
use zendesk_oauth::authorization::{AuthorizationCode, AuthorizationRequest};
use zendesk_oauth::reqwest::{self, StatusCode, Url, redirect};
use zendesk_oauth::support::{NewOAuthClient, OAuthClientChanges};
use zendesk_oauth::{Secret, Zendesk};

use super::Account;

const CALLBACK: &str = "https://app.example.com/callback?kept=1";

impl Account {
    async fn with_consent(consent: &str) -> Self {
        let account = Self::new().await;
        account.sandbox.set_switch("consent", consent).unwrap();
        let clients = account.zendesk.oauth_clients();
        let app = NewOAuthClient::public("App", "app", CALLBACK);
        clients.create(app).await.unwrap();
        account
    }

    /// The confidential client `server`, and its secret.
    async fn server(&self) -> Secret {
        let new = NewOAuthClient::confidential("Server", "server").redirect_uris([CALLBACK]);
        let registered = self.zendesk.oauth_clients().register(new).await.unwrap();
        registered.into_parts().1
    }

    /// Where the consent page sends the browser.
    async fn callback(&self, request: &AuthorizationRequest) -> String {
        let browser = reqwest::Client::builder().redirect(redirect::Policy::none());
        let browser = browser.build().unwrap();
        let answer = browser
            .get(request.url(&self.zendesk).expose())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::FOUND);
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Redeems the code of a request that was allowed, with further members.
    async fn redeemed(
        &self,
        request: &AuthorizationRequest,
        further: Value,
    ) -> (StatusCode, Value) {
        let callback = self.callback(request).await;
        let code = request.code_from_callback(&callback).unwrap();
        let mut body = json!({
            "grant_type": "authorization_code", "code": code.secret(), "scope": request.scope(),
            "client_id": request.client_id(), "redirect_uri": request.redirect_uri(),
        });
        let further = further.as_object().unwrap().clone();
        body.as_object_mut().unwrap().extend(further);
        self.token(&body).await
    }
}

fn app() -> AuthorizationRequest {
    AuthorizationRequest::new("app", CALLBACK, ["read", "write"]).unwrap()
}

#[tokio::test]
async fn a_public_client_gets_a_token_with_its_verifier_only() {
    let account = Account::with_consent("approve").await;
    let request = app();
    let verifier = json!({ "code_verifier": request.code_verifier().unwrap() });
    let (status, token) = account.redeemed(&request, verifier).await;
    assert_eq!(status, StatusCode::OK, "{token}");
    assert_eq!(token["scope"], "read write");

    let other = json!({ "code_verifier": app().code_verifier().unwrap() });
    let (status, refused) = account.redeemed(&request, other).await;
    assert_eq!(
        (status, &refused["error"]),
        (StatusCode::BAD_REQUEST, &json!("invalid_grant"))
    );
    let (status, _) = account.redeemed(&request, json!({})).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_confidential_client_gets_a_token_with_pkce_and_without() {
    let account = Account::with_consent("approve").await;
    let secret = account.server().await;
    let with = AuthorizationRequest::new("server", CALLBACK, ["read"]).unwrap();
    let both = json!({ "client_secret": secret, "code_verifier": with.code_verifier().unwrap() });
    assert_eq!(account.redeemed(&with, both).await.0, StatusCode::OK);
    // The server holds the client to the PKCE that it began with.
    let one = json!({ "client_secret": secret });
    assert_eq!(
        account.redeemed(&with, one.clone()).await.0,
        StatusCode::BAD_REQUEST
    );

    let without = AuthorizationRequest::confidential_without_pkce("server", CALLBACK, ["read"]);
    let without = without.unwrap();
    assert!(without.code_verifier().is_none());
    assert!(
        !without
            .url(&account.zendesk)
            .expose()
            .contains("code_challenge")
    );
    assert_eq!(account.redeemed(&without, one).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_person_who_denies_and_a_server_that_refuses_are_told_apart() {
    let account = Account::with_consent("deny").await;
    let request = app();
    let callback = account.callback(&request).await;
    let error = request.code_from_callback(&callback).unwrap_err();
    assert!(error.is_denied());
    assert!(error.description().unwrap().contains("denied"));
    let error = zendesk_oauth::Error::from(error);
    assert!(error.is_denied() && !error.is_not_sent(), "{error}");
    assert!(error.to_string().contains("access_denied"), "{error}");
    let description = error.callback().and_then(|error| error.description());
    assert!(description.is_some());

    let odd = AuthorizationRequest::new("app", CALLBACK, ["bogus"]).unwrap();
    let callback = account.callback(&odd).await;
    let error = odd.code_from_callback(&callback).unwrap_err();
    assert!(
        !error.is_denied() && error.to_string().contains("invalid_scope"),
        "{error}"
    );
}

#[tokio::test]
async fn a_callback_is_of_one_request_only() {
    let account = Account::with_consent("approve").await;
    let (mine, other) = (app(), app());
    let callback = account.callback(&mine).await;
    assert!(other.code_from_callback(&callback).is_err());
    let kept = Secret::from(mine.state().expose());
    let code = AuthorizationCode::from_callback(&callback, &kept).unwrap();
    assert!(!code.secret().expose().is_empty());
}

#[test]
fn the_url_has_what_the_page_reads_and_keeps_the_stem() {
    let zendesk = Zendesk::at("http://127.0.0.1:1/stem").build().unwrap();
    let request = app();
    let url = request.url(&zendesk);
    assert_eq!(format!("{url:?}"), "Secret([redacted])");
    let url = Url::parse(url.expose()).unwrap();
    assert_eq!(url.path(), "/stem/oauth/authorizations/new");
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "code_challenge",
            "code_challenge_method"
        ]
    );
    assert_eq!(
        (pairs[0].1.as_str(), pairs[2].1.as_str()),
        ("code", CALLBACK)
    );
    assert_eq!(
        (pairs[3].1.as_str(), pairs[6].1.as_str()),
        ("read write", "S256")
    );
    let verifier = request.code_verifier().unwrap().expose();
    assert!(!url.as_str().contains(verifier));
    let printed = format!("{request:?}");
    assert!(!printed.contains(verifier) && !printed.contains(request.state().expose()));
    assert_eq!(url.as_str(), request.url(&zendesk).expose());
    assert_ne!(url.as_str(), app().url(&zendesk).expose());
}

#[test]
fn of_a_redirect_uri_scheme_and_host_are_printed_only() {
    let uri = "https://app.example.com:8443/CANARY-path?CANARY-query=1";
    let request = AuthorizationRequest::new("app", uri, ["read"]).unwrap();
    let new = NewOAuthClient::public("App", "app", uri);
    let changes = OAuthClientChanges::new().redirect_uris([uri]);
    for printed in [
        format!("{request:?} {request:#?}"),
        format!("{new:?} {new:#?}"),
        format!("{changes:?} {changes:#?}"),
    ] {
        assert!(!printed.contains("CANARY"), "{printed}");
        assert!(printed.contains("https://app.example.com"), "{printed}");
    }
}

#[test]
fn states_are_unreserved_and_never_repeat() {
    let states: Vec<Secret> = (0..200).map(|_| app().state().clone()).collect();
    let mut texts: Vec<&str> = states.iter().map(Secret::expose).collect();
    for text in &texts {
        let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        assert!(text.len() == 43 && text.bytes().all(is_unreserved));
    }
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts.len(), states.len());
}

#[test]
fn requests_that_cannot_be_right_are_refused() {
    let request = |client_id: &str, redirect_uri: &str, scopes: &[&str]| {
        let error = AuthorizationRequest::new(client_id, redirect_uri, scopes).unwrap_err();
        let text = error.to_string();
        assert!(
            text.ends_with("Nothing was sent.") && !text.contains('\n'),
            "{text}"
        );
        text
    };
    assert!(request(" ", CALLBACK, &["read"]).contains("client_id"));
    assert!(request("app", "/callback", &["read"]).contains("absolute"));
    assert!(request("app", "http://a.example/", &["read"]).contains("https"));
    assert!(request("app", CALLBACK, &[]).contains("scope"));
    assert!(request("app", CALLBACK, &["a\"b"]).contains("scope"));
}
