//! An OpenAPI document: read, looked through, lowered, and made into a client.

use xtask::document::Document;
use xtask::problem::Problems;
use xtask::{generate, lint};

use crate::printed::{assert_steers_nothing, most_lines};

/// Longer ones are as hostile and slower.
const LONGEST: usize = 64 * 1024;

/// The text.
pub fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    if text.len() > LONGEST {
        return;
    }
    let document = match Document::parse("fuzzed", text) {
        Ok(document) => document,
        Err(problems) => return assert_placed(&problems, text),
    };
    if let Err(problems) = lint::check_all(std::slice::from_ref(&document)) {
        return assert_placed(&problems, text);
    }
    match generate::generate(&document) {
        Ok([client, contract]) => {
            if let Err(error) = syn::parse_file(&client.contents) {
                panic!("what is generated is no Rust: {error}");
            }
            let contract: Result<serde_json::Value, _> = serde_json::from_str(&contract.contents);
            assert!(contract.is_ok(), "the contract is no JSON");
        }
        // Found after the lint: it names the document, and no place in it.
        Err(problems) => assert!(!problems.0.is_empty()),
    }
}

/// Each problem says where in the text it is, unless it is of the file as a whole.
fn assert_placed(problems: &Problems, text: &str) {
    assert!(!problems.0.is_empty(), "refused without a reason");
    let lines = most_lines(text);
    for problem in &problems.0 {
        assert!(!problem.reason.is_empty() && !problem.way_out.is_empty());
        match problem.position {
            Some(at) => assert!(
                (1..=lines + 1).contains(&at.line) && at.column >= 1,
                "{at:?} is not in the text: {problem}"
            ),
            None => assert!(problem.pointer.is_empty(), "without a place: {problem}"),
        }
    }
    assert_steers_nothing(&problems.to_string());
}
