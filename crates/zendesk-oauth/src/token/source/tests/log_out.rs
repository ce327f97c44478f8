//! Forgetting a login, beside others who know it.

use super::*;
use crate::token::testing::{Fault, issued};
use crate::token::{LoginEndReason, TokenError, TokenPhase};

fn is_forgotten(setting: &Setting) -> bool {
    let record = setting.store.record().unwrap();
    let is_over = record
        .end()
        .is_some_and(|end| end.reason == LoginEndReason::LoggedOut);
    is_over && !record.to_json().expose().contains("CANARY")
}

#[tokio::test]
async fn a_login_that_was_forgotten_is_over_here_and_for_siblings() {
    let setting = Setting::new();
    let sibling = setting.sibling();
    token(&setting.source).await;
    token(&sibling).await;
    setting.source.log_out().await.unwrap();
    assert!(is_forgotten(&setting));
    assert_eq!(setting.source.state().phase(), TokenPhase::Ended);
    // The sibling's token is good until its end; then it looks, and puts nothing back.
    setting.clock.pass(30 * MINUTE);
    for source in [&setting.source, &sibling, &setting.sibling()] {
        let error = source.access_token().await.unwrap_err();
        assert!(
            matches!(&error, TokenError::Ended(end) if end.reason == LoginEndReason::LoggedOut),
            "{error}"
        );
        assert!(error.needs_login());
    }
    assert!(is_forgotten(&setting));
    assert_eq!(setting.endpoint.most_redeemed(), 0);
}

#[tokio::test]
async fn a_refresh_under_way_elsewhere_is_waited_for_and_forgotten_too() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.close();
    let sibling = setting.sibling();
    let caller = tokio::spawn(async move { sibling.access_token().await });
    until(|| setting.store.calls().contains(&"renew")).await;
    let source = setting.source.clone();
    let forgetting = tokio::spawn(async move { source.log_out().await });
    setting.endpoint.open();
    caller.await.unwrap().unwrap();
    forgetting.await.unwrap().unwrap();
    assert!(is_forgotten(&setting));
}

#[test]
fn an_answer_that_was_not_stored_in_time_brings_nothing_back() {
    let setting = Setting::new().after_the_end();
    // load, lease, load, swap of the intent, renew: then the answer is swapped.
    setting.store.fault(5, Fault::Fails);
    let runtime = || {
        let builder = tokio::runtime::Builder::new_current_thread();
        { builder }.build().unwrap()
    };
    runtime().block_on(token(&setting.source));
    assert!(setting.source.state().is_unsaved);
    runtime().block_on(setting.sibling().log_out()).unwrap();
    assert!(is_forgotten(&setting));
    setting.clock.pass(30 * MINUTE);
    let error = runtime().block_on(setting.source.access_token());
    assert!(matches!(error, Err(TokenError::Ended(_))), "{error:?}");
    assert!(is_forgotten(&setting));
}

#[tokio::test]
async fn a_store_that_lost_the_login_does_not_get_it_back_from_a_sibling() {
    let setting = Setting::new();
    let sibling = setting.sibling();
    token(&setting.source).await;
    token(&sibling).await;
    setting.store.lose();
    setting.source.log_out().await.unwrap();
    setting.clock.pass(30 * MINUTE);
    assert!(sibling.access_token().await.is_err());
    assert!(is_forgotten(&setting));
}

#[tokio::test]
async fn a_login_begins_anew_after_it_was_forgotten() {
    let setting = Setting::new();
    let sibling = setting.sibling();
    setting.source.log_out().await.unwrap();
    assert!(sibling.access_token().await.is_err());
    setting.source.log_in(&issued(50, noon())).await.unwrap();
    assert_eq!(token(&setting.source).await, "CANARY-access-50");
    assert_eq!(token(&setting.sibling()).await, "CANARY-access-50");
}
