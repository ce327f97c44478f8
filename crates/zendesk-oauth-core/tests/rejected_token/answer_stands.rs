//! Answers of 401 after which nothing is sent again.

use reqwest::header::{AUTHORIZATION, HeaderValue};
use zendesk_oauth_core::client::Error;
use zendesk_oauth_core::{CredentialError, Credentials, RetryPolicy};
use zendesk_oauth_tests::{Loopback, answer};

use crate::caller::{Caller, found, invalid_token};
use crate::sources::{Stubborn, Tokens, bearer};

#[tokio::test]
async fn what_may_not_be_sent_twice_is_not_but_the_source_is_told() {
    let once = RetryPolicy::never();
    for (operation, policy) in [
        ("create", RetryPolicy::standard()),
        ("show", once),
        ("create", once.even_if_not_idempotent()),
    ] {
        let tokens = Tokens::up_to(2);
        let credentials = Credentials::source(tokens.clone());
        let answers = [invalid_token(), found()];
        let caller = Caller::new(answers, credentials, |it| it.retry_policy(policy)).await;
        let answer = caller.call(operation).await;
        assert_eq!((answer.status().as_u16(), answer.attempts()), (401, 1));
        assert_eq!(caller.sent(), [bearer(1)]);
        assert_eq!(tokens.rejected(), [bearer(1)]);
        assert_eq!(caller.call(operation).await.status(), 200);
    }
}

#[tokio::test]
async fn a_body_that_is_a_stream_is_sent_once() {
    let tokens = Tokens::up_to(2);
    let caller = Caller::of([invalid_token(), found()], &tokens).await;
    let origin = Loopback::answering(answer(200, &[], "streamed")).await;
    let http = caller.transport.http_client();
    let stream = http.get(origin.url()).send().await.unwrap();
    let mut request = caller.request("replace");
    *request.body_mut() = Some(reqwest::Body::from(stream));
    let answer = caller.send("replace", request).await;
    assert_eq!((answer.status().as_u16(), answer.attempts()), (401, 1));
    assert_eq!(tokens.rejected(), [bearer(1)]);
}

#[tokio::test]
async fn without_another_token_the_answer_stands() {
    let tokens = Tokens::up_to(1);
    for credentials in [
        Credentials::source(tokens.clone()),
        Credentials::source(Stubborn),
    ] {
        let caller = Caller::new([invalid_token(), found()], credentials, |it| it).await;
        let answer = caller.call("show").await;
        assert_eq!((answer.status().as_u16(), answer.attempts()), (401, 1));
        assert_eq!(caller.sent(), [bearer(1)]);
    }
    assert_eq!(tokens.rejected(), [bearer(1)]);
}

#[tokio::test]
async fn an_answer_without_another_token_says_why_there_is_none() {
    let tokens = Tokens::up_to(1);
    let caller = Caller::of([invalid_token(), found()], &tokens).await;
    let answer = caller.call("show").await;
    let why = answer.credential_error().unwrap();
    assert!(matches!(why, CredentialError::Unavailable(_)), "{why}");
    let error: Error = Error::UnexpectedResponse(answer);
    assert!(error.is_unauthorized() && !error.is_refusal(), "{error}");
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (401, 1)
    );
    let text = error.to_string();
    assert!(
        text.contains("401") && text.contains("No other token"),
        "{text}"
    );
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "there is no other token");
    // One that gives the same again, or that is not asked, says nothing.
    for (operation, source) in [
        ("show", Credentials::source(Stubborn)),
        ("create", Credentials::source(Tokens::up_to(1))),
    ] {
        let caller = Caller::new([invalid_token()], source, |it| it).await;
        let answer = caller.call(operation).await;
        assert!(answer.credential_error().is_none());
        assert_eq!(answer.status(), 401);
    }
}

#[tokio::test]
async fn any_other_401_changes_nothing() {
    for body in [
        r#"{"error": "Couldn't authenticate you"}"#,
        "Authentication failed",
        "Authorization failed due to integration mismatch",
        r#"{"errors": [{"code": "1200", "detail": "Unauthorized", "status": "401"}]}"#,
        r#"{"error": "Unauthorized", "description": "The server could not verify"}"#,
        r#"{"error": "invalid_client"}"#,
        "",
    ] {
        let tokens = Tokens::up_to(2);
        let headers = [("www-authenticate", "Bearer realm=Zendesk::OAuth")];
        let caller = Caller::of([answer(401, &headers, body), found()], &tokens).await;
        let answer = caller.call("show").await;
        assert_eq!((answer.status().as_u16(), answer.attempts()), (401, 1));
        assert!(tokens.rejected().is_empty(), "{body}");
    }
    // Nor does the word with another status.
    let body = r#"{"error": "invalid_token"}"#;
    for status in [400, 403, 500] {
        let tokens = Tokens::up_to(2);
        let caller = Caller::of([answer(status, &[], body), found()], &tokens).await;
        assert_eq!(caller.call("show").await.attempts(), 1);
        assert!(tokens.rejected().is_empty(), "{status}");
    }
}

#[tokio::test]
async fn credentials_of_others_are_theirs_to_replace() {
    let fixed = Credentials::bearer("CANARY-token-1");
    let caller = Caller::new([invalid_token(), found()], fixed, |it| it).await;
    assert_eq!(caller.call("show").await.attempts(), 1);

    // A hook's own header, and an operation that takes no credentials of ours.
    let tokens = Tokens::up_to(2);
    let answers = [invalid_token(), invalid_token(), found()];
    let caller = Caller::of(answers, &tokens).await;
    let own = HeaderValue::from_static("Bearer CANARY-own");
    let mut request = caller.request("show");
    request.headers_mut().insert(AUTHORIZATION, own);
    assert_eq!(caller.send("show", request).await.attempts(), 1);
    assert_eq!(caller.call("open").await.attempts(), 1);
    assert_eq!(caller.sent(), ["Bearer CANARY-own", ""]);
    assert!(tokens.rejected().is_empty());
}
