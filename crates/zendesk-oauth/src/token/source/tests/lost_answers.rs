//! Answers that are lost.

use super::*;
use crate::token::testing::Reply;
use crate::token::{Intent, LoginEndReason, TokenError};

#[tokio::test]
async fn an_answer_lost_before_the_rotation_is_asked_for_once_more() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.replies(&[Reply::LostBefore]);
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert_eq!(setting.endpoint.requests(), 2);
    assert!(!setting.source.state().is_answer_lost);
}

#[tokio::test]
async fn an_answer_lost_after_the_rotation_is_reported_with_the_way_back() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.replies(&[Reply::LostAfter]);
    let error = setting.source.access_token().await.unwrap_err();
    let TokenError::Ended(end) = &error else {
        panic!("{error}")
    };
    let LoginEndReason::AnswerLost { who, sent_at, .. } = &end.reason else {
        panic!("{error}")
    };
    assert_eq!(*sent_at, noon() + 30 * MINUTE);
    assert!(who.starts_with("process "), "{who}");
    assert!(error.to_string().contains("Log in again"), "{error}");
    assert_eq!(setting.endpoint.requests(), 2);
}

#[tokio::test]
async fn an_answer_that_is_lost_for_long_is_asked_for_again_and_seen_in_the_state() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.replies(&[Reply::LostBefore; 6]);
    for _ in 0..3 {
        let error = setting.source.access_token().await.unwrap_err();
        assert!(matches!(error, TokenError::Refused(_)), "{error}");
        assert!(setting.source.state().is_answer_lost);
        setting.clock.pass(2 * MINUTE);
    }
    assert_eq!(setting.store.record().unwrap().intent.unwrap().times, 6);
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    assert_eq!(setting.endpoint.requests(), 7);
}

#[tokio::test]
async fn the_intent_of_a_process_that_died_is_taken_on() {
    let began_at = noon() + MINUTE;
    let left = Record {
        intent: Some(Intent::first("process 1 on elsewhere", began_at)),
        ..record(1)
    };
    // It had not been sent, or not arrived.
    let setting = Setting::of(left.clone()).after_the_end();
    assert_eq!(token(&setting.source).await, "CANARY-access-2");
    // It had been carried out.
    let setting = Setting::of(left).after_the_end();
    setting.endpoint.log_in();
    let error = setting.source.access_token().await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("process 1 on elsewhere"), "{text}");
    assert!(matches!(
        error,
        TokenError::Ended(end) if end.reason == LoginEndReason::AnswerLost {
            who: "process 1 on elsewhere".to_owned(),
            sent_at: began_at,
            is_expired: false,
        }
    ));
}

#[tokio::test]
async fn what_is_certainly_not_redeemed_leaves_the_older_intent() {
    let left = Some(Intent::first("process 1 on elsewhere", noon()));
    let setting = Setting::of(Record {
        intent: left.clone(),
        ..record(1)
    })
    .after_the_end();
    setting.endpoint.replies(&[Reply::RateLimited]);
    setting.source.access_token().await.unwrap_err();
    assert_eq!(setting.store.record().unwrap().intent, left);
}

#[tokio::test]
async fn an_ordinary_refresh_is_no_lost_answer() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.close();
    let source = setting.source.clone();
    let caller = tokio::spawn(async move { token(&source).await });
    until(|| setting.store.calls().contains(&"renew")).await;
    assert!(setting.store.record().unwrap().intent.is_some());
    assert!(!setting.source.state().is_answer_lost);
    // Nor is it to a sibling that waits for it.
    let sibling = setting.sibling();
    let waiting = sibling.clone();
    let waiting = tokio::spawn(async move { waiting.access_token().await.map(drop) });
    until(|| sibling.state().waiting_for.is_some()).await;
    assert!(!sibling.state().is_answer_lost);
    setting.endpoint.open();
    assert_eq!(caller.await.unwrap(), "CANARY-access-2");
    waiting.await.unwrap().unwrap();
    assert!(!setting.source.state().is_answer_lost && !sibling.state().is_answer_lost);
}

