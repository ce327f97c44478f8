//! Refreshing before the end, in the background.

use zendesk_oauth_core::{Clock as _, CredentialSource as _};

use super::*;
use crate::token::testing::Reply;

#[tokio::test]
async fn a_good_token_is_served_without_a_request() {
    let setting = Setting::new();
    assert_eq!(token(&setting.source).await, "CANARY-access-1");
    assert!(setting.source.ready().is_some());
    assert_eq!(setting.endpoint.requests(), 0);
    assert_eq!(setting.store.calls(), ["load"]);
}

#[tokio::test]
async fn a_token_is_refreshed_before_its_end_while_it_is_served() {
    let setting = Setting::new();
    token(&setting.source).await;
    setting.clock.pass(27 * MINUTE);
    assert_eq!(token(&setting.source).await, "CANARY-access-1");
    until(|| setting.endpoint.requests() == 1 && !setting.source.state().is_refreshing).await;
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert_eq!(setting.store.record().unwrap().generation, 2);
}

#[tokio::test]
async fn many_who_read_a_due_token_begin_one_refresh() {
    let setting = Setting::new();
    token(&setting.source).await;
    setting.clock.pass(27 * MINUTE);
    for _ in 0..100 {
        assert!(setting.source.ready().is_some());
    }
    until(|| setting.endpoint.requests() == 1 && !setting.source.state().is_refreshing).await;
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(setting.endpoint.requests(), 1);
}

#[tokio::test]
async fn the_old_token_is_not_served_after_the_new_one() {
    let setting = Setting::new();
    token(&setting.source).await;
    setting.clock.pass(27 * MINUTE);
    let mut last = 1;
    for _ in 0..1_000 {
        let header = setting.source.ready().unwrap();
        let served = header
            .to_str()
            .unwrap()
            .rsplit('-')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert!(served >= last);
        last = served;
        tokio::task::yield_now().await;
    }
    assert_eq!(last, 2);
}

#[tokio::test]
async fn a_failed_early_refresh_is_tried_again_and_the_token_served_meanwhile() {
    let setting = Setting::new();
    token(&setting.source).await;
    setting
        .endpoint
        .replies(&[Reply::RateLimited, Reply::WrongClient]);
    setting.clock.pass(26 * MINUTE + MINUTE / 3);
    assert_eq!(token(&setting.source).await, "CANARY-access-1");
    until(|| setting.source.state().failures == 1).await;
    // The server said 93 s.
    setting.clock.pass(MINUTE);
    assert_eq!(token(&setting.source).await, "CANARY-access-1");
    assert!(!setting.source.state().is_refreshing);
    setting.clock.pass(MINUTE);
    assert_eq!(token(&setting.source).await, "CANARY-access-1");
    until(|| setting.source.state().failures == 2).await;
    // Settings that are wrong are not mended in seconds.
    setting.clock.pass(MINUTE / 10);
    token(&setting.source).await;
    assert!(!setting.source.state().is_refreshing);
    setting.clock.pass(MINUTE * 9 / 10);
    token(&setting.source).await;
    until(|| setting.source.state().failures == 0).await;
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
}

#[tokio::test]
async fn a_token_without_an_end_is_neither_refreshed_nor_an_error() {
    let setting = Setting::of(endless());
    for _ in 0..3 {
        setting.clock.pass(1_000_000 * MINUTE);
        assert_eq!(token(&setting.source).await, "CANARY-access-1");
    }
    assert_eq!(setting.endpoint.requests(), 0);
}

#[tokio::test]
async fn keep_fresh_refreshes_without_a_call_until_it_is_dropped() {
    let setting = Setting::new();
    let fresh = setting.source.keep_fresh().unwrap();
    until(|| setting.endpoint.requests() == 5).await;
    drop(fresh);
    until(|| !setting.source.state().is_refreshing).await;
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    let requests = setting.endpoint.requests();
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    assert_eq!(setting.endpoint.requests(), requests);
    assert_eq!(setting.endpoint.most_redeemed(), 1);
}

#[tokio::test]
async fn keep_fresh_ends_with_its_source_and_survives_failures() {
    let setting = Setting::new();
    setting.endpoint.replies(&[Reply::LostBefore; 9]);
    let _fresh = setting.source.keep_fresh().unwrap();
    until(|| setting.store.record().unwrap().generation == 2).await;
    let weak = std::sync::Arc::downgrade(&setting.source.0);
    drop(setting.source);
    until(|| weak.strong_count() == 0).await;
}

#[tokio::test]
async fn a_wide_margin_is_no_endless_refreshing() {
    let setting = Setting::new();
    let source = builder(&setting.clock, &setting.endpoint, &setting.store)
        .refresh_ahead(1_000 * MINUTE)
        .build();
    token(&source).await;
    setting.clock.pass(20 * MINUTE);
    token(&source).await;
    until(|| setting.endpoint.requests() == 1 && !source.state().is_refreshing).await;
    for _ in 0..100 {
        token(&source).await;
        tokio::task::yield_now().await;
    }
    assert_eq!(setting.endpoint.requests(), 1);
}

#[test]
fn outside_of_a_runtime_nothing_begins_in_the_background_and_a_call_refreshes_all_the_same() {
    let setting = Setting::new().after_the_end();
    assert!(setting.source.keep_fresh().is_err());
    assert!(setting.source.ready().is_none());
    assert!(!setting.source.state().is_refreshing);
    let mut authorization = setting.source.authorization();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let began = std::time::Instant::now();
    let outcome = loop {
        match authorization.as_mut().poll(&mut context) {
            std::task::Poll::Ready(outcome) => break outcome,
            std::task::Poll::Pending => assert!(began.elapsed() < MINUTE),
        }
        std::thread::yield_now();
    };
    assert_eq!(outcome.unwrap(), "Bearer CANARY-access-2");
}

#[tokio::test]
async fn a_refresh_by_hand_that_failed_is_tried_again_long_before_the_usual_time() {
    let setting = Setting::new();
    token(&setting.source).await;
    setting.endpoint.replies(&[Reply::RateLimited]);
    setting.source.refresh().await.unwrap_err();
    assert_eq!(token(&setting.source).await, "CANARY-access-1");
    assert_eq!(setting.source.state().failures, 1);
    setting.clock.pass(2 * MINUTE);
    assert_eq!(token(&setting.source).await, "CANARY-access-1");
    until(|| setting.store.record().unwrap().generation == 2).await;
    until(|| setting.source.state().failures == 0).await;
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert_eq!(setting.endpoint.requests(), 2);
}

#[tokio::test]
async fn keep_fresh_tries_a_failed_refresh_again_without_a_call() {
    let setting = Setting::new();
    token(&setting.source).await;
    setting.endpoint.replies(&[Reply::RateLimited]);
    setting.source.refresh().await.unwrap_err();
    let before = setting.clock.instant();
    let _fresh = setting.source.keep_fresh().unwrap();
    until(|| setting.source.state().generation == 2).await;
    assert!(setting.clock.instant() - before < 3 * MINUTE);
}

#[tokio::test]
async fn who_wants_a_refresh_gets_one_although_another_flight_is_under_way() {
    let setting = Setting::new();
    token(&setting.source).await;
    // The first begins a flight that has no need of a newer token; the second joins it.
    let (idle, wanted) = tokio::join!(setting.source.fly(false), setting.source.refresh());
    idle.unwrap();
    wanted.unwrap();
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert_eq!(setting.endpoint.requests(), 1);
}
