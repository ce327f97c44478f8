//! New logins, and answers that are not stored yet.

use super::*;
use crate::token::testing::{Fault, issued};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
}

/// A source that has an answer which is not stored, and nobody who stores it.
fn unsaved() -> Setting {
    let setting = Setting::new().after_the_end();
    // load, lease, load, swap of the intent, renew: then the answer is swapped.
    setting.store.fault(5, Fault::Fails);
    let served = runtime().block_on(token(&setting.source));
    assert_eq!(served, "CANARY-access-2");
    assert!(setting.source.state().is_unsaved);
    assert_eq!(setting.store.record().unwrap().generation, 1);
    setting
}

#[test]
fn an_unsaved_answer_is_stored_before_anything_else_is_done() {
    let setting = unsaved();
    let before = setting.store.calls().len();
    setting.clock.pass(30 * MINUTE);
    let served = runtime().block_on(token(&setting.source));
    assert_eq!(served, "CANARY-access-3");
    assert_eq!(
        setting.store.calls()[before..][..3],
        ["load", "swap", "load"]
    );
    assert_eq!(setting.store.generations(), [1, 2, 2, 3]);
    assert_eq!(setting.endpoint.most_redeemed(), 1);
}

#[test]
fn a_new_login_makes_an_unsaved_answer_of_the_old_one_void() {
    let setting = unsaved();
    let now = noon() + 30 * MINUTE;
    runtime()
        .block_on(setting.source.log_in(&issued(50, now)))
        .unwrap();
    assert!(!setting.source.state().is_unsaved);
    assert!(setting.source.0.unsaved().is_none());
    assert_eq!(
        setting.store.record().unwrap().access_token.expose(),
        "CANARY-access-50"
    );
}

#[tokio::test]
async fn a_new_login_counts_on_from_what_this_process_knew() {
    let setting = Setting::of(record(7));
    token(&setting.source).await;
    setting.store.lose();
    setting.source.log_in(&issued(50, noon())).await.unwrap();
    assert_eq!(setting.store.record().unwrap().generation, 8);
    assert_eq!(token(&setting.source).await, "CANARY-access-50");
}

#[tokio::test]
async fn an_answer_gives_way_to_a_higher_generation_though_it_has_the_same_refresh_token() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.close();
    let source = setting.source.clone();
    let caller = tokio::spawn(async move { token(&source).await });
    until(|| setting.store.calls().contains(&"renew")).await;
    let at = noon() + 30 * MINUTE;
    let anew = Record {
        generation: 9,
        refresh_token: record(1).refresh_token,
        ..Record::new("my_app", "https://acme.zendesk.com", &issued(50, at))
    };
    setting.store.put(anew);
    setting.endpoint.open();
    caller.await.unwrap();
    until(|| !setting.source.state().is_unsaved).await;
    let stored = setting.store.record().unwrap();
    assert_eq!(stored.generation, 9);
    assert_eq!(stored.access_token.expose(), "CANARY-access-50");
}
