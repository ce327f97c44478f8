//! Logins that are over, and those that are not.

use zendesk_oauth_core::Clock as _;

use super::*;
use crate::token::testing::{Reply, issued};
use crate::token::{LoginEndReason, TokenError, TokenPhase};

async fn end(source: &TokenSource) -> LoginEndReason {
    match source.access_token().await {
        Err(TokenError::Ended(end)) => end.reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn invalid_grant_is_the_end_and_the_tokens_are_kept() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.revoke();
    assert_eq!(end(&setting.source).await, LoginEndReason::Refused);
    let record = setting.store.record().unwrap();
    assert_eq!(record.refresh_token.unwrap().expose(), "CANARY-refresh-1");
    assert_eq!(record.end.unwrap().reason, LoginEndReason::Refused);
    assert_eq!(setting.source.state().phase(), TokenPhase::Ended);
    // Nobody asks again.
    for _ in 0..10 {
        setting.clock.pass(MINUTE);
        assert_eq!(end(&setting.source).await, LoginEndReason::Refused);
        assert_eq!(end(&setting.sibling()).await, LoginEndReason::Refused);
    }
    assert_eq!(setting.endpoint.requests(), 1);
}

#[tokio::test]
async fn an_old_refresh_token_is_tried_before_it_is_called_expired() {
    let setting = Setting::new();
    setting.clock.pass(40 * 24 * 60 * MINUTE);
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    setting.clock.pass(40 * 24 * 60 * MINUTE);
    setting.endpoint.revoke();
    assert_eq!(
        end(&setting.source).await,
        LoginEndReason::RefreshTokenExpired
    );
}

#[tokio::test]
async fn a_token_that_is_still_good_is_served_after_the_end() {
    let setting = Setting::new();
    token(&setting.source).await;
    setting.endpoint.revoke();
    setting.clock.pass(27 * MINUTE);
    assert_eq!(token(&setting.source).await, "CANARY-access-1");
    until(|| setting.source.state().phase() == TokenPhase::Ended).await;
    assert!(setting.source.state().is_usable);
    assert_eq!(token(&setting.source).await, "CANARY-access-1");
    assert_eq!(token(&setting.sibling()).await, "CANARY-access-1");
}

#[tokio::test]
async fn a_login_that_a_sibling_makes_anew_is_adopted_after_the_end() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.revoke();
    end(&setting.source).await;
    let pair = setting.endpoint.log_in();
    let anew = issued(pair, noon() + 30 * MINUTE);
    setting.sibling().log_in(&anew).await.unwrap();
    // Before a few seconds are over the store is not looked at again.
    assert_eq!(end(&setting.source).await, LoginEndReason::Refused);
    setting.clock.pass(MINUTE / 10);
    assert_eq!(
        token(&setting.source).await,
        setting.endpoint.access_token()
    );
    assert_eq!(setting.source.state().phase(), TokenPhase::Usable);
    setting.clock.pass(30 * MINUTE);
    assert_eq!(
        token(&setting.source).await,
        setting.endpoint.access_token()
    );
}

#[tokio::test]
async fn a_login_of_ones_own_ends_the_end_at_once() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.revoke();
    end(&setting.source).await;
    let pair = setting.endpoint.log_in();
    setting
        .source
        .log_in(&issued(pair, noon() + 30 * MINUTE))
        .await
        .unwrap();
    assert_eq!(
        token(&setting.source).await,
        setting.endpoint.access_token()
    );
    let record = setting.store.record().unwrap();
    assert!(record.end.is_none() && record.generation == 2);
}

#[tokio::test]
async fn what_may_pass_ends_nothing() {
    for reply in [Reply::LostBefore, Reply::RateLimited, Reply::WrongClient] {
        let setting = Setting::new().after_the_end();
        setting.endpoint.replies(&[reply; 8]);
        let mut failures = 0;
        while let Err(error) = setting.source.access_token().await {
            assert!(matches!(error, TokenError::Refused(_)), "{error}");
            let record = setting.store.record().unwrap();
            assert!(record.end.is_none() && record.refresh_token.is_some());
            assert_eq!(record.intent.is_some(), reply == Reply::LostBefore);
            setting.clock.pass(3 * MINUTE);
            failures += 1;
        }
        assert!(failures >= 4, "{reply:?}");
        assert_eq!(token(&setting.source).await, "CANARY-access-2");
        assert!(setting.store.record().unwrap().intent.is_none());
    }
}

