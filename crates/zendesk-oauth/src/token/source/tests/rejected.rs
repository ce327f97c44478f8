//! A token that a server refuses.

use zendesk_oauth_core::CredentialSource as _;

use super::*;
use crate::token::testing::issued;

#[tokio::test]
async fn a_rejected_token_is_refreshed_once() {
    let setting = Setting::new();
    token(&setting.source).await;
    let old = setting.source.ready().unwrap();
    for _ in 0..3 {
        setting.source.rejected(&old);
    }
    assert!(setting.source.ready().is_none());
    assert!(setting.source.state().is_rejected);
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert!(!setting.source.state().is_rejected);
    // News of the old one come late.
    setting.source.rejected(&old);
    assert!(setting.source.ready().is_some());
    assert_eq!(setting.endpoint.requests(), 1);
}

#[tokio::test]
async fn a_rejected_token_whose_sibling_is_stored_is_not_refreshed() {
    let setting = Setting::new();
    token(&setting.source).await;
    setting
        .store
        .put(record(1).succeeded_by(&issued(2, noon())));
    setting.source.rejected(&setting.source.ready().unwrap());
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert_eq!(setting.endpoint.requests(), 0);
}

#[tokio::test]
async fn rejections_one_after_the_other_are_no_storm() {
    let setting = Setting::new();
    for _ in 0..10 {
        token(&setting.source).await;
        setting.source.rejected(&setting.source.ready().unwrap());
    }
    assert_eq!(setting.endpoint.requests(), 1);
    setting.clock.pass(2 * MINUTE);
    setting.source.rejected(&setting.source.ready().unwrap());
    token(&setting.source).await;
    assert_eq!(setting.endpoint.requests(), 2);
}

#[tokio::test]
async fn another_token_of_the_same_generation_is_not_rejected() {
    let setting = Setting::new();
    token(&setting.source).await;
    let header = setting.source.ready().unwrap();
    setting.source.rejected(&header);
    assert!(setting.source.state().is_rejected);
    let other = crate::token::testing::issued(7, noon());
    setting.store.put(Record {
        generation: 1,
        ..Record::new("my_app", "https://acme.zendesk.com", &other)
    });
    assert_eq!(token(&setting.source).await, "CANARY-access-7");
    let state = setting.source.state();
    assert!(!state.is_rejected && state.generation == 1, "{state:?}");
}
