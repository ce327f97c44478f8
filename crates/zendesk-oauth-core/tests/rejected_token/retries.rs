//! Another token beside retries, their budget, and pacing.

use zendesk_oauth_core::{Credentials, Pacing, RetryBudget};
use zendesk_oauth_tests::answer;

use crate::caller::{Caller, found, invalid_token};
use crate::sources::{Tokens, bearer};

#[tokio::test]
async fn transient_failures_before_and_after_count_as_they_do() {
    let unavailable = || answer(503, &[("retry-after", "1")], "{}");
    let tokens = Tokens::up_to(2);
    let budget = RetryBudget::new(5);
    let answers = [unavailable(), invalid_token(), unavailable(), found()];
    let credentials = Credentials::source(tokens.clone());
    let caller = Caller::new(answers, credentials, |it| it.retry_budget(budget.clone())).await;
    let answer = caller.call("show").await;
    assert_eq!((answer.status().as_u16(), answer.attempts()), (200, 4));
    assert_eq!(caller.sent(), [bearer(1), bearer(1), bearer(2), bearer(2)]);
    assert_eq!(tokens.rejected(), [bearer(1)]);
    assert_eq!(caller.clock.waits().len(), 2);
    // Two retries took a token, and the last attempt gave one back.
    assert_eq!(budget.available(), 4);

    // The last attempt of the policy is the last.
    let tokens = Tokens::up_to(2);
    let answers = [unavailable(), unavailable(), unavailable(), invalid_token()];
    let caller = Caller::of(answers, &tokens).await;
    let answer = caller.call("show").await;
    assert_eq!((answer.status().as_u16(), answer.attempts()), (401, 4));
    assert_eq!(tokens.rejected(), [bearer(1)]);
}

#[tokio::test]
async fn a_retry_that_meets_a_rejection_gives_one_token_back_and_no_more() {
    let tokens = Tokens::up_to(2);
    let budget = RetryBudget::new(5);
    let answers = [answer(503, &[], "{}"), invalid_token(), found()];
    let credentials = Credentials::source(tokens.clone());
    let caller = Caller::new(answers, credentials, |it| it.retry_budget(budget.clone())).await;
    caller.call("show").await;
    assert_eq!(budget.available(), 5);

    // Ten calls that took none give one back, renewed or not.
    let budget = RetryBudget::new(5);
    let tokens = Tokens::up_to(20);
    let lost = (0..4).map(|_| answer(503, &[], "{}"));
    let renewed = (0..10).flat_map(|_| [invalid_token(), found()]);
    let credentials = Credentials::source(tokens.clone());
    let answers = lost.chain(renewed);
    let caller = Caller::new(answers, credentials, |it| it.retry_budget(budget.clone())).await;
    caller.call("show").await;
    assert_eq!(budget.available(), 2);
    for _ in 0..9 {
        assert_eq!(caller.call("show").await.attempts(), 2);
        assert_eq!(budget.available(), 2);
    }
    caller.call("show").await;
    assert_eq!(budget.available(), 3);
}

#[tokio::test]
async fn pacing_holds_the_second_attempt_back_as_any_other() {
    let headers = [
        ("ratelimit-limit", "100"),
        ("ratelimit-remaining", "0"),
        ("ratelimit-reset", "30"),
    ];
    let body = r#"{"error": "invalid_token"}"#;
    let tokens = Tokens::up_to(2);
    let credentials = Credentials::source(tokens);
    let answers = [answer(401, &headers, body), found()];
    let caller = Caller::new(answers, credentials, |it| it.pacing(Pacing::new())).await;
    assert_eq!(caller.call("show").await.status(), 200);
    assert_eq!(caller.clock.waits().len(), 1);

    // Nobody waits for a token that there is not.
    let tokens = Tokens::up_to(1);
    let credentials = Credentials::source(tokens);
    let answers = [answer(401, &headers, body)];
    let caller = Caller::new(answers, credentials, |it| it.pacing(Pacing::new())).await;
    assert_eq!(caller.call("show").await.status(), 401);
    assert!(caller.clock.waits().is_empty());
}
