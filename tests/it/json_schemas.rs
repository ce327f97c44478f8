//! The JSON schemas of the generated types, with the feature `schemars`.

use schemars::{JsonSchema, schema_for};
use serde_json::Value;
use zendesk_chat_oauth_tokens::types::ChatOAuthToken;
use zendesk_support_oauth_clients::types::{OAuthClient, OAuthClientKind};
use zendesk_zis_oauth_connections::types::OAuthConnection;

fn schema<T: JsonSchema>() -> Value {
    schema_for!(T).to_value()
}

/// The schema that a property has or refers to, by way of `anyOf` with null or not.
fn resolved<'a>(root: &'a Value, property: &'a Value) -> &'a Value {
    let reference = property
        .get("$ref")
        .or_else(|| property.pointer("/anyOf/0/$ref"))
        .and_then(Value::as_str);
    match reference {
        Some(reference) => root
            .pointer(&reference[1..])
            .expect("the reference resolves"),
        None => property,
    }
}

#[test]
fn secrets_are_passwords_in_every_schema() {
    let schemas = [
        (schema::<OAuthClient>(), "secret"),
        (schema::<OAuthConnection>(), "access_token"),
        (schema::<ChatOAuthToken>(), "refresh_token"),
    ];
    for (root, secret) in schemas {
        let property = resolved(&root, &root["properties"][secret]);
        assert_eq!(property["format"], "password", "{secret}: {root:#}");
    }
}

#[test]
fn timestamps_ids_and_open_enums_have_their_types() {
    let root = schema::<OAuthClient>();
    assert_eq!(
        resolved(&root, &root["properties"]["created_at"])["format"],
        "date-time"
    );
    assert_eq!(root["properties"]["id"]["format"], "int64");
    assert_eq!(schema::<OAuthClientKind>()["type"], "string");
}
