//! What progenitor gets to see of each document.

use crate::support::documents::document;

fn lowered(name: &str) -> String {
    let lowered = xtask::lower::lower(&document(name));
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
fn lowered_support_oauth_clients() {
    insta::assert_snapshot!(lowered("support-oauth-clients"));
}

#[test]
fn lowered_zis_oauth_connections() {
    insta::assert_snapshot!(lowered("zis-oauth-connections"));
}

#[test]
fn lowered_chat_oauth_tokens() {
    insta::assert_snapshot!(lowered("chat-oauth-tokens"));
}
