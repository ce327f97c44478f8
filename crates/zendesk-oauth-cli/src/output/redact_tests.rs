//! What is hidden, and what is not.

use serde_json::json;

use super::*;

const HIDDEN: [&str; 36] = [
    "token",
    "full_token",
    "access_token",
    "accessToken",
    "X-Access-Token",
    "refresh_token",
    "flow_token",
    "id_token",
    "secret",
    "client_secret",
    "clientSecret",
    "password",
    "password_hash",
    "passphrase",
    "Authorization",
    "Proxy-Authorization",
    "authorization_header",
    "Cookie",
    "Set-Cookie",
    "api_key",
    "apiKey",
    "X-API-Key",
    "apikey",
    "private_key",
    "private_key_pem",
    "credentials",
    "client_assertion",
    "code",
    "code_verifier",
    "verification_code",
    "authorization_code",
    "token_value",
    "oauth_access_token_response_body",
    "access_tokens",
    "secrets",
    "access_codes",
];

const SHOWN: [&str; 18] = [
    "tokens_count",
    "token_count",
    "token_type",
    "token_expiry",
    "token_id",
    "token_url",
    "after_cursor",
    "expires_at",
    "expires_in",
    "refresh_token_expires_at",
    "client_id",
    "public_key",
    "status_code",
    "country_code",
    "secretary",
    "codec",
    "name",
    "",
];

#[test]
fn no_value_under_a_hidden_name_survives() {
    let values = [
        json!("CANARY"),
        json!(["CANARY", ["CANARY"]]),
        json!("{\"x\": CANARY"),
        json!({ "access_token": "CANARY" }),
        json!([{ "token": "CANARY" }]),
    ];
    for name in HIDDEN {
        for value in &values {
            let mut members = Map::new();
            members.insert(name.to_owned(), value.clone());
            let record = Value::Object(members);
            let inside = json!({ "a": [{ "b": record.clone() }] });
            let as_text = json!({ "body": record.to_string(), "deep": json!(inside.to_string()).to_string() });
            for record in [record, inside, as_text] {
                let shown = without_secrets(&record).to_string();
                assert!(!shown.contains("CANARY"), "{name}: {shown}");
            }
        }
    }
}

#[test]
fn what_is_no_secret_is_shown_as_it_is() {
    for name in SHOWN {
        assert!(!is_secret(name), "{name}");
    }
    let record = json!({ "tokens": [{ "id": 7, "scopes": ["read"] }], "text": "{\"a\":  1}", "secret": null });
    assert_eq!(without_secrets(&record), record);
    for text in [
        "https://acme.zendesk.com/api?page[after]=x&sort=id#top",
        "a = b; c",
        "5 > 4 & 3",
    ] {
        assert_eq!(without_secrets_in(text), text);
    }
}

#[test]
fn texts_lose_secrets_and_keep_the_rest() {
    for (text, expected) in [
        (
            "https://example.com/cb?code=CANARY&state=s#access_token=CANARY",
            "https://example.com/cb?code=[redacted]&state=s#access_token=[redacted]",
        ),
        ("/x?flow%5Ftoken=CANARY", "/x?flow%5Ftoken=[redacted]"),
        (
            "client_id=a&client_secret=CANARY",
            "client_id=a&client_secret=[redacted]",
        ),
        (
            "see https://u:CANARY@example.com/ and go",
            "see https://[redacted]@example.com/ and go",
        ),
        ("Bearer CANARY", "Bearer [redacted]"),
        (
            r#"{"access_token":"CANARY","expires_in":5}"#,
            r#"{"access_token":"[redacted]","expires_in":5}"#,
        ),
    ] {
        assert_eq!(without_secrets_in(text), expected);
    }
}

#[test]
fn a_header_that_is_named_beside_its_value_is_hidden() {
    let headers = json!([{ "name": "Authorization", "value": "CANARY" }, { "name": "Accept", "value": "*/*" }]);
    let shown = without_secrets(&headers);
    assert_eq!(shown[0]["value"], "[redacted]");
    assert_eq!(shown[1]["value"], "*/*");
}

#[test]
fn a_record_about_a_secret_is_shown_without_the_secret() {
    let record = json!({
        "token": { "id": 7, "scopes": ["read"], "token": "CANARY", "value": "CANARY", "x": { "raw": "CANARY" } },
        "secret": [{ "id": 8, "secret": "CANARY", "plain_text": "CANARY" }],
        "password": ["CANARY"],
        "code": [{ "id": 9 }, "CANARY"],
    });
    let shown = without_secrets(&record);
    assert_eq!(shown["token"]["id"], 7);
    assert_eq!(shown["token"]["scopes"], json!(["read"]));
    // No answer of Zendesk has a record there.
    assert_eq!(shown["secret"], "[redacted]");
    assert!(!shown.to_string().contains("CANARY"), "{shown}");
}
