//! The committed code is what the generator makes of the committed documents.

use std::path::Path;

use xtask::{generate::generate, lint, outputs};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

#[test]
fn committed_code_is_up_to_date() {
    let root = Path::new(ROOT);
    let documents = outputs::read_documents(root).unwrap_or_else(|failure| panic!("{failure}"));
    lint::check_all(&documents).unwrap_or_else(|problems| panic!("{problems}"));
    let generated: Vec<_> = documents
        .iter()
        .flat_map(|document| generate(document).unwrap_or_else(|problems| panic!("{problems}")))
        .collect();
    assert_eq!(generated.len(), 6);
    outputs::check(root, &generated).unwrap_or_else(|failure| panic!("{failure}"));
}
