//! Every call of the store goes wrong in every way, with every thing that becomes of a request.

use super::*;
use crate::token::testing::{Fault, Reply};
use crate::token::{Lifetime, LifetimeSource, TokenError};

const FAULTS: [Fault; 3] = [Fault::Fails, Fault::FailsAfter, Fault::TooLate];
const REPLIES: [Reply; 5] = [
    Reply::Arrives,
    Reply::LostBefore,
    Reply::LostAfter,
    Reply::RateLimited,
    Reply::WrongClient,
];

/// One process refreshes while that goes wrong. Then it goes on, or another begins in its place.
async fn live(setting: &Setting, restarts: bool, case: &str) {
    let mut source = setting.source.clone();
    let mut last = None;
    for turn in 0..6 {
        let outcome = source.access_token().await;
        check(setting, case);
        match &outcome {
            Ok(token) => {
                assert_eq!(token.expose(), setting.endpoint.access_token(), "{case}");
            }
            Err(TokenError::Ended(end)) => {
                // Only what was carried out without an answer may end.
                let pair = setting.endpoint.pair();
                assert!(pair > 1, "{case}: {end}");
                assert!(end.to_string().contains("Log in again"), "{case}");
            }
            Err(_) => {}
        }
        last = Some(outcome);
        // What is unsaved keeps its process until it is saved.
        until(|| !source.state().is_unsaved).await;
        if restarts && turn == 0 {
            source = setting.sibling();
        }
        setting.clock.pass(3 * MINUTE);
    }
    let is_settled = matches!(last, Some(Ok(_) | Err(TokenError::Ended(_))));
    assert!(is_settled, "{case}: {last:?}");
}

/// What holds at any time.
fn check(setting: &Setting, case: &str) {
    assert!(setting.endpoint.most_redeemed() <= 1, "{case}");
    let generations = setting.store.generations();
    assert!(generations.is_sorted(), "{case}: {generations:?}");
    let record = setting.store.record().expect(case);
    assert!(record.refresh_token.is_some(), "{case}");
    let is_begun = record.intent.is_some() || record.end.is_some();
    let is_current = record.access_token.expose() == setting.endpoint.access_token();
    // What is stored is what is good, or says what happened to it.
    assert!(
        is_current || is_begun || setting.source.state().is_unsaved,
        "{case}"
    );
}

#[tokio::test]
async fn whatever_goes_wrong_no_login_is_lost_in_silence() {
    let mut cases = 0;
    for first in REPLIES {
        for second in REPLIES {
            for fault in FAULTS {
                for call in 0..16 {
                    for restarts in [false, true] {
                        let case = format!("{first:?} {second:?} {fault:?} {call} {restarts}");
                        let setting = Setting::new().after_the_end();
                        setting.endpoint.replies(&[first, second]);
                        setting.store.fault(call, fault);
                        live(&setting, restarts, &case).await;
                        cases += 1;
                    }
                }
            }
        }
    }
    assert_eq!(cases, 5 * 5 * 3 * 16 * 2);
}

#[tokio::test]
async fn two_things_that_go_wrong_lose_no_login_in_silence_either() {
    for reply in REPLIES {
        for (one, other) in (0..12).flat_map(|one| (one + 1..12).map(move |other| (one, other))) {
            for (fault, then) in FAULTS.into_iter().flat_map(|a| FAULTS.map(|b| (a, b))) {
                let case = format!("{reply:?} {fault:?} {one} {then:?} {other}");
                let setting = Setting::new().after_the_end();
                setting.endpoint.replies(&[reply]);
                setting.store.fault(one, fault);
                setting.store.fault(other, then);
                live(&setting, false, &case).await;
            }
        }
    }
}

#[tokio::test]
async fn where_nothing_was_rotated_without_an_answer_no_login_ends() {
    for reply in [
        Reply::Arrives,
        Reply::LostBefore,
        Reply::RateLimited,
        Reply::WrongClient,
    ] {
        for fault in FAULTS {
            for call in 0..16 {
                let case = format!("{reply:?} {fault:?} {call}");
                let setting = Setting::new().after_the_end();
                setting.endpoint.replies(&[reply]);
                setting.store.fault(call, fault);
                live(&setting, false, &case).await;
                let token = setting.source.access_token().await;
                assert!(token.is_ok(), "{case}: {token:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_lifetime_that_is_asked_for_later_costs_no_login() {
    let lifetime = Lifetime::limited(30 * MINUTE, LifetimeSource::CurrentToken);
    for is_answered in [false, true] {
        for fault in FAULTS {
            for call in 0..20 {
                for restarts in [false, true] {
                    let case = format!("{is_answered} {fault:?} {call} {restarts}");
                    let setting = Setting::new().after_the_end();
                    setting.endpoint.be_mute(Some(lifetime));
                    if is_answered {
                        setting.endpoint.answer();
                    }
                    setting.store.fault(call, fault);
                    live(&setting, restarts, &case).await;
                    let sibling = setting.sibling();
                    // The fault may be still to come.
                    let _ = sibling.access_token().await;
                    setting.clock.pass(2 * MINUTE);
                    let token = sibling.access_token().await;
                    assert!(token.is_ok(), "{case}: {token:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn two_processes_and_one_fault_redeem_no_token_twice() {
    for fault in FAULTS {
        for call in 0..24 {
            let case = format!("{fault:?} {call}");
            let setting = Setting::new().after_the_end();
            setting.store.fault(call, fault);
            let sibling = setting.sibling();
            let other = tokio::spawn(async move {
                let _ = sibling.access_token().await;
                sibling
            });
            let _ = setting.source.access_token().await;
            let sibling = other.await.unwrap();
            until(|| !setting.source.state().is_unsaved && !sibling.state().is_unsaved).await;
            setting.clock.pass(2 * MINUTE);
            for source in [&setting.source, &sibling] {
                assert_eq!(
                    token(source).await,
                    setting.endpoint.access_token(),
                    "{case}"
                );
            }
            check(&setting, &case);
            assert_eq!(setting.endpoint.pair(), 2, "{case}");
        }
    }
}
