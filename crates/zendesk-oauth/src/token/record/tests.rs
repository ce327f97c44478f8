//! What a record says of itself.

use std::time::Duration;

use super::*;
use crate::token::LifetimeSource;
use crate::token::testing::noon;

const HOUR: Duration = Duration::from_secs(3_600);

fn issued(name: &str) -> IssuedToken {
    let lifetime = Lifetime::limited(HOUR, LifetimeSource::Answer);
    IssuedToken::new(
        Secret::from(format!("CANARY-access-{name}")),
        lifetime,
        noon(),
    )
}

/// A pair with a scope.
fn full() -> IssuedToken {
    let refresh = Secret::from("CANARY-refresh-first");
    issued("first")
        .refresh_token(refresh, Some(30 * HOUR))
        .scope("read write")
}

fn record() -> Record {
    Record::new("my_app", "https://acme.zendesk.com", &full())
}

fn refresh_token(record: &Record) -> Option<&str> {
    record.refresh_token().map(Secret::expose)
}

#[test]
fn a_new_record_has_what_was_issued_and_whose_it_is() {
    let record = record();
    assert_eq!(record.client_id(), "my_app");
    assert_eq!(record.base_url(), "https://acme.zendesk.com");
    assert_eq!(record.access_token().expose(), "CANARY-access-first");
    assert_eq!(record.valid_until(), Some(noon() + HOUR));
    assert_eq!(refresh_token(&record), Some("CANARY-refresh-first"));
    assert_eq!(record.refresh_valid_until(), Some(noon() + 30 * HOUR));
    assert_eq!(record.scope(), Some("read write"));
    assert_eq!(record.obtained_at(), noon());
    assert_eq!(record.generation(), 1);
    assert!(record.intent().is_none() && record.end().is_none());
    let bare = Record::new("my_app", "https://acme.zendesk.com", &issued("bare"));
    assert!(bare.refresh_token().is_none() && bare.refresh_valid_until().is_none());
    assert_eq!(bare.scope(), None);
}

#[test]
fn an_intent_and_an_end_are_there_to_be_read() {
    let intent = Intent::first("process 1", noon());
    let end = LoginEnd::new(LoginEndReason::Refused, noon());
    let record = Record {
        intent: Some(intent.clone()),
        end: Some(end.clone()),
        ..record()
    };
    assert_eq!(record.intent(), Some(&intent));
    assert_eq!(record.end(), Some(&end));
    let again = intent.again();
    assert_eq!((again.times, again.again().times), (2, 3));
    assert_eq!((again.who, again.began_at), (intent.who, intent.began_at));
}

/// RFC 6749, 6: what an answer leaves out stands as it was.
#[test]
fn what_an_answer_leaves_out_stands() {
    let before = Record {
        generation: 7,
        intent: Some(Intent::first("process 1", noon())),
        end: Some(LoginEnd::new(LoginEndReason::Refused, noon())),
        ..record()
    };
    let next = before.succeeded_by(&issued("second"));
    assert_eq!(next.access_token().expose(), "CANARY-access-second");
    assert_eq!(refresh_token(&next), Some("CANARY-refresh-first"));
    assert_eq!(next.refresh_valid_until(), Some(noon() + 30 * HOUR));
    assert_eq!(next.scope(), Some("read write"));
    assert_eq!(next.generation(), 8);
    assert!(next.intent().is_none() && next.end().is_none());
    let rotated = issued("third").refresh_token(Secret::from("CANARY-refresh-third"), None);
    let next = before.succeeded_by(&rotated.scope("read"));
    assert_eq!(refresh_token(&next), Some("CANARY-refresh-third"));
    assert_eq!(next.refresh_valid_until(), None, "that was of the old one");
    assert_eq!(next.scope(), Some("read"));
}

#[test]
fn another_lifetime_counts_from_when_the_token_was_received() {
    let lasting = record().lasting(Lifetime::limited(3 * HOUR, LifetimeSource::Answer));
    assert_eq!(lasting.valid_until(), Some(noon() + 3 * HOUR));
    assert_eq!(refresh_token(&lasting), Some("CANARY-refresh-first"));
    assert_eq!(record().lasting(Lifetime::Unlimited).valid_until(), None);
}

#[test]
fn debug_shows_whose_it_is_and_no_token() {
    let shown = format!("{:?}", record());
    for text in [
        "my_app",
        "https://acme.zendesk.com",
        "has_refresh_token: true",
        "generation: 1",
    ] {
        assert!(shown.contains(text), "{text:?} is not in: {shown}");
    }
    assert!(!shown.contains("CANARY"), "{shown}");
}
