//! A plan to revoke tokens that a person has changed, its journal, and a condition that a person wrote.

use std::collections::BTreeSet;
use std::path::Path;

use zendesk_oauth_cli::hostile;

use crate::printed::{LONGEST, assert_steers_nothing};

/// Named in every refusal.
const PLAN: &str = "the-plan.jsonl";

/// The first byte says what comes: a condition, a plan, or a plan, a zero byte and its journal.
pub fn run(data: &[u8]) {
    match data.split_first() {
        Some((b'c', text)) => {
            if let Ok(text) = str::from_utf8(text) {
                condition(text);
            }
        }
        Some((b'p', bytes)) => plan(bytes),
        Some((b'j', bytes)) => {
            if let Some(end) = bytes.iter().position(|byte| *byte == 0) {
                journal(&bytes[..end], &bytes[end + 1..]);
            }
        }
        _ => {}
    }
}

fn condition(text: &str) {
    match hostile::condition(text) {
        Ok(written) => {
            let again = hostile::condition(&written);
            assert_eq!(again.as_ref(), Ok(&written), "of {text:?}");
        }
        Err(said) => assert_refused(&said),
    }
}

fn plan(bytes: &[u8]) {
    match hostile::plan(bytes, Path::new(PLAN)) {
        Ok((ids, condition)) => {
            let apart: BTreeSet<i64> = ids.iter().copied().collect();
            assert_eq!(apart.len(), ids.len(), "a token is in it twice");
            assert_eq!(hostile::condition(&condition).as_ref(), Ok(&condition));
            // A line that is commented out is a token that lives.
            let lines = bytes.split(|byte| *byte == b'\n');
            let counted =
                lines.filter(|line| matches!(line.trim_ascii_start().first(), Some(b'{' | b'[')));
            assert!(
                ids.len() < counted.count(),
                "there are more tokens than lines"
            );
        }
        Err(said) => {
            assert!(said.contains(PLAN), "which file? {said}");
            assert_refused(&said);
        }
    }
}

fn journal(plan: &[u8], bytes: &[u8]) {
    match hostile::journal(plan, bytes, Path::new(PLAN)) {
        Ok((whole, done)) => {
            let whole = usize::try_from(whole).expect("it is in memory");
            assert!(whole <= bytes.len());
            let rest = &bytes[whole..];
            assert!(
                !rest.contains(&b'\n'),
                "a whole line is taken for a torn one"
            );
            // What was torn off was never acted upon.
            let again = hostile::journal(plan, &bytes[..whole], Path::new(PLAN));
            assert_eq!(again, Ok((whole as u64, done)));
        }
        Err(said) => {
            assert!(said.contains(PLAN), "which file? {said}");
            assert_refused(&said);
        }
    }
}

fn assert_refused(said: &str) {
    assert!(!said.trim().is_empty());
    assert_steers_nothing(said);
    assert!(said.len() <= LONGEST, "{} bytes", said.len());
}