#[tokio::test]
async fn a_failure_is_not_followed_by_a_request_at_once() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.replies(&[Reply::WrongClient; 8]);
    for _ in 0..10 {
        setting.source.access_token().await.unwrap_err();
    }
    assert_eq!(setting.endpoint.requests(), 1);
    // A person may.
    setting.source.refresh().await.unwrap_err();
    assert_eq!(setting.endpoint.requests(), 2);
}

#[tokio::test]
async fn an_empty_store_says_to_log_in() {
    let clock = FastClock::new();
    let setting = Setting::over(clock.clone(), FaultyStore::new(&clock));
    let error = setting.source.access_token().await.unwrap_err();
    assert!(matches!(error, TokenError::NoLogin { .. }), "{error}");
    assert_eq!(setting.source.state().phase(), TokenPhase::NoLogin);
    assert!(crate::Error::from(error).is_auth());
    assert_eq!(setting.endpoint.requests(), 0);
    setting.source.log_in(&issued(1, noon())).await.unwrap();
    assert_eq!(token(&setting.source).await, "CANARY-access-1");
}

#[tokio::test]
async fn a_token_without_a_refresh_token_ends_with_its_time_only() {
    let setting = Setting::of(Record {
        refresh_token: None,
        ..record(1)
    });
    setting.clock.pass(27 * MINUTE);
    for _ in 0..3 {
        assert_eq!(token(&setting.source).await, "CANARY-access-1");
        setting.clock.pass(MINUTE / 10);
        tokio::task::yield_now().await;
    }
    setting.clock.pass(3 * MINUTE);
    assert_eq!(end(&setting.source).await, LoginEndReason::NoRefreshToken);
    assert_eq!(setting.endpoint.requests(), 0);
}

#[tokio::test]
async fn jumps_of_the_clock_end_nothing() {
    for jump in [-1_000_i32, -10, 10, 1_000_000] {
        let setting = Setting::new();
        token(&setting.source).await;
        let time = match u32::try_from(jump) {
            Ok(minutes) => noon() + minutes * MINUTE,
            Err(_) => noon() - jump.unsigned_abs() * MINUTE,
        };
        setting.clock.set(time);
        assert_eq!(token(&setting.source).await, "CANARY-access-1");
        // Of this process only the monotonic clock counts.
        setting.clock.pass(30 * MINUTE);
        assert_eq!(token(&setting.source).await, "CANARY-access-2");
        // One that begins now reads the store by the clock as it is.
        assert_eq!(
            token(&setting.sibling()).await,
            setting.endpoint.access_token()
        );
        setting.clock.set(noon());
        assert_eq!(
            token(&setting.sibling()).await,
            setting.endpoint.access_token()
        );
        assert!(setting.store.record().unwrap().end.is_none());
        assert_eq!(setting.endpoint.most_redeemed(), 1);
    }
}

#[tokio::test]
async fn a_sibling_s_login_is_seen_after_an_end_although_the_old_token_still_looks_good() {
    for is_kept_fresh in [false, true] {
        let setting = Setting::new();
        token(&setting.source).await;
        setting.endpoint.revoke();
        setting.source.refresh().await.unwrap_err();
        assert_eq!(setting.source.state().phase(), TokenPhase::Ended);
        let pair = setting.endpoint.log_in();
        let anew = issued(pair, setting.clock.system_time());
        setting.sibling().log_in(&anew).await.unwrap();
        let _fresh = is_kept_fresh.then(|| setting.source.keep_fresh().unwrap());
        if !is_kept_fresh {
            setting.clock.pass(MINUTE / 10);
            assert_eq!(token(&setting.source).await, "CANARY-access-1");
        }
        until(|| setting.source.state().phase() == TokenPhase::Usable).await;
        assert_eq!(
            token(&setting.source).await,
            setting.endpoint.access_token()
        );
        assert!(setting.source.state().end.is_none());
    }
}
