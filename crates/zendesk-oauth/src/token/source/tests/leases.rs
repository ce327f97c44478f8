//! A refresh token is sent only by who certainly has the lease.

use super::*;
use crate::token::TokenError;
use crate::token::testing::Fault;

/// load, lease, load, swap of the intent: then the lease is renewed.
const RENEWAL: usize = 4;

#[tokio::test]
async fn a_lease_of_which_nobody_can_say_whether_it_is_held_sends_nothing() {
    let setting = Setting::new().after_the_end();
    setting.store.fault(RENEWAL, Fault::Fails);
    let outcome = setting.source.access_token().await;
    assert!(matches!(outcome, Err(TokenError::Store(_))), "{outcome:?}");
    assert_eq!(setting.endpoint.requests(), 0);
    assert!(setting.store.record().unwrap().intent.is_none());
}

#[tokio::test]
async fn a_renewal_counts_from_before_it_was_asked_for() {
    let setting = Setting::new().after_the_end();
    setting.store.fault(RENEWAL, Fault::Slow);
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert_eq!(setting.endpoint.requests(), 1);
    assert_eq!(
        setting.store.calls()[RENEWAL + 1..][..3],
        ["swap", "release", "lease"]
    );
}

#[tokio::test]
async fn who_lost_the_lease_does_not_declare_the_end() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.revoke();
    // The refusal arrives; load, renew.
    setting.store.fault(RENEWAL + 2, Fault::TooLate);
    let outcome = setting.source.access_token().await;
    assert!(matches!(outcome, Err(TokenError::Ended(_))), "{outcome:?}");
    // The refusal that arrived is declared in the next turn, as holder, and not asked for again.
    assert_eq!(setting.endpoint.requests(), 1);
    assert!(setting.store.record().unwrap().end.is_some());
}
