//! The committed code is what the generator makes of the committed documents.

use std::path::Path;

use xtask::{generate::generate, lint, outputs};

use crate::documents::{TOP, documents};

#[test]
fn committed_code_is_up_to_date() {
    let documents = documents();
    lint::check_all(&documents).unwrap_or_else(|problems| panic!("{problems}"));
    let generated: Vec<_> = documents
        .iter()
        .flat_map(|document| generate(document).unwrap_or_else(|problems| panic!("{problems}")))
        .collect();
    assert_eq!(generated.len(), 2 * documents.len());
    let top = Path::new(TOP);
    outputs::check(top, &generated).unwrap_or_else(|failure| panic!("{failure}"));
    outputs::check_strays(top, &generated).unwrap_or_else(|failure| panic!("{failure}"));
}
