//! The `oauth2` crate: what does not fit when it is used by itself, and what comes of it over this
//! crate's client.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use zendesk_oauth::authorization::AuthorizationRequest;
use zendesk_oauth::oauth2::basic::{
    BasicClient, BasicErrorResponse, BasicErrorResponseType, BasicTokenResponse,
};
use zendesk_oauth::oauth2::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, TokenResponse,
    TokenUrl,
};
use zendesk_oauth::reqwest;
use zendesk_oauth::token::{
    IssuedToken, Lifetime, LifetimeSource, OAuthClientCredentials, TokenEndpoint,
};
use zendesk_oauth::{Error, Zendesk};
use zendesk_oauth_tests::{Loopback, Silence, Traces, answer, printed};

use crate::endpoint_account::{Account, CALLBACK};

type Client =
    BasicClient<EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;
type Failure<E> = RequestTokenError<E, BasicErrorResponse>;

const GOOD: &str = r#"{"access_token":"CANARY-access","token_type":"bearer","expires_in":1800,
    "refresh_token":"CANARY-refresh","refresh_token_expires_in":2592000,"scope":"read"}"#;
const JSON: (&str, &str) = ("content-type", "application/json");

fn client(base: &str, id: &str) -> Client {
    let url = TokenUrl::new(format!("{base}/oauth/tokens")).unwrap();
    let client = BasicClient::new(ClientId::new(id.to_owned()));
    client
        .set_token_uri(url)
        .set_auth_type(AuthType::RequestBody)
}

fn endpoint(base: &str) -> TokenEndpoint {
    let zendesk = Zendesk::at(base).build().unwrap();
    TokenEndpoint::new(&zendesk, OAuthClientCredentials::public("app"))
}

/// An HTTP client without rules of its own.
async fn by_itself(request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    let request = request.try_into()?;
    let answer = reqwest::Client::new().execute(request).await?;
    let mut plain = HttpResponse::new(Vec::new());
    *plain.status_mut() = answer.status();
    *plain.headers_mut() = answer.headers().clone();
    *plain.body_mut() = answer.bytes().await?.to_vec();
    Ok(plain)
}

/// A refresh that is answered so, without this crate's client.
async fn refreshed_by_itself(
    bytes: Vec<u8>,
) -> Result<BasicTokenResponse, Failure<reqwest::Error>> {
    let server = Loopback::answering(bytes).await;
    let old = RefreshToken::new("old".to_owned());
    let client = client(&server.url(), "app");
    let request = client.exchange_refresh_token(&old);
    request.request_async(&by_itself).await
}

/// The same with it. It is sent once.
async fn refreshed_by_ours(bytes: Vec<u8>) -> Result<BasicTokenResponse, Failure<Error>> {
    let server = Loopback::answering(bytes).await;
    let http = endpoint(&server.url()).oauth2_http_client();
    let old = RefreshToken::new("old".to_owned());
    let client = client(&server.url(), "app");
    let request = client.exchange_refresh_token(&old);
    let outcome = request.request_async(&http).await;
    assert_eq!(server.requests().len(), 1);
    outcome
}

/// Whether a text has these bytes as `Debug` writes a list of them.
fn has_bytes(text: &str, bytes: &str) -> bool {
    let bytes = format!("{:?}", bytes.as_bytes());
    text.contains(bytes.trim_matches(['[', ']']))
}

#[tokio::test]
async fn by_itself_it_loses_the_tokens_of_a_201_and_prints_them() {
    let error = refreshed_by_itself(answer(201, &[JSON], GOOD))
        .await
        .unwrap_err();
    assert!(matches!(error, RequestTokenError::Parse(..)), "{error}");
    assert!(has_bytes(&format!("{error:?}"), "CANARY-refresh"));

    let token = refreshed_by_ours(answer(201, &[JSON], GOOD)).await.unwrap();
    assert_eq!(token.refresh_token().unwrap().secret(), "CANARY-refresh");
}

#[tokio::test]
async fn by_itself_it_loses_tokens_over_an_odd_lifetime_and_a_missing_one_fits() {
    for odd in [json!(-1), json!(1_800.5), json!("1800"), json!(1e300)] {
        let body = json!({
            "access_token": "CANARY-a", "token_type": "bearer", "expires_in": odd,
            "refresh_token": "CANARY-r",
        });
        let bytes = answer(200, &[JSON], body.to_string());
        let error = refreshed_by_itself(bytes.clone()).await.unwrap_err();
        assert!(
            matches!(error, RequestTokenError::Parse(..)),
            "{odd}: {error}"
        );
        let token = refreshed_by_ours(bytes).await.unwrap();
        assert_eq!(token.refresh_token().unwrap().secret(), "CANARY-r");
    }
    for none in [
        r#"{"access_token":"a","token_type":"bearer"}"#,
        r#"{"access_token":"a","token_type":"Bearer","expires_in":null,"refresh_token":null}"#,
    ] {
        let token = refreshed_by_itself(answer(200, &[JSON], none))
            .await
            .unwrap();
        assert_eq!(token.expires_in(), None);
    }
}

#[tokio::test]
async fn by_itself_it_loses_the_status_and_the_wait_of_a_429() {
    let text = "Number of allowed API requests per minute exceeded";
    let bytes = answer(
        429,
        &[("retry-after", "7"), ("content-type", "text/plain")],
        text,
    );
    let error = refreshed_by_itself(bytes.clone()).await.unwrap_err();
    let RequestTokenError::Parse(_, body) = &error else {
        panic!("{error}");
    };
    assert_eq!(body, text.as_bytes());

    let error = refreshed_by_ours(bytes).await.unwrap_err();
    let RequestTokenError::Request(error) = error else {
        panic!("{error}");
    };
    assert!(error.is_rate_limited() && error.retry_after().is_some());
}

