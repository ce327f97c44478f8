//! How a call ended, in the words of `table.md`.

use std::collections::BTreeSet;

use zendesk_oauth::Error;

use crate::table::Table;

type Predicate = (&'static str, fn(&Error) -> bool);

/// Every predicate of the facade's error.
const PREDICATES: [Predicate; 18] = [
    ("is_auth", Error::is_auth),
    ("is_conflict", Error::is_conflict),
    ("is_connect", Error::is_connect),
    ("is_decode", Error::is_decode),
    ("is_denied", Error::is_denied),
    ("is_forbidden", Error::is_forbidden),
    ("is_invalid_grant", Error::is_invalid_grant),
    ("is_not_found", Error::is_not_found),
    ("is_not_sent", Error::is_not_sent),
    ("is_paging_limit", Error::is_paging_limit),
    ("is_rate_limited", Error::is_rate_limited),
    ("is_redirect", Error::is_redirect),
    ("is_server_error", Error::is_server_error),
    ("is_timeout", Error::is_timeout),
    ("is_too_large", Error::is_too_large),
    ("is_transient", Error::is_transient),
    ("is_transport", Error::is_transport),
    ("is_validation", Error::is_validation),
];

/// The names of the predicates that hold.
pub(crate) fn predicates(error: &Error) -> BTreeSet<String> {
    let held = PREDICATES.iter().filter(|(_, holds)| holds(error));
    held.map(|(name, _)| (*name).to_owned()).collect()
}

/// The word for how a call ended, or what there is no word for.
pub(crate) fn word(table: &Table, failed: Option<&Error>, status: Option<u16>, own: u16) -> String {
    let held = failed.map(predicates).unwrap_or_default();
    let status = match status {
        None => "none".to_owned(),
        Some(status) if status == own => "own".to_owned(),
        Some(status) => status.to_string(),
    };
    let known = table.outcomes.iter().find(|(word, outcome)| {
        (*word == "ok") == failed.is_none()
            && outcome.statuses.contains(&status)
            && outcome.predicates == held
    });
    known.map_or_else(
        || match failed {
            None => format!("success with status {status}"),
            Some(error) => format!("error with status {status} and {held:?} ({error})"),
        },
        |(word, _)| word.clone(),
    )
}

#[test]
fn every_predicate_of_the_facade_is_asked() {
    let facade = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/zendesk-oauth");
    let source = std::fs::read_to_string(format!("{facade}/src/error/predicates.rs"));
    let source = source.expect("the predicates have a file of their own");
    let declared = source.split("pub fn is_").skip(1);
    let declared: BTreeSet<_> = declared
        .filter_map(|rest| Some(format!("is_{}", rest.split_once('(')?.0)))
        .collect();
    let asked = PREDICATES.iter().map(|(name, _)| (*name).to_owned());
    assert_eq!(asked.collect::<BTreeSet<_>>(), declared);
}
