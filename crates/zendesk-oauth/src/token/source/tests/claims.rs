//! Who is served a token whose refresh is due claims that refresh. The claim ends with its flight.

use reqwest::header::HeaderValue;
use zendesk_oauth_core::{Clock as _, CredentialSource as _};

use super::*;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
}

/// A source whose token is good, and its refresh due.
async fn due() -> Setting {
    let setting = Setting::new();
    token(&setting.source).await;
    setting.clock.pass(28 * MINUTE);
    setting
}

#[tokio::test]
async fn a_claim_ends_with_a_flight_that_went_well_though_it_brought_no_other_token() {
    let setting = due().await;
    let now = setting.clock.instant();
    let shared = &setting.source.0;
    assert!(shared.current.claim_refresh(now));
    assert!(!shared.current.claim_refresh(now), "somebody has it");
    let header = HeaderValue::from_static("Bearer CANARY-access-1");
    shared.flight_ended(&Ok(header));
    shared.end_claims();
    assert!(shared.current.claim_refresh(now));
}

#[test]
fn a_claim_ends_with_a_flight_that_was_cut_off() {
    let first = runtime();
    let setting = first.block_on(due());
    setting.endpoint.close();
    let renewals = |setting: &Setting| {
        let calls = setting.store.calls();
        calls.iter().filter(|call| **call == "renew").count()
    };
    first.block_on(async {
        assert!(setting.source.ready().is_some());
        until(|| renewals(&setting) > 0).await;
    });
    drop(first);
    setting.endpoint.open();
    runtime().block_on(async {
        assert!(setting.source.ready().is_some());
        until(|| setting.store.record().unwrap().generation == 2).await;
    });
    assert_eq!(setting.endpoint.most_redeemed(), 1);
}
