//! Answers that do not say how long a token is good: it is asked later.

use zendesk_oauth_core::{Clock as _, CredentialSource as _};

use super::*;
use crate::token::testing::{Fault, issued};
use crate::token::{Lifetime, LifetimeSource};

fn limited(minutes: u32) -> Option<Lifetime> {
    Some(Lifetime::limited(
        minutes * MINUTE,
        LifetimeSource::CurrentToken,
    ))
}

/// The second pair was received, without a word on its lifetime; the question is open.
async fn asking(lifetime: Option<Lifetime>) -> Setting {
    let setting = Setting::new().after_the_end();
    setting.endpoint.be_mute(lifetime);
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    until(|| setting.endpoint.questions() == ["CANARY-access-2"]).await;
    setting
}

/// Lets everything end that is under way.
async fn settle() {
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
}

/// So long after noon.
fn at(minutes: u32) -> Option<std::time::SystemTime> {
    Some(noon() + minutes * MINUTE)
}

fn stored(setting: &Setting) -> Record {
    setting.store.record().unwrap()
}

#[tokio::test]
async fn the_new_pair_is_stored_and_served_before_anybody_is_asked_how_long_it_is_good() {
    let setting = asking(limited(30)).await;
    // The question is still open, and the lease given back.
    assert_eq!(stored(&setting).generation, 2);
    assert_eq!(stored(&setting).valid_until, at(35));
    assert!(stored(&setting).intent.is_none());
    assert_eq!(setting.store.leased_to(), None);
    assert_eq!(setting.source.state().valid_until, at(35));
    assert!(!setting.source.state().is_refreshing);
    assert!(setting.source.ready().is_some());
    setting.endpoint.answer();
    until(|| stored(&setting).valid_until == at(60)).await;
    assert_eq!(setting.source.state().valid_until, at(60));
    // Long after what was assumed.
    setting.clock.pass(20 * MINUTE);
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert_eq!(token(&setting.sibling()).await, "CANARY-access-2");
    settle().await;
    assert_eq!(setting.endpoint.requests(), 1);
    assert_eq!(
        stored(&setting).refresh_token.unwrap().expose(),
        "CANARY-refresh-2"
    );
}

#[tokio::test]
async fn a_token_without_an_end_is_learned_to_be_one() {
    let setting = asking(Some(Lifetime::Unlimited)).await;
    setting.endpoint.answer();
    until(|| stored(&setting).valid_until.is_none()).await;
    setting.clock.pass(1_000_000 * MINUTE);
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert_eq!(token(&setting.sibling()).await, "CANARY-access-2");
    assert_eq!(setting.source.state().valid_until, None);
    assert_eq!(setting.endpoint.requests(), 1);
}

#[tokio::test]
async fn a_lifetime_shorter_than_was_assumed_is_believed() {
    let setting = asking(limited(2)).await;
    setting.endpoint.answer();
    until(|| stored(&setting).valid_until == at(32)).await;
    assert_eq!(setting.source.state().valid_until, at(32));
    setting.clock.pass(2 * MINUTE);
    assert!(setting.source.ready().is_none());
}

#[tokio::test]
async fn without_an_answer_the_assumption_stands() {
    let setting = asking(None).await;
    setting.endpoint.answer();
    let calls = setting.store.calls();
    settle().await;
    assert_eq!(setting.store.calls(), calls);
    assert_eq!(stored(&setting).valid_until, at(35));
    setting.clock.pass(5 * MINUTE);
    assert_eq!(token(&setting.source).await, "CANARY-access-3");
}

#[tokio::test]
async fn a_store_that_fails_or_changed_meanwhile_costs_nothing() {
    for fault in [Fault::Fails, Fault::FailsAfter, Fault::TooLate] {
        for nth in 0..2 {
            let setting = asking(limited(30)).await;
            setting
                .store
                .fault(setting.store.calls().len() + nth, fault);
            setting.endpoint.answer();
            until(|| setting.source.state().valid_until == at(60)).await;
            settle().await;
            let case = format!("{fault:?} {nth}");
            assert_eq!(setting.source.state().failures, 0, "{case}");
            // What the store still says counts no more when it is looked at again.
            setting.endpoint.close();
            setting.clock.pass(28 * MINUTE);
            assert_eq!(token(&setting.source).await, "CANARY-access-2", "{case}");
            until(|| stored(&setting).intent.is_some()).await;
            assert!(setting.source.ready().is_some(), "{case}");
            assert_eq!(setting.endpoint.requests(), 1, "{case}");
        }
    }
}

