//! OAuth tokens of Chat.

use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::zendesk::{Answer, Zendesk, answered};

const TOKENS: &str = "/api/v2/chat/oauth/tokens";

async fn chat(zendesk: &Zendesk, method: Method, path: &str, token: &str) -> Answer {
    answered(zendesk.request(method, path).bearer_auth(token)).await
}

async fn listed(zendesk: &Zendesk) -> Vec<Value> {
    let token = &zendesk.credentials().chat_token;
    let answer = chat(zendesk, Method::GET, TOKENS, token).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json().as_array().expect("a bare array").clone()
}

fn with_token<'a>(tokens: &'a [Value], access_token: &str) -> &'a Value {
    let mut tokens = tokens.iter();
    tokens
        .find(|it| it["access_token"] == access_token)
        .expect("it is listed")
}

#[track_caller]
fn refused(answer: &Answer, status: u16, error: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    let body = answer.json();
    let members: Vec<&String> = body.as_object().expect("as documented").keys().collect();
    assert_eq!(members, ["description", "error"]);
    assert_eq!(body["error"], error);
}

#[tokio::test]
async fn tokens_are_listed_in_full() {
    let zendesk = Zendesk::start().await;
    let tokens = listed(&zendesk).await;
    let credentials = zendesk.credentials();
    let own = with_token(&tokens, &credentials.chat_token);
    let members: Vec<&String> = own.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        [
            "access_token",
            "agent_id",
            "client_identifier",
            "create_date",
            "expire_date",
            "id",
            "refresh_token",
            "scopes",
            "token_type"
        ]
    );
    assert_eq!(own["scopes"], "read write chat");
    assert_eq!(own["token_type"], "Bearer");
    assert_eq!(own["create_date"], "2026-01-01T00:00:00Z");
    assert_eq!(own["expire_date"], Value::Null);
    assert_eq!(own["refresh_token"], Value::Null);
    let expired = with_token(&tokens, &credentials.chat_expired_token);
    assert_eq!(expired["expire_date"], "2026-11-02T08:00:00Z");
    assert!(expired["refresh_token"].is_string());
    assert!(tokens.iter().any(|it| it["agent_id"] != own["agent_id"]));
}

#[tokio::test]
async fn dates_can_be_without_a_zone() {
    let zendesk = Zendesk::start().await;
    zendesk
        .sandbox
        .set_switch("chat_dates", "zoneless")
        .unwrap();
    let tokens = listed(&zendesk).await;
    let expired = with_token(&tokens, &zendesk.credentials().chat_expired_token);
    assert_eq!(expired["create_date"], "2026-01-01T00:00:00");
    assert_eq!(expired["expire_date"], "2026-11-02T08:00:00");
}

#[tokio::test]
async fn a_revoked_token_is_gone_at_once() {
    let zendesk = Zendesk::start().await;
    let credentials = zendesk.credentials().clone();
    let tokens = listed(&zendesk).await;
    let path = |token: &str| format!("{TOKENS}/{}", with_token(&tokens, token)["id"]);
    let victim = path(&credentials.chat_read_only_token);
    let answer = chat(&zendesk, Method::DELETE, &victim, &credentials.chat_token).await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::NO_CONTENT, "")
    );
    let answer = chat(
        &zendesk,
        Method::GET,
        TOKENS,
        &credentials.chat_read_only_token,
    )
    .await;
    refused(&answer, 401, "Unauthorized");
    assert_eq!(listed(&zendesk).await.len(), tokens.len() - 1);
    let answer = chat(&zendesk, Method::DELETE, &victim, &credentials.chat_token).await;
    refused(&answer, 404, "Not Found");
    // Whoever revokes the own token is locked out.
    let own = path(&credentials.chat_token);
    let answer = chat(&zendesk, Method::DELETE, &own, &credentials.chat_token).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let answer = chat(&zendesk, Method::DELETE, &own, &credentials.chat_token).await;
    refused(&answer, 401, "Unauthorized");
}

