//! The right refusal for each wrong credential, before the path is looked at.

use jiff::Timestamp;
use reqwest::{Method, StatusCode};
use serde_json::json;
use zendesk_oauth_sandbox::Sandbox;

use crate::zendesk::{Answer, Zendesk, answered};

const CLIENTS: &str = "/api/v2/oauth/clients";

async fn bearer(zendesk: &Zendesk, method: Method, path: &str, token: &str) -> Answer {
    answered(zendesk.request(method, path).bearer_auth(token)).await
}

#[tokio::test]
async fn bad_and_expired_tokens_are_invalid_tokens() {
    let zendesk = Zendesk::start().await;
    let expired = zendesk.credentials().expired_token.clone();
    for token in ["CANARY-wrong", "", &expired] {
        let refused = bearer(&zendesk, Method::GET, CLIENTS, token).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert_eq!(
            refused.header("www-authenticate"),
            "Bearer realm=Zendesk::OAuth"
        );
        let text = "The access token provided is expired, revoked, malformed or invalid for other reasons.";
        let body = json!({ "error": "invalid_token", "error_description": text });
        assert_eq!(refused.json(), body);
    }
}

#[tokio::test]
async fn without_credentials_nobody_learns_which_paths_exist() {
    let zendesk = Zendesk::start().await;
    for path in [CLIENTS, "/api/v2/nothing", "/api/v2/oauth/clients/1/2/3"] {
        for method in [Method::GET, Method::POST, Method::PATCH] {
            let refused = answered(zendesk.request(method, path)).await;
            assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{path}");
            assert_eq!(
                refused.json(),
                json!({ "error": "Couldn't authenticate you" })
            );
        }
    }
    for (method, path) in [(Method::GET, "/api/v2/nothing"), (Method::PATCH, CLIENTS)] {
        let refused = zendesk.admin(method, path, None).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
        let body = json!({ "error": "InvalidEndpoint", "description": "Not found" });
        assert_eq!(refused.json(), body);
    }
}

#[tokio::test]
async fn an_api_token_serves_until_2027_04_30_and_a_password_does_not() {
    for (now, status) in [
        ("2027-04-29T23:59:59Z", StatusCode::OK),
        ("2027-04-30T00:00:00Z", StatusCode::UNAUTHORIZED),
    ] {
        let now: Timestamp = now.parse().expect("a time");
        let zendesk = Zendesk::of(Sandbox::builder().frozen_at(now)).await;
        let credentials = zendesk.credentials().clone();
        let user = format!("{}/token", credentials.admin_email);
        let request = zendesk.request(Method::GET, CLIENTS);
        let answer = answered(request.basic_auth(&user, Some(&credentials.api_token))).await;
        assert_eq!(answer.status, status);
    }
    let zendesk = Zendesk::start().await;
    let credentials = zendesk.credentials().clone();
    let token = format!("{}/token", credentials.admin_email);
    for (user, password) in [
        (token.as_str(), "CANARY-wrong"),
        (credentials.admin_email.as_str(), "CANARY-password"),
        (credentials.admin_email.as_str(), &credentials.api_token),
        ("nobody@example.com/token", &credentials.api_token),
    ] {
        let request = zendesk.request(Method::GET, CLIENTS);
        let refused = answered(request.basic_auth(user, Some(password))).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{user}");
        assert_eq!(
            refused.json(),
            json!({ "error": "Couldn't authenticate you" })
        );
    }
}

#[tokio::test]
async fn headers_that_are_no_credentials_are_refused() {
    let zendesk = Zendesk::start().await;
    for value in [
        "Basic",
        "Basic !!!",
        "Basic bm8tY29sb24=",
        "Digest x",
        "Bearer",
        "x",
        "Basic /////w==",
    ] {
        let request = zendesk
            .request(Method::GET, CLIENTS)
            .header("authorization", value);
        let refused = answered(request).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{value}");
    }
}