#[tokio::test]
async fn what_a_sibling_learned_is_taken_over_without_a_refresh() {
    let setting = asking(limited(30)).await;
    let sibling = setting.sibling();
    assert_eq!(token(&sibling).await, "CANARY-access-2");
    assert_eq!(sibling.state().valid_until, at(35));
    setting.endpoint.answer();
    until(|| stored(&setting).valid_until == at(60)).await;
    setting.clock.pass(5 * MINUTE);
    assert_eq!(token(&sibling).await, "CANARY-access-2");
    assert_eq!(sibling.state().valid_until, at(60));
    assert_eq!(setting.endpoint.requests(), 1);
}

#[tokio::test]
async fn a_token_that_was_replaced_meanwhile_is_left_as_it_is() {
    // By a sibling, and by a login of this process.
    for is_sibling in [true, false] {
        let setting = asking(limited(30)).await;
        let source = match is_sibling {
            true => setting.sibling(),
            false => setting.source.clone(),
        };
        let anew = issued(50, setting.clock.system_time());
        source.log_in(&anew).await.unwrap();
        setting.endpoint.answer();
        settle().await;
        assert_eq!(stored(&setting).access_token.expose(), "CANARY-access-50");
        assert_eq!(stored(&setting).valid_until, at(60));
    }
}

#[tokio::test]
async fn a_token_that_was_refused_meanwhile_is_not_served_again() {
    let setting = asking(limited(30)).await;
    let header = setting.source.ready().unwrap();
    setting.source.rejected(&header);
    setting.endpoint.answer();
    until(|| setting.source.state().valid_until == at(60)).await;
    assert!(setting.source.ready().is_none() && setting.source.state().is_rejected);
    assert_eq!(token(&setting.source).await, "CANARY-access-3");
}

#[tokio::test]
async fn a_refresh_that_somebody_has_begun_is_not_disturbed() {
    use crate::token::Intent;
    let setting = asking(limited(30)).await;
    let begun = Record {
        intent: Some(Intent::first("a sibling", noon())),
        ..stored(&setting)
    };
    setting.store.put(begun);
    setting.endpoint.answer();
    until(|| setting.source.state().valid_until == at(60)).await;
    settle().await;
    assert_eq!(stored(&setting).valid_until, at(35));
}

#[tokio::test]
async fn what_is_not_stored_yet_is_stored_with_what_was_learned() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.be_mute(limited(30));
    setting.endpoint.close();
    let source = setting.source.clone();
    let caller = tokio::spawn(async move { token(&source).await });
    until(|| setting.store.calls().contains(&"renew")).await;
    setting.store.set_down(true);
    setting.endpoint.open();
    assert_eq!(caller.await.unwrap(), "CANARY-access-2");
    until(|| setting.endpoint.questions().len() == 1).await;
    setting.endpoint.answer();
    until(|| setting.source.state().valid_until == at(60)).await;
    setting.store.set_down(false);
    until(|| !setting.source.state().is_unsaved).await;
    assert_eq!(stored(&setting).generation, 2);
    assert_eq!(stored(&setting).valid_until, at(60));
}

#[tokio::test]
async fn a_minted_token_is_asked_for_too() {
    let clock = FastClock::new();
    let setting = Setting::over(clock.clone(), FaultyStore::new(&clock));
    setting.endpoint.be_mute(limited(30));
    let source = builder(&clock, &setting.endpoint, &setting.store)
        .client_credentials(["read"])
        .build();
    assert_eq!(token(&source).await, "CANARY-access-2");
    assert_eq!(stored(&setting).valid_until, at(5));
    setting.endpoint.answer();
    until(|| stored(&setting).valid_until == at(30)).await;
    assert_eq!(source.state().valid_until, at(30));
}

#[tokio::test]
async fn a_token_whose_lifetime_is_known_is_not_asked_for() {
    let setting = Setting::new().after_the_end();
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    settle().await;
    assert!(setting.endpoint.questions().is_empty());
}
