//! Tokens by client_credentials.

use super::*;
use crate::token::TokenError;
use crate::token::testing::Reply;

fn minting() -> Setting {
    let clock = FastClock::new();
    let mut setting = Setting::over(clock.clone(), FaultyStore::new(&clock));
    setting.source = builder(&clock, &setting.endpoint, &setting.store)
        .client_credentials(["read"])
        .build();
    setting
}

#[tokio::test]
async fn tokens_are_minted_without_a_login() {
    let setting = minting();
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    setting.clock.pass(30 * MINUTE);
    assert_eq!(token(&setting.source).await, "CANARY-access-3");
    assert_eq!(setting.endpoint.requests(), 2);
    let sibling = builder(&setting.clock, &setting.endpoint, &setting.store)
        .client_credentials(["read"])
        .build();
    assert_eq!(token(&sibling).await, "CANARY-access-3");
    assert_eq!(setting.endpoint.requests(), 2);
}

#[tokio::test]
async fn a_failed_minting_is_tried_again() {
    let setting = minting();
    setting.endpoint.replies(&[Reply::LostBefore]);
    let error = setting.source.access_token().await.unwrap_err();
    assert!(matches!(error, TokenError::Refused(_)), "{error}");
    setting.clock.pass(MINUTE / 60);
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
}

#[tokio::test]
async fn minting_does_not_overwrite_the_login_of_a_person() {
    let setting = Setting::new();
    let source = builder(&setting.clock, &setting.endpoint, &setting.store)
        .client_credentials(["read"])
        .build();
    let error = source.access_token().await.unwrap_err();
    assert!(matches!(error, TokenError::OtherLogin { .. }), "{error}");
    assert_eq!(setting.store.calls(), ["load"]);
}

#[tokio::test]
async fn a_source_that_mints_takes_no_login() {
    let setting = minting();
    let login = crate::token::testing::issued(7, noon());
    let error = setting.source.log_in(&login).await.unwrap_err();
    assert!(matches!(error, TokenError::NeedsNoLogin { .. }), "{error}");
    assert!(!error.needs_login() && error.is_not_sent());
    assert!(setting.store.record().is_none());
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
}
