//! What the `oauth2` crate can read of an answer. No IO.

use serde_json::{Map, Value, json};

use crate::token::endpoint::Answer;

/// The members of an error that it knows (RFC 6749, 5.2).
const OF_ERRORS: [&str; 3] = ["error", "error_description", "error_uri"];

/// The answer of a success with its members as RFC 6749, 5.1 has them. What is none of it stays.
pub(super) fn token(body: &[u8], answer: &Answer) -> Vec<u8> {
    let mut members: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
    let mut put = |name: &str, value: Option<Value>| match value {
        Some(value) => members.insert(name.to_owned(), value),
        None => members.remove(name),
    };
    let seconds = |lasts: std::time::Duration| json!(lasts.as_secs());
    put("access_token", Some(json!(answer.access_token)));
    put("token_type", Some(json!("bearer")));
    put("expires_in", answer.expires_in.map(seconds));
    put(
        "refresh_token",
        answer.refresh_token.as_ref().map(|it| json!(it)),
    );
    let refresh = answer.refresh_token_expires_in.map(seconds);
    put("refresh_token_expires_in", refresh);
    put("scope", answer.scope.as_ref().map(|it| json!(it)));
    Value::Object(members).to_string().into_bytes()
}

/// The answer of a refusal, if it is one of OAuth.
pub(super) fn refusal(body: &[u8]) -> Option<Vec<u8>> {
    let mut members: Map<String, Value> = serde_json::from_slice(body).ok()?;
    members.get("error")?.as_str()?;
    members.retain(|name, value| OF_ERRORS.contains(&name.as_str()) && value.is_string());
    Some(Value::Object(members).to_string().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(body: &Value) -> Value {
        let answer: Answer = serde_json::from_value(body.clone()).unwrap();
        serde_json::from_slice(&token(body.to_string().as_bytes(), &answer)).unwrap()
    }

    #[test]
    fn what_it_cannot_read_is_mended_or_left_out_and_the_rest_stays() {
        let odd = json!({
            "access_token": "a", "expires_in": -1, "refresh_token": null, "scope": 7,
            "refresh_token_expires_in": "x", "tomorrow": [1],
        });
        let expected = json!({"access_token": "a", "token_type": "bearer", "tomorrow": [1]});
        assert_eq!(plain(&odd), expected);
        let good = json!({
            "access_token": "a", "token_type": "bearer", "expires_in": 1_800, "scope": "read",
            "refresh_token": "r", "refresh_token_expires_in": 2_592_000,
        });
        assert_eq!(plain(&good), good);
    }

    #[test]
    fn a_refusal_is_one_with_an_error_that_is_text() {
        for none in ["", "text", "[]", "{}", r#"{"error":{"title":"x"}}"#] {
            assert_eq!(refusal(none.as_bytes()), None, "{none}");
        }
        let odd = br#"{"error":"invalid_grant","error_description":{"a":1},"x":"y"}"#;
        assert_eq!(refusal(odd).unwrap(), br#"{"error":"invalid_grant"}"#);
    }
}
