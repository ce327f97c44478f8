//! How each type that holds a secret prints: Debug of every schema's example.

use std::fmt::{Debug, Write};

use serde::de::DeserializeOwned;
use serde_json::Value;
use zendesk_chat_oauth_tokens::types as chat;
use zendesk_support_oauth_clients::types as support;
use zendesk_zis_oauth_connections::types as zis;

use crate::support::documents::{document, schema_examples};

fn debug<T: DeserializeOwned + Debug>(document_name: &str, schema: &str, text: &mut String) {
    let examples = schema_examples(&document(document_name));
    let (_, example) = examples
        .iter()
        .find(|(name, _)| name == schema)
        .expect("the schema has an example");
    let mut example: Value = example.clone();
    if !schema.starts_with("Create") && !schema.starts_with("Start") {
        example["a_field_of_tomorrow"] = Value::from("CANARY-unknown");
    }
    let typed: T = serde_json::from_value(example).expect("the example parses");
    writeln!(text, "{typed:#?}\n").expect("a string can be written to");
}

#[test]
fn debug_of_types_that_hold_a_secret() {
    let mut text = String::new();
    let (support, zis, chat) = (
        "support-oauth-clients",
        "zis-oauth-connections",
        "chat-oauth-tokens",
    );
    debug::<support::OAuthClient>(support, "OAuthClient", &mut text);
    debug::<support::OAuthClientResponse>(support, "OAuthClientResponse", &mut text);
    debug::<support::OAuthClientsPage>(support, "OAuthClientsPage", &mut text);
    debug::<zis::CreateZisOAuthTokenRequest>(zis, "CreateZisOAuthTokenRequest", &mut text);
    debug::<zis::ExchangedOAuthConnection>(zis, "ExchangedOAuthConnection", &mut text);
    debug::<zis::OAuthConnection>(zis, "OAuthConnection", &mut text);
    debug::<zis::StartOAuthFlowResponse>(zis, "StartOAuthFlowResponse", &mut text);
    debug::<zis::ZisOAuthToken>(zis, "ZisOAuthToken", &mut text);
    debug::<chat::ChatOAuthToken>(chat, "ChatOAuthToken", &mut text);
    assert!(!text.contains("CANARY"));
    insta::assert_snapshot!(text.trim_end());
}