#[tokio::test]
async fn by_default_it_sends_the_secret_by_basic_authentication_and_lifetimes_never() {
    let server = Loopback::answering(answer(200, &[JSON], GOOD)).await;
    let client = client(&server.url(), "server")
        .set_client_secret(ClientSecret::new("CANARY-secret".to_owned()))
        .set_redirect_uri(RedirectUrl::new(CALLBACK.to_owned()).unwrap());
    let code = || AuthorizationCode::new("code".to_owned());
    let basic = client.clone().set_auth_type(AuthType::BasicAuth);
    assert!(matches!(
        BasicClient::new(ClientId::new("x".to_owned())).auth_type(),
        AuthType::BasicAuth
    ));
    basic
        .exchange_code(code())
        .request_async(&by_itself)
        .await
        .unwrap();
    let token = client.exchange_code(code()).request_async(&by_itself).await;
    let requests = server.requests();
    assert!(
        requests[0]
            .header("authorization")
            .unwrap()
            .starts_with("Basic ")
    );
    assert_eq!(requests[1].header("authorization"), None);
    for request in requests {
        let form = request.header("content-type").unwrap();
        assert_eq!(form, "application/x-www-form-urlencoded");
        let body = String::from_utf8(request.body).unwrap();
        assert!(
            !body.contains("scope") && !body.contains("expires_in"),
            "{body}"
        );
    }
    // What the answer said of the refresh token's time is dropped.
    let kept: Value = serde_json::to_value(token.unwrap()).unwrap();
    assert_eq!(kept.get("refresh_token_expires_in"), None);
}

#[tokio::test]
async fn over_ours_every_grant_goes_as_far_as_a_source() {
    for status in ["200", "201"] {
        let account = Account::new().await;
        account.sandbox.set_switch("token_status", status).unwrap();
        let request = AuthorizationRequest::new("app", CALLBACK, ["read"]).unwrap();
        let code = account.code(&request).await;
        let http = account.app().oauth2_http_client();
        let client = client(account.sandbox.url(), "app");
        let client = client.set_redirect_uri(RedirectUrl::new(CALLBACK.to_owned()).unwrap());
        let verifier = request.code_verifier().unwrap().expose().to_owned();
        let token = client
            .exchange_code(AuthorizationCode::new(code.secret().expose().to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .add_extra_param("scope", "read")
            .add_extra_param("expires_in", "86400")
            .request_async(&http)
            .await
            .unwrap();
        let issued = IssuedToken::from_oauth2(&token, SystemTime::now()).unwrap();
        let day = Duration::from_secs(86_400);
        let day = Lifetime::limited(day, LifetimeSource::Answer);
        assert_eq!(issued.lifetime, day);
        assert_eq!(issued.scope.as_deref(), Some("read"));
        assert!(account.takes(&issued.access_token).await);

        // What it began, the endpoint goes on with.
        let refresh_token = issued.refresh_token.unwrap();
        let next = account.app().refresh_token(&refresh_token).await.unwrap();
        assert!(account.takes(&next.access_token).await);
        let old = RefreshToken::new(refresh_token.expose().to_owned());
        let request = client.exchange_refresh_token(&old);
        match request.request_async(&http).await.unwrap_err() {
            RequestTokenError::ServerResponse(refusal) => {
                assert_eq!(refusal.error(), &BasicErrorResponseType::InvalidGrant);
            }
            other => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn over_ours_nothing_goes_anywhere_else() {
    let other = Silence::start().await;
    let here = Loopback::answering(answer(307, &[("location", &other.url())], "")).await;
    let http = endpoint(&here.url()).oauth2_http_client();
    let old = RefreshToken::new("CANARY-old".to_owned());
    for base in [other.url(), here.url()] {
        let client = client(&base, "app");
        let outcome = client
            .exchange_refresh_token(&old)
            .request_async(&http)
            .await;
        let RequestTokenError::Request(error) = outcome.unwrap_err() else {
            panic!("not this crate's error");
        };
        assert_eq!(error.is_redirect(), base == here.url(), "{error}");
        assert_eq!(error.is_not_sent(), base == other.url(), "{error}");
    }
    assert_eq!(here.requests().len(), 1);
    other.assert_untouched().await;
}

#[tokio::test]
async fn over_ours_no_answer_is_printed() {
    let traces = Traces::of_the_process();
    let odd_error = r#"{"error":"invalid_grant","error_description":{"a":"CANARY"}}"#;
    let mut text = String::new();
    for bytes in [
        answer(200, &[JSON], GOOD),
        answer(200, &[], "CANARY"),
        answer(200, &[JSON], r#"{"access_token":"CANARY b"}"#),
        answer(201, &[JSON], r#"{"access_token":["CANARY"]}"#),
        answer(400, &[JSON], odd_error),
        answer(400, &[JSON], r#"{"error":{"title":"CANARY-title"}}"#),
        answer(500, &[], "<html>CANARY</html>"),
        answer(302, &[("location", "/CANARY")], "CANARY"),
        Vec::new(),
    ] {
        match refreshed_by_ours(bytes).await {
            Ok(token) => text += &format!("{token:?}"),
            Err(error) => text += &printed(&error),
        }
    }
    text += &format!("{:?}", endpoint("http://127.0.0.1:9").oauth2_http_client());
    for text in [text, traces.text()] {
        assert!(!text.is_empty() && !text.contains("CANARY"), "{text}");
        assert!(!has_bytes(&text, "CANARY"), "{text}");
    }
}
