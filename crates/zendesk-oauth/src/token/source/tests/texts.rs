//! What errors say, and which way they point.

use std::error::Error as _;
use std::time::SystemTime;

use zendesk_oauth_core::Clock as _;

use super::*;
use crate::token::testing::{Fault, Reply, issued};
use crate::token::{TokenError, TokenPhase};

#[tokio::test]
async fn a_login_that_cannot_be_stored_is_to_be_kept_and_stored_again() {
    let setting = Setting::new();
    setting.store.set_down(true);
    let login = issued(50, noon());
    let error = setting.source.log_in(&login).await.unwrap_err();
    assert!(matches!(error, TokenError::NotStored(_)), "{error}");
    let text = error.to_string();
    assert!(text.contains("the new login is not stored"), "{text}");
    assert!(text.contains("call log_in with it again"), "{text}");
    assert!(text.ends_with("the faulty store: it fails."), "{text}");
    assert!(error.is_transient() && error.source().is_none());
    setting.store.set_down(false);
    setting.source.log_in(&login).await.unwrap();
    assert_eq!(token(&setting.source).await, "CANARY-access-50");
}

#[tokio::test]
async fn a_store_is_checked_without_a_change_of_the_login() {
    let clock = FastClock::new();
    let setting = Setting::over(clock.clone(), FaultyStore::new(&clock));
    setting.source.check_store().await.unwrap();
    assert_eq!(setting.store.calls(), ["load", "lease", "release"]);
    assert_eq!(setting.store.leased_to(), None);
    // Somebody else holds the lease: so it can be written.
    setting.store.take_lease(MINUTE);
    setting.source.check_store().await.unwrap();
    for call in [5, 8] {
        setting.store.fault(call, Fault::Fails);
        let error = setting.source.check_store().await;
        assert!(matches!(error, Err(TokenError::Store(_))), "{error:?}");
        setting.store.take_lease(MINUTE - MINUTE);
    }
    assert!(setting.store.record().is_none());
}

#[tokio::test]
async fn the_text_of_the_cause_is_in_the_one_line_that_is_printed() {
    let setting = Setting::new().after_the_end();
    setting.store.set_down(true);
    let error = setting.source.access_token().await.unwrap_err();
    let text = error.to_string();
    assert!(text.ends_with("the faulty store: it fails."), "{text}");
    let setting = Setting::new().after_the_end();
    setting.endpoint.replies(&[Reply::RateLimited]);
    let error = setting.source.access_token().await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("429") && !text.contains('\n'), "{text}");
    assert!(text.contains("another attempt follows"), "{text}");
}

#[tokio::test]
async fn settings_that_are_wrong_are_said_to_be_and_not_tried_every_second() {
    let setting = Setting::new().after_the_end();
    setting.endpoint.replies(&[Reply::WrongClient; 8]);
    let error = setting.source.access_token().await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("before the settings are changed"), "{text}");
    assert!(!text.contains("another attempt"), "{text}");
    for _ in 0..50 {
        setting.clock.pass(MINUTE / 60);
        setting.source.access_token().await.unwrap_err();
    }
    assert_eq!(setting.endpoint.requests(), 1);
    setting.clock.pass(MINUTE);
    setting.source.access_token().await.unwrap_err();
    assert_eq!(setting.endpoint.requests(), 2);
}

#[tokio::test]
async fn the_login_of_another_is_not_to_be_replaced_and_its_name_stays_in_one_line() {
    let setting = Setting::of(Record {
        client_id: "x\ny\u{1b}[31m".to_owned(),
        ..record(1)
    });
    let error = setting.source.access_token().await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("x\\ny\\u{1b}[31m at https"), "{text}");
    assert!(!text.chars().any(char::is_control), "{text}");
    assert!(!error.needs_login() && text.contains("Name another store"));
    assert_eq!(setting.source.state().phase(), TokenPhase::NoLogin);
    assert!(crate::Error::from(error).is_auth());
}

#[tokio::test]
async fn a_refresh_that_is_given_up_blames_nobody() {
    let setting = Setting::new().after_the_end();
    for call in 3..200 {
        // Each swap conflicts, each renewal comes too late; the rest does what it should.
        setting.store.fault_of("swap", call, Fault::TooLate);
    }
    let error = setting.source.access_token().await.unwrap_err();
    assert!(matches!(error, TokenError::GivenUp { .. }), "{error}");
    assert!(!error.to_string().contains("process"), "{error}");
    assert!(error.is_transient());
    assert_eq!(setting.endpoint.requests(), 0);
}

#[test]
fn a_source_takes_the_time_from_its_endpoint_unless_it_is_given_another() {
    use crate::token::{MemoryStore, OAuthClientCredentials, TokenEndpoint};
    let clock = |minutes: u32| {
        let clock = FastClock::new();
        clock.set(noon() + minutes * MINUTE);
        clock
    };
    let zendesk = crate::Zendesk::at(crate::token::testing::BASE_URL);
    let zendesk = zendesk.clock(clock(1)).build().unwrap();
    let endpoint = TokenEndpoint::new(&zendesk, OAuthClientCredentials::public("my_app"));
    let time = |source: &TokenSource| -> SystemTime { source.0.clock.system_time() };
    let builder = || TokenSource::builder(endpoint.clone(), MemoryStore::new());
    assert_eq!(time(&builder().build()), noon() + MINUTE);
    let own = builder().clock(clock(2)).build();
    assert_eq!(time(&own), noon() + 2 * MINUTE);
}
