//! What a process knows of a refresh that the store does not, and what it tells others.

use zendesk_oauth_core::CredentialSource as _;

use super::*;
use crate::token::testing::{Fault, Reply, issued};
use crate::token::{LoginEndReason, TokenError};

async fn end(source: &TokenSource) -> LoginEndReason {
    match source.access_token().await {
        Err(TokenError::Ended(end)) => end.reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_good_token_of_a_sibling_is_found_while_nothing_may_be_sent() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.replies(&[Reply::RateLimited]);
    setting.source.access_token().await.unwrap_err();
    let sibling = setting.sibling();
    assert_eq!(token(&sibling).await, "CANARY-access-2");
    setting.clock.pass(MINUTE / 10);
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert_eq!(setting.endpoint.requests(), 2);
}

#[tokio::test]
async fn looks_at_the_store_send_nothing_and_do_not_shorten_the_wait() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.replies(&[Reply::RateLimited]);
    setting.source.access_token().await.unwrap_err();
    // The server asked for 93 s.
    for turn in 0..9 {
        setting.clock.pass(MINUTE / 6);
        let is_down = turn == 4;
        setting.store.set_down(is_down);
        let error = setting.source.access_token().await.unwrap_err();
        assert_eq!(matches!(error, TokenError::Store(_)), is_down, "{error}");
        setting.store.set_down(false);
        if is_down {
            // As it is now, it is the last failure.
            setting.clock.pass(MINUTE / 60);
            setting.source.access_token().await.unwrap_err();
            break;
        }
        assert_eq!(setting.source.state().failures, 1);
    }
    assert_eq!(setting.endpoint.requests(), 1);
    setting.clock.pass(MINUTE);
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert_eq!(setting.endpoint.requests(), 2);
}

#[tokio::test]
async fn a_wait_does_not_hold_a_person_back() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.replies(&[Reply::RateLimited]);
    setting.source.access_token().await.unwrap_err();
    setting.clock.pass(MINUTE / 10);
    let (waits, refreshed) = tokio::join!(setting.source.access_token(), setting.source.refresh());
    waits.unwrap_err();
    refreshed.unwrap();
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
}

#[tokio::test]
async fn an_end_that_could_not_be_written_is_told_as_what_it_was() {
    // What follows the answer: load, renew, swap.
    for call in 5..8 {
        for fault in [Fault::Fails, Fault::FailsAfter, Fault::TooLate] {
            let setting = Setting::new().after_the_end();
            setting.endpoint.revoke();
            setting.store.fault(call, fault);
            let _ = setting.source.access_token().await;
            setting.clock.pass(5 * MINUTE);
            assert_eq!(
                end(&setting.source).await,
                LoginEndReason::Refused,
                "{call} {fault:?}"
            );
            assert_eq!(end(&setting.sibling()).await, LoginEndReason::Refused);
            assert_eq!(setting.endpoint.requests(), 1, "{call} {fault:?}");
        }
    }
}

#[tokio::test]
async fn an_end_that_could_not_be_written_is_written_in_the_background() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.revoke();
    setting.store.fault(5, Fault::Fails);
    setting.source.access_token().await.unwrap_err();
    until(|| setting.store.record().unwrap().end.is_some()).await;
    assert!(setting.store.record().unwrap().intent.is_none());
    assert_eq!(end(&setting.sibling()).await, LoginEndReason::Refused);
    assert_eq!(setting.endpoint.requests(), 1);
}

#[tokio::test]
async fn an_intent_that_was_not_taken_back_explains_no_end() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.replies(&[Reply::RateLimited]);
    setting.store.fault(5, Fault::Fails);
    setting.source.access_token().await.unwrap_err();
    setting.endpoint.revoke();
    setting.clock.pass(5 * MINUTE);
    assert_eq!(end(&setting.source).await, LoginEndReason::Refused);
}

#[tokio::test]
async fn an_intent_that_was_never_sent_explains_no_end() {
    // The intent is written, and the store does not say so; or the lease is lost before sending.
    for (call, fault) in [(3, Fault::FailsAfter), (4, Fault::Fails)] {
        let setting = Setting::new().after_the_end();
        setting.store.fault(call, fault);
        if call == 4 {
            setting.store.fault(5, Fault::Fails);
        }
        let error = setting.source.access_token().await.unwrap_err();
        assert!(error.is_not_sent(), "{error}");
        assert_eq!(setting.endpoint.requests(), 0);
        setting.endpoint.revoke();
        setting.clock.pass(5 * MINUTE);
        assert_eq!(
            end(&setting.source).await,
            LoginEndReason::Refused,
            "{call}"
        );
    }
}

