//! A call that is made again with another token.

use zendesk_oauth_core::{Credentials, RetryBudget, RetryPolicy};
use zendesk_oauth_tests::{Traces, answer, answer_claiming};

use crate::caller::{Caller, found, invalid_token};
use crate::sources::{Tokens, bearer};

#[tokio::test]
async fn a_rejected_token_is_replaced_and_the_call_made_again_at_once() {
    let tokens = Tokens::up_to(2);
    let budget = RetryBudget::new(3);
    let caller = Caller::new(
        [invalid_token(), found()],
        Credentials::source(tokens.clone()),
        |builder| builder.retry_budget(budget.clone()),
    )
    .await;
    let answer = caller.call("show").await;
    assert_eq!((answer.status().as_u16(), answer.attempts()), (200, 2));
    assert_eq!(caller.sent(), [bearer(1), bearer(2)]);
    assert_eq!(tokens.rejected(), [bearer(1)]);
    assert!(caller.clock.waits().is_empty());
    assert_eq!(budget.available(), 3);
    let traces = Traces::of_the_process().text();
    assert!(traces.contains("the access token was rejected"), "{traces}");
}

#[tokio::test]
async fn an_empty_budget_does_not_keep_a_call_from_another_token() {
    let tokens = Tokens::up_to(2);
    let budget = RetryBudget::new(0);
    let credentials = Credentials::source(tokens.clone());
    let answers = [invalid_token(), found()];
    let caller = Caller::new(answers, credentials, |it| it.retry_budget(budget)).await;
    assert_eq!(caller.call("show").await.status(), 200);
}

#[tokio::test]
async fn the_header_says_it_too_even_if_the_body_breaks_off() {
    let headers = [(
        "www-authenticate",
        r#"Bearer realm="Zendesk", error="invalid_token""#,
    )];
    for rejection in [
        answer(401, &headers, "no"),
        answer_claiming(401, &headers, b"{", 100),
    ] {
        let tokens = Tokens::up_to(2);
        let caller = Caller::of([rejection, found()], &tokens).await;
        assert_eq!(caller.call("show").await.status(), 200);
        assert_eq!(caller.sent(), [bearer(1), bearer(2)]);
        assert!(caller.clock.waits().is_empty());
    }
}

#[tokio::test]
async fn the_body_is_sent_again_as_it_was() {
    let tokens = Tokens::up_to(2);
    let caller = Caller::of([invalid_token(), found()], &tokens).await;
    let mut request = caller.request("replace");
    *request.body_mut() = Some("CANARY-body".into());
    assert_eq!(caller.send("replace", request).await.attempts(), 2);
    let bodies: Vec<_> = caller
        .server
        .requests()
        .into_iter()
        .map(|it| it.body)
        .collect();
    assert_eq!(bodies, [b"CANARY-body", b"CANARY-body"]);
}

#[tokio::test]
async fn a_token_that_is_rejected_in_its_place_ends_the_call() {
    let tokens = Tokens::up_to(9);
    let caller = Caller::of([invalid_token(), invalid_token(), found()], &tokens).await;
    let answer = caller.call("show").await;
    assert_eq!((answer.status().as_u16(), answer.attempts()), (401, 2));
    assert_eq!(caller.sent(), [bearer(1), bearer(2)]);
    // The source hears of both, and the next call has the third.
    assert_eq!(tokens.rejected(), [bearer(1), bearer(2)]);
    assert_eq!(caller.call("show").await.status(), 200);
    assert_eq!(caller.sent().last(), Some(&bearer(3)));
}

#[tokio::test]
async fn a_caller_may_say_that_twice_is_harmless() {
    let tokens = Tokens::up_to(2);
    let policy = RetryPolicy::standard().even_if_not_idempotent();
    let credentials = Credentials::source(tokens.clone());
    let answers = [invalid_token(), found()];
    let caller = Caller::new(answers, credentials, |it| it.retry_policy(policy)).await;
    assert_eq!(caller.call("create").await.attempts(), 2);
}
