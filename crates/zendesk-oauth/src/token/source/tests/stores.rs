//! Stores that fail, and that lose what they had.

use super::*;
use crate::token::testing::{Fault, Reply, issued};
use crate::token::{LoginEnd, LoginEndReason, TokenError};

#[tokio::test]
async fn a_store_that_is_down_leads_to_no_redemption() {
    let setting = Setting::new();
    token(&setting.source).await;
    setting.store.set_down(true);
    setting.clock.pass(27 * MINUTE);
    for _ in 0..20 {
        assert_eq!(token(&setting.source).await, "CANARY-access-1");
        setting.clock.pass(MINUTE / 10);
        tokio::task::yield_now().await;
    }
    setting.clock.pass(3 * MINUTE);
    let error = setting.source.access_token().await.unwrap_err();
    assert!(matches!(error, TokenError::Store(_)), "{error}");
    assert!(crate::Error::from(error).is_transient());
    assert_eq!(setting.endpoint.requests(), 0);
    setting.store.set_down(false);
    setting.clock.pass(2 * MINUTE);
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
}

#[tokio::test]
async fn an_intent_that_cannot_be_written_is_not_sent() {
    let setting = Setting::new().after_the_end();
    setting.store.fault(3, Fault::Fails);
    setting.source.access_token().await.unwrap_err();
    assert_eq!(setting.store.calls()[3], "swap");
    assert_eq!(setting.endpoint.requests(), 0);
}

#[tokio::test]
async fn an_answer_that_cannot_be_stored_is_served_and_stored_later() {
    let setting = Setting::new().after_the_end();
    // load, lease, load, intent, renew, and the answer a few times.
    for call in 5..12 {
        setting.store.fault(call, Fault::Fails);
    }
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert!(setting.source.state().is_unsaved);
    assert!(setting.store.record().unwrap().intent.is_some());
    until(|| !setting.source.state().is_unsaved).await;
    assert_eq!(setting.store.record().unwrap().generation, 2);
    assert_eq!(setting.endpoint.requests(), 1);
}

#[tokio::test]
async fn an_unsaved_answer_replaces_an_end_that_was_declared_meanwhile() {
    let setting = Setting::new().after_the_end();
    for call in 5..9 {
        setting.store.fault(call, Fault::Fails);
    }
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert!(setting.source.state().is_unsaved);
    let ended = Record {
        end: Some(LoginEnd::new(LoginEndReason::Refused, noon())),
        ..record(1)
    };
    setting.store.put(ended);
    until(|| !setting.source.state().is_unsaved).await;
    let stored = setting.store.record().unwrap();
    assert!(stored.generation == 2 && stored.end.is_none());
}

#[tokio::test]
async fn a_store_that_lost_everything_gets_it_back() {
    let setting = Setting::new();
    token(&setting.source).await;
    setting.store.lose();
    setting.clock.pass(27 * MINUTE);
    token(&setting.source).await;
    until(|| {
        setting
            .store
            .record()
            .is_some_and(|record| record.generation == 2)
    })
    .await;
    assert_eq!(setting.endpoint.most_redeemed(), 1);
}

#[tokio::test]
async fn a_store_that_went_back_is_put_right() {
    let setting = Setting::new().after_the_end();
    token(&setting.source).await;
    setting.store.put(record(1));
    setting.clock.pass(30 * MINUTE);
    assert_eq!(token(&setting.source).await, "CANARY-access-3");
    assert_eq!(setting.endpoint.requests(), 2);
}

#[tokio::test]
async fn a_lost_answer_is_not_forgotten_with_the_store() {
    let setting = Setting::new().after_the_end();
    setting
        .endpoint
        .replies(&[Reply::LostAfter, Reply::LostBefore]);
    setting.source.access_token().await.unwrap_err();
    setting.store.lose();
    setting.clock.pass(MINUTE);
    let error = setting.source.access_token().await.unwrap_err();
    let is_lost = matches!(
        &error,
        TokenError::Ended(end) if matches!(end.reason, LoginEndReason::AnswerLost { .. })
    );
    assert!(is_lost, "{error}");
}

#[tokio::test]
async fn the_login_of_another_client_is_left_alone() {
    let other = Record {
        client_id: "other".to_owned(),
        ..record(1)
    };
    let setting = Setting::of(other);
    let error = setting.source.access_token().await.unwrap_err();
    assert!(matches!(error, TokenError::OtherLogin { .. }), "{error}");
    assert_eq!(setting.store.calls(), ["load"]);
}

#[tokio::test]
async fn a_login_whose_answer_of_the_store_is_lost_is_in_use() {
    let setting = Setting::new();
    setting.store.fault(1, Fault::FailsAfter);
    setting.source.log_in(&issued(50, noon())).await.unwrap();
    assert_eq!(token(&setting.source).await, "CANARY-access-50");
    setting.store.fault(4, Fault::TooLate);
    setting.source.log_in(&issued(60, noon())).await.unwrap();
    assert_eq!(token(&setting.sibling()).await, "CANARY-access-60");
}

#[tokio::test]
async fn a_thousand_refreshes_lose_no_login() {
    let setting = Setting::new();
    for turn in 0..1_000 {
        setting.clock.pass(30 * MINUTE);
        if turn % 3 == 0 {
            setting.endpoint.replies(&[Reply::LostBefore]);
        }
        assert_eq!(
            token(&setting.source).await,
            setting.endpoint.access_token()
        );
    }
    assert_eq!(setting.endpoint.most_redeemed(), 1);
    assert_eq!(setting.store.record().unwrap().generation, 1_001);
}
