//! What progenitor gets to see of each document.

use xtask::document::Document;

use crate::documents::{documents, snake};

fn lowered(document: &Document) -> String {
    let lowered = xtask::lower::lower(document);
    let mut text = serde_json::to_string_pretty(&lowered.root).expect("JSON can be written");
    text.push_str(&format!(
        "\n\nredirects: {:?}\nopen enums: ",
        lowered.redirects
    ));
    for (name, open) in &lowered.open_enums {
        text.push_str(&format!("{name} {:?} ", open.values));
    }
    text.trim_end().to_owned()
}

#[test]
fn each_document_is_lowered_to_its_snapshot() {
    for document in documents() {
        insta::assert_snapshot!(format!("lowered_{}", snake(&document)), lowered(&document));
    }
}
