//! Several at once: tasks, callers who go away, processes.

use zendesk_oauth_core::Clock as _;

use super::*;
use crate::token::TokenError;
use crate::token::testing::issued;

#[tokio::test]
async fn many_tasks_share_one_refresh() {
    let setting = Setting::new().after_the_end();
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let source = setting.source.clone();
            tokio::spawn(async move { token(&source).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), "CANARY-access-2");
    }
    assert_eq!(setting.endpoint.requests(), 1);
}

#[tokio::test]
async fn many_processes_share_one_refresh() {
    let setting = Setting::new().after_the_end();
    let tasks: Vec<_> = (0..32)
        .map(|_| {
            let sibling = setting.sibling();
            tokio::spawn(async move { token(&sibling).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), "CANARY-access-2");
    }
    assert_eq!(setting.endpoint.requests(), 1);
}

#[tokio::test]
async fn a_caller_that_goes_away_loses_nothing() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.close();
    let source = setting.source.clone();
    let caller = tokio::spawn(async move { token(&source).await });
    until(|| {
        setting
            .store
            .calls()
            .iter()
            .filter(|call| **call == "renew")
            .count()
            > 2
    })
    .await;
    caller.abort();
    setting.endpoint.open();
    until(|| setting.store.record().unwrap().generation == 2).await;
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert_eq!(setting.endpoint.requests(), 1);
}

#[tokio::test]
async fn the_lease_is_renewed_while_the_call_runs_and_given_back() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.close();
    let source = setting.source.clone();
    let caller = tokio::spawn(async move { token(&source).await });
    // 30 turns are ten times the lease.
    let renewals = || {
        setting
            .store
            .calls()
            .iter()
            .filter(|call| **call == "renew")
            .count()
    };
    until(|| renewals() > 30).await;
    let sibling = setting.sibling();
    let other = tokio::spawn(async move { sibling.access_token().await });
    until(|| other.is_finished()).await;
    let outcome = other.await.unwrap();
    assert!(
        matches!(outcome, Err(TokenError::Busy { .. })),
        "{outcome:?}"
    );
    setting.endpoint.open();
    assert_eq!(caller.await.unwrap(), "CANARY-access-2");
    assert_eq!(setting.endpoint.requests(), 1);
    until(|| setting.store.leased_to().is_none()).await;
}

#[tokio::test]
async fn a_lease_of_somebody_else_is_not_released() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.close();
    let source = setting.source.clone();
    let caller = tokio::spawn(async move { token(&source).await });
    until(|| setting.store.calls().contains(&"renew")).await;
    setting.store.take_lease(60 * MINUTE);
    setting.endpoint.open();
    assert_eq!(caller.await.unwrap(), "CANARY-access-2");
    assert_eq!(setting.store.leased_to().unwrap(), "somebody else");
}

#[tokio::test]
async fn who_waits_for_the_lease_adopts_what_its_holder_writes() {
    let setting = Setting::new().after_the_end();
    setting.store.take_lease(60 * MINUTE);
    let source = setting.source.clone();
    let caller = tokio::spawn(async move { token(&source).await });
    let mut watch = setting.source.watch();
    while watch.changed().await.waiting_for.is_none() {}
    let at = noon() + 30 * MINUTE;
    setting.store.put(record(1).succeeded_by(&issued(2, at)));
    assert_eq!(caller.await.unwrap(), "CANARY-access-2");
    assert_eq!(setting.endpoint.requests(), 0);
}

#[tokio::test]
async fn who_lost_the_lease_before_sending_does_not_send() {
    use crate::token::testing::Fault;
    let setting = Setting::new().after_the_end();
    // load, lease, load, swap of the intent, renew.
    setting.store.fault(4, Fault::TooLate);
    setting.store.fault(6, Fault::TooLate);
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert_eq!(setting.endpoint.requests(), 1);
    assert_eq!(setting.store.calls()[5..8], ["swap", "release", "lease"]);
}

#[tokio::test]
async fn a_new_login_wins_over_a_refresh_under_way() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.close();
    let source = setting.source.clone();
    let caller = tokio::spawn(async move { source.access_token().await });
    until(|| setting.store.calls().contains(&"renew")).await;
    // Of another process, and then of this one.
    let sibling = setting.sibling();
    sibling
        .log_in(&issued(50, noon() + 30 * MINUTE))
        .await
        .unwrap();
    setting.endpoint.open();
    caller.await.unwrap().unwrap();
    until(|| !setting.source.state().is_unsaved).await;
    assert_eq!(token(&setting.source).await, "CANARY-access-50");
    assert_eq!(
        setting.store.record().unwrap().access_token.expose(),
        "CANARY-access-50"
    );
}

#[tokio::test]
async fn a_login_of_this_process_wins_over_its_own_refresh() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.close();
    let source = setting.source.clone();
    let caller = tokio::spawn(async move { source.access_token().await });
    until(|| setting.store.calls().contains(&"renew")).await;
    setting
        .source
        .log_in(&issued(50, noon() + 30 * MINUTE))
        .await
        .unwrap();
    setting.endpoint.open();
    while !caller.is_finished() {
        let served = setting.source.0.current.header(setting.clock.instant()).0;
        assert_eq!(served.unwrap(), "Bearer CANARY-access-50");
        tokio::task::yield_now().await;
    }
    assert_eq!(caller.await.unwrap().unwrap().expose(), "CANARY-access-50");
    assert_eq!(token(&setting.source).await, "CANARY-access-50");
    assert_eq!(
        setting.store.record().unwrap().access_token.expose(),
        "CANARY-access-50"
    );
    assert!(!setting.source.state().is_unsaved);
}

#[test]
fn the_end_of_a_runtime_in_the_middle_is_no_end_of_the_login() {
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
    };
    let setting = Setting::new().after_the_end();
    setting.endpoint.close();
    let first = runtime();
    let source = setting.source.clone();
    let waiting = first.spawn(async move { source.access_token().await });
    first.block_on(until(|| setting.store.calls().contains(&"renew")));
    drop(first);
    drop(waiting);
    assert!(!setting.source.state().is_refreshing);
    setting.endpoint.open();
    let token = runtime().block_on(token(&setting.source));
    assert_eq!(token, "CANARY-access-2");
    assert_eq!(setting.endpoint.most_redeemed(), 1);
}

#[tokio::test]
async fn what_a_sibling_wrote_meanwhile_is_adopted_after_invalid_grant() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.close();
    let source = setting.source.clone();
    let caller = tokio::spawn(async move { token(&source).await });
    until(|| setting.store.calls().contains(&"renew")).await;
    let pair = setting.endpoint.log_in();
    let newer = record(1).succeeded_by(&issued(pair, noon() + 30 * MINUTE));
    setting.store.put(newer);
    setting.endpoint.open();
    assert_eq!(caller.await.unwrap(), setting.endpoint.access_token());
    assert!(setting.store.record().unwrap().end.is_none());
    assert_eq!(setting.endpoint.requests(), 1);
}

#[test]
fn a_caller_of_another_runtime_begins_again_when_the_first_one_ends() {
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
    };
    let setting = Setting::new().after_the_end();
    setting.endpoint.close();
    let (first, second) = (runtime(), runtime());
    let pilot = setting.source.clone();
    first.spawn(async move { pilot.access_token().await });
    first.block_on(until(|| setting.store.calls().contains(&"renew")));
    let passenger = setting.source.clone();
    let passenger = second.spawn(async move { token(&passenger).await });
    second.block_on(async {
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
    });
    drop(first);
    setting.endpoint.open();
    assert_eq!(second.block_on(passenger).unwrap(), "CANARY-access-2");
}
