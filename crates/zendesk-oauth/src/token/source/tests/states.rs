//! What the state tells.

use super::*;
use crate::token::TokenPhase;
use crate::token::testing::{Reply, issued};

#[tokio::test]
async fn every_change_reaches_who_watches() {
    let setting = Setting::new();
    let mut watch = setting.source.watch();
    assert_eq!(watch.current().phase(), TokenPhase::Unknown);
    token(&setting.source).await;
    let state = watch.changed().await;
    assert_eq!((state.phase(), state.generation), (TokenPhase::Usable, 1));
    assert_eq!(state.valid_until, Some(noon() + 30 * MINUTE));
    setting.clock.pass(30 * MINUTE);
    assert_eq!(watch.current().phase(), TokenPhase::Failing);
    setting.endpoint.replies(&[Reply::WrongClient]);
    setting.source.access_token().await.unwrap_err();
    let state = watch.changed().await;
    assert_eq!((state.phase(), state.failures), (TokenPhase::Failing, 1));
    assert!(state.last_failure.is_some());
    setting
        .source
        .log_in(&issued(7, noon() + 30 * MINUTE))
        .await
        .unwrap();
    let state = watch.changed().await;
    assert_eq!((state.phase(), state.failures), (TokenPhase::Usable, 0));
    assert!(state.last_failure.is_none());
}

#[tokio::test]
async fn nothing_that_is_printed_has_a_secret() {
    let setting = Setting::new().after_the_end();
    setting
        .endpoint
        .replies(&[Reply::RateLimited, Reply::WrongClient]);
    let mut printed = String::new();
    for _ in 0..3 {
        if let Err(error) = setting.source.access_token().await {
            let error = crate::Error::from(error);
            printed += &format!("{error} {error:?} {:?}", error.token());
        }
        let watch = setting.source.watch();
        printed += &format!(
            "{:?} {:?} {watch:?}",
            setting.source,
            setting.source.state()
        );
        setting.clock.pass(3 * MINUTE);
    }
    printed += &format!(
        "{:?}",
        builder(&setting.clock, &setting.endpoint, &setting.store)
    );
    assert!(
        printed.contains("last_failure") && !printed.contains("CANARY"),
        "{printed}"
    );
}
