//! What holds for every condition.

use proptest::prelude::*;
use serde_json::json;

use super::tests::{now, token};
use super::*;

fn comparison() -> impl Strategy<Value = Comparison> {
    prop_oneof![
        Just(Comparison::More),
        Just(Comparison::AtLeast),
        Just(Comparison::Less),
        Just(Comparison::AtMost),
    ]
}

fn span() -> impl Strategy<Value = Span> {
    (0_u32..5_000, "[hdw]")
        .prop_map(|(count, unit)| Span::parse(&format!("{count}{unit}")).expect("short enough"))
}

fn named() -> impl Strategy<Value = Named> {
    prop_oneof![
        (0..i64::MAX).prop_map(Named::Id),
        "[^\"]{1,12}".prop_map(Named::Name),
    ]
}

fn term() -> impl Strategy<Value = Term> {
    prop_oneof![
        (comparison(), span()).prop_map(|(comparison, span)| Term::Idle(comparison, span)),
        Just(Term::NeverUsed),
        (comparison(), span()).prop_map(|(comparison, span)| Term::Age(comparison, span)),
        Just(Term::NoExpiry),
        Just(Term::Expired),
        (comparison(), span())
            .prop_map(|(comparison, span)| Term::RefreshExpires(comparison, span)),
        "[^\"]{1,12}".prop_map(Term::Scope),
        named().prop_map(Term::Client),
        (0..i64::MAX).prop_map(Term::GlobalClient),
        named().prop_map(Term::User),
        proptest::collection::vec(0..i64::MAX, 1..4).prop_map(Term::Id),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    let term = term().prop_map(Condition::Term);
    term.prop_recursive(5, 40, 4, |inner| {
        let parts = proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            parts.clone().prop_map(Condition::Any),
            parts.prop_map(Condition::All),
            inner.prop_map(|it| Condition::Not(Box::new(it))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same(condition in condition()) {
        let text = condition.to_string();
        prop_assert_eq!(text.parse::<Condition>(), Ok(condition), "{}", text);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}|[a-z<>=()\",0-9 -]{0,40}") {
        if let Err(mistake) = text.parse::<Condition>() {
            prop_assert!(mistake.place() <= text.chars().count() + 1);
        }
    }

    #[test]
    fn not_picks_nothing_that_the_condition_picks(
        condition in condition(),
        used in proptest::option::of("202[0-9]-0[1-9]-0[1-9]T00:00:00Z|soon"),
        created in proptest::option::of("202[0-9]-0[1-9]-0[1-9]T00:00:00Z|soon"),
    ) {
        let token = token(json!({ "used_at": used, "created_at": created }));
        let facts = Facts { token: &token, of_client: OfClient::Unknown, now: now() };
        let opposite = Condition::Not(Box::new(condition.clone()));
        prop_assert!(!(condition.holds(&facts) && opposite.holds(&facts)));
        prop_assert_eq!(condition.why(&facts).is_empty(), !condition.holds(&facts));
        let _ = condition.why_not(&facts);
    }
}