#[tokio::test]
async fn an_id_is_an_integer_that_somebody_has() {
    let zendesk = Zendesk::start().await;
    let token = &zendesk.credentials().chat_token;
    for (id, status, error) in [
        ("CANARY", 400, "Bad Request"),
        ("1.5", 400, "Bad Request"),
        ("99999999999999999999", 400, "Bad Request"),
        ("7", 404, "Not Found"),
        ("-7", 404, "Not Found"),
    ] {
        let answer = chat(&zendesk, Method::DELETE, &format!("{TOKENS}/{id}"), token).await;
        refused(&answer, status, error);
        assert!(!answer.text.contains("CANARY"));
    }
    refused(
        &chat(&zendesk, Method::POST, TOKENS, token).await,
        405,
        "Method Not Allowed",
    );
    refused(
        &chat(&zendesk, Method::GET, "/api/v2/chat/nothing", token).await,
        404,
        "Not Found",
    );
}

#[tokio::test]
async fn only_an_administrators_token_with_the_scope_serves() {
    let zendesk = Zendesk::start().await;
    let credentials = zendesk.credentials().clone();
    let one = format!("{TOKENS}/7");
    let (list, revoke) = ((Method::GET, TOKENS), (Method::DELETE, one.as_str()));
    for (method, path) in [list.clone(), revoke.clone()] {
        refused(
            &answered(zendesk.request(method.clone(), path)).await,
            401,
            "Unauthorized",
        );
        for token in [
            "CANARY",
            &credentials.chat_expired_token,
            &credentials.admin_token,
            &credentials.zis_token,
        ] {
            refused(
                &chat(&zendesk, method.clone(), path, token).await,
                401,
                "Unauthorized",
            );
        }
        let user = format!("{}/token", credentials.admin_email);
        let request = zendesk
            .request(method.clone(), path)
            .basic_auth(user, Some(&credentials.api_token));
        refused(&answered(request).await, 401, "Unauthorized");
        let answer = chat(&zendesk, method, path, &credentials.chat_agent_token).await;
        refused(&answer, 403, "Forbidden");
    }
    let read_only = &credentials.chat_read_only_token;
    assert_eq!(
        chat(&zendesk, list.0, list.1, read_only).await.status,
        StatusCode::OK
    );
    refused(
        &chat(&zendesk, revoke.0, revoke.1, read_only).await,
        403,
        "Forbidden",
    );
}

#[tokio::test]
async fn a_token_serves_until_it_expires() {
    let zendesk = Zendesk::start().await;
    let tokens = listed(&zendesk).await;
    let mut passing = tokens
        .iter()
        .filter(|it| it["expire_date"] == "2026-11-02T19:00:00Z");
    let passing = passing
        .find(|it| it["scopes"] == "read write")
        .expect("one is an administrator's");
    let token = passing["access_token"].as_str().unwrap();
    zendesk
        .sandbox
        .clock()
        .advance(jiff::SignedDuration::from_mins(599));
    assert_eq!(
        chat(&zendesk, Method::GET, TOKENS, token).await.status,
        StatusCode::OK
    );
    zendesk
        .sandbox
        .clock()
        .advance(jiff::SignedDuration::from_mins(1));
    refused(
        &chat(&zendesk, Method::GET, TOKENS, token).await,
        401,
        "Unauthorized",
    );
}

#[tokio::test]
async fn the_old_path_is_that_of_support_and_the_old_host_is_gone() {
    let zendesk = Zendesk::start().await;
    let token = &zendesk.credentials().chat_token;
    let old = "/api/v2/oauth/tokens";
    let answer = chat(&zendesk, Method::GET, old, token).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.json()["error"], "invalid_token");
    for path in [old, "/oauth2/token"] {
        for host in ["www.zopim.com", "WWW.Zopim.com:8080"] {
            let request = zendesk.request(Method::GET, path).header("host", host);
            refused(
                &answered(request.bearer_auth(token)).await,
                404,
                "Not Found",
            );
        }
    }
}