#[tokio::test]
async fn a_login_that_is_over_is_not_put_over_a_new_one() {
    let setting = Setting::of(record(7)).after_the_end();
    setting.endpoint.revoke();
    end(&setting.source).await;
    // The store is emptied, and somebody logs in there; the clock was set back meanwhile.
    setting.store.lose();
    let anew = Record::new(
        "my_app",
        "https://acme.zendesk.com",
        &issued(50, noon() - MINUTE),
    );
    setting.store.put(anew);
    setting.clock.set(noon());
    setting.clock.pass(MINUTE / 10);
    assert_eq!(token(&setting.source).await, "CANARY-access-50");
    let stored = setting.store.record().unwrap();
    assert_eq!(stored.access_token.expose(), "CANARY-access-50");
}

#[tokio::test]
async fn a_login_anew_that_is_rejected_by_then_is_adopted_as_good() {
    let setting = Setting::new();
    token(&setting.source).await;
    setting.store.lose();
    let anew = issued(50, noon() + MINUTE);
    setting
        .store
        .put(Record::new("my_app", "https://acme.zendesk.com", &anew));
    setting.source.rejected(&setting.source.ready().unwrap());
    assert_eq!(token(&setting.source).await, "CANARY-access-50");
}

#[tokio::test]
async fn a_refresh_that_is_asked_for_joins_only_one_that_refreshes() {
    let setting = Setting::new();
    let source = setting.source.clone();
    let (read, refreshed) = tokio::join!(source.access_token(), source.refresh());
    read.unwrap();
    refreshed.unwrap();
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    // Of many that are asked for at once one is made.
    let (one, other) = tokio::join!(source.refresh(), source.refresh());
    one.unwrap();
    other.unwrap();
    assert_eq!(setting.endpoint.requests(), 2);
}

#[tokio::test]
async fn what_was_sent_is_not_said_not_to_be() {
    for reply in [Reply::LostAfter, Reply::LostBefore] {
        let setting = Setting::new().after_the_end();
        setting.endpoint.replies(&[reply]);
        for call in 5..9 {
            setting.store.fault(call, Fault::Fails);
        }
        let error = setting.source.access_token().await.unwrap_err();
        assert_eq!(setting.endpoint.requests(), 1);
        assert!(!error.is_not_sent(), "{error}");
        assert!(error.is_transient() && !error.needs_login(), "{error}");
        assert!(error.to_string().contains("was sent"), "{error}");
    }
    // And what was not is.
    let setting = Setting::new().after_the_end();
    setting.store.fault(0, Fault::Fails);
    let error = setting.source.access_token().await.unwrap_err();
    assert!(error.is_not_sent(), "{error}");
}

#[tokio::test]
async fn a_store_that_hangs_is_given_up_on() {
    let setting = Setting::new().after_the_end();
    setting.store.fault(0, Fault::Hangs);
    let error = setting.source.access_token().await.unwrap_err();
    assert!(matches!(error, TokenError::Store(_)), "{error}");
    assert!(error.is_transient(), "{error}");
    setting.clock.pass(2 * MINUTE);
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    for call in 0..9 {
        let setting = Setting::new().after_the_end();
        setting.store.fault(call, Fault::Hangs);
        let _ = setting.source.access_token().await;
        setting.clock.pass(2 * MINUTE);
        until(|| !setting.source.state().is_unsaved).await;
        assert_eq!(token(&setting.source).await, "CANARY-access-2", "{call}");
        assert_eq!(setting.endpoint.most_redeemed(), 1);
    }
}

#[tokio::test]
async fn a_claim_that_is_made_while_a_flight_lands_is_no_end_of_refreshing() {
    let setting = Setting::new();
    token(&setting.source).await;
    setting.clock.pass(27 * MINUTE);
    let now = setting.source.0.clock.instant();
    // A reader who boards a flight that is over.
    assert!(setting.source.0.current.claim_refresh(now));
    setting
        .source
        .0
        .flight_ended(&Ok(setting.source.ready().unwrap()));
    assert!(!setting.source.0.current.claim_refresh(now));
    setting.source.0.end_claims();
    assert!(setting.source.0.current.claim_refresh(now));
}