#[tokio::test]
async fn an_intent_that_somebody_left_is_seen_in_the_state_while_it_is_taken_on() {
    let setting = Setting::of(Record {
        intent: Some(Intent::first("process 1 on elsewhere", noon())),
        ..record(1)
    })
    .after_the_end();
    setting.endpoint.close();
    let source = setting.source.clone();
    let caller = tokio::spawn(async move { token(&source).await });
    until(|| setting.store.calls().contains(&"renew")).await;
    assert!(setting.source.state().is_answer_lost);
    setting.endpoint.open();
    caller.await.unwrap();
    assert!(!setting.source.state().is_answer_lost);
}

async fn reason(source: &TokenSource) -> LoginEndReason {
    match source.access_token().await {
        Err(TokenError::Ended(end)) => end.reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_plain_end_that_could_not_be_written_is_no_lost_answer_later() {
    use crate::token::testing::Fault;
    // load, lease, load, intent, renew, and after the answer: load, renew, end.
    for (call, fault) in [(5, Fault::Fails), (6, Fault::Fails), (7, Fault::Fails)] {
        let setting = Setting::new().after_the_end();
        setting.endpoint.revoke();
        setting.store.fault(call, fault);
        let error = setting.source.access_token().await.unwrap_err();
        let is_after = matches!(&error, TokenError::AfterSending(_));
        assert!(is_after && !error.is_not_sent(), "{call}: {error}");
        assert!(setting.store.record().unwrap().intent.is_some());
        setting.clock.pass(2 * MINUTE);
        let reason = reason(&setting.source).await;
        assert_eq!(reason, LoginEndReason::Refused, "{call}");
    }
}

#[tokio::test]
async fn a_refresh_that_was_certainly_not_sent_is_no_lost_answer_later() {
    use crate::token::testing::Fault;
    // Its intent was written although the store says otherwise; or the lease could not be renewed and
    // the intent not be taken back; or Zendesk did not look at it, and the same.
    for (faults, replies) in [
        (&[(3, Fault::FailsAfter)][..], &[][..]),
        (&[(4, Fault::Fails), (5, Fault::Fails)], &[]),
        (&[(5, Fault::Fails)], &[Reply::RateLimited]),
    ] {
        let setting = Setting::new().after_the_end();
        setting.endpoint.revoke();
        setting.endpoint.replies(replies);
        for (call, fault) in faults {
            setting.store.fault(*call, *fault);
        }
        setting.source.access_token().await.unwrap_err();
        assert!(setting.store.record().unwrap().intent.is_some());
        assert!(!setting.source.state().is_answer_lost, "{faults:?}");
        setting.clock.pass(3 * MINUTE);
        let reason = reason(&setting.source).await;
        assert_eq!(reason, LoginEndReason::Refused, "{faults:?}");
    }
}

#[tokio::test]
async fn a_lost_answer_after_a_refresh_that_was_not_sent_is_one() {
    use crate::token::testing::Fault;
    // Within one moment, so that the second intent is as the first.
    let setting = Setting::new().after_the_end();
    setting
        .endpoint
        .replies(&[Reply::RateLimited, Reply::LostAfter]);
    setting.store.fault(5, Fault::Fails);
    setting.source.access_token().await.unwrap_err();
    let error = setting.source.refresh().await.unwrap_err();
    assert!(
        matches!(&error, TokenError::Ended(end)
            if matches!(end.reason, LoginEndReason::AnswerLost { .. })),
        "{error}"
    );
}

#[tokio::test]
async fn a_lost_answer_claims_no_more_than_is_known() {
    let left = |expired: bool| {
        let until = if expired {
            noon()
        } else {
            noon() + 60 * MINUTE
        };
        Record {
            intent: Some(Intent::first("process 1 on elsewhere", noon())),
            refresh_valid_until: Some(until),
            ..record(1)
        }
    };
    for is_expired in [false, true] {
        let setting = Setting::of(left(is_expired)).after_the_end();
        setting.endpoint.revoke();
        let text = setting.source.access_token().await.unwrap_err().to_string();
        assert!(text.contains("began a refresh at"), "{text}");
        assert!(text.contains("had probably carried it out"), "{text}");
        assert_eq!(text.contains("had run out"), is_expired, "{text}");
        assert!(text.ends_with("Log in again; nothing else brings it back."));
        // As another process reads it.
        let sibling = setting.sibling().access_token().await.unwrap_err();
        assert_eq!(sibling.to_string(), text);
    }
}