#[tokio::test]
async fn scopes_are_enforced() {
    let zendesk = Zendesk::start().await;
    let token = zendesk.credentials().read_only_token.clone();
    let listed = bearer(&zendesk, Method::GET, CLIENTS, &token).await;
    assert_eq!(listed.status, StatusCode::OK);
    for (method, path) in [
        (Method::POST, CLIENTS.to_owned()),
        (Method::PUT, format!("{CLIENTS}/1")),
        (Method::DELETE, format!("{CLIENTS}/1")),
        (Method::PUT, format!("{CLIENTS}/1/generate_secret")),
    ] {
        let refused = bearer(&zendesk, method, &path, &token).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        let description = "Missing the following required scopes: write";
        let body = json!({ "error": "Forbidden", "description": description });
        assert_eq!(refused.json(), body);
    }
}

#[tokio::test]
async fn who_is_not_an_admin_has_no_access() {
    let zendesk = Zendesk::start().await;
    let token = zendesk.credentials().agent_token.clone();
    for path in [CLIENTS, "/api/v2/users/me/oauth/clients"] {
        let refused = bearer(&zendesk, Method::GET, path, &token).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert_eq!(refused.json()["error"]["title"], "Forbidden");
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let zendesk = Zendesk::start().await;
    let credentials = zendesk.credentials();
    let connections = format!("/api/services/zis/connections/{}", credentials.integration);
    for (path, token, allowed) in [
        ("/oauth/tokens", &credentials.admin_token, "POST"),
        (&connections, &credentials.zis_token, "GET, HEAD"),
        (
            "/api/v2/chat/oauth/tokens",
            &credentials.chat_token,
            "GET, HEAD",
        ),
    ] {
        let refused = bearer(&zendesk, Method::PATCH, path, token).await;
        assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert_eq!(refused.header("allow"), allowed, "{path}");
    }
}

#[tokio::test]
async fn every_answer_has_an_id_and_the_limit() {
    let zendesk = Zendesk::start().await;
    let mut ids = std::collections::HashSet::new();
    for path in [
        CLIENTS,
        "/api/v2/nothing",
        "/oauth/nothing",
        "/",
        "/api/services/zis/x",
    ] {
        let answer = zendesk.get(path).await;
        assert!(
            ids.insert(answer.header("x-request-id").to_owned()),
            "{path}"
        );
    }
    assert!(!ids.contains(""));
    let answer = zendesk.get(CLIENTS).await;
    for (header, value) in [
        ("x-rate-limit", "700"),
        ("ratelimit-limit", "700"),
        ("ratelimit-reset", "60"),
    ] {
        assert_eq!(answer.header(header), value);
    }
    assert_eq!(
        answer.header("x-rate-limit-remaining"),
        answer.header("ratelimit-remaining")
    );
}

#[tokio::test]
async fn a_request_too_many_is_refused_until_the_minute_ends() {
    let zendesk = Zendesk::start().await;
    zendesk
        .sandbox
        .set_switch("rate_limit", "2")
        .expect("a switch");
    for remaining in ["1", "0"] {
        let answer = zendesk.get(CLIENTS).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("x-rate-limit-remaining"), remaining);
    }
    let refused = zendesk.get(CLIENTS).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        refused.text,
        "Number of allowed API requests per minute exceeded"
    );
    assert!(refused.header("content-type").starts_with("text/plain"));
    for (header, value) in [
        ("retry-after", "60"),
        ("x-rate-limit", "2"),
        ("x-rate-limit-remaining", "0"),
        ("cache-control", "max-age=60,public"),
    ] {
        assert_eq!(refused.header(header), value, "{header}");
    }
    zendesk
        .sandbox
        .set_switch("too_many_requests", "json")
        .expect("a switch");
    assert_eq!(
        zendesk.get(CLIENTS).await.json()["error"],
        "TooManyRequests"
    );
    let form = "without-retry-after";
    zendesk
        .sandbox
        .set_switch("too_many_requests", form)
        .expect("a switch");
    assert_eq!(zendesk.get(CLIENTS).await.header("retry-after"), "");
    zendesk
        .sandbox
        .clock()
        .advance(jiff::SignedDuration::from_secs(60));
    assert_eq!(zendesk.get(CLIENTS).await.status, StatusCode::OK);
}
