//! A request as a person or a program reads it, without secrets.

use std::fmt::Write as _;

use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName,
    HeaderValue, TRANSFER_ENCODING, USER_AGENT,
};
use reqwest::Url;
use serde_json::{Map, Value, json};

use crate::output::{is_secret, without_secrets};
use crate::text::printable;

const REDACTED: &str = "[redacted]";

/// Headers that say nothing about the call: every request has them.
const OF_HTTP: [HeaderName; 6] = [
    ACCEPT_ENCODING,
    CONNECTION,
    CONTENT_LENGTH,
    HOST,
    TRANSFER_ENCODING,
    USER_AGENT,
];

/// The request.
pub(super) struct ShownRequest {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Value,
}

/// What the account's URL has behind scheme and host.
pub(super) fn stem(account: &str) -> String {
    let url = Url::parse(account);
    let path = url.map_or_else(|_| String::new(), |url| url.path().to_owned());
    path.trim_end_matches('/').to_owned()
}

/// As it would go to the account.
pub(super) fn of(
    request: &super::listener::Taken,
    account: &str,
    is_revealed: bool,
) -> ShownRequest {
    let headers = request.headers();
    let shown = headers
        .iter()
        .filter(|(name, _)| !OF_HTTP.contains(name))
        .map(|(name, value)| (name.as_str().to_owned(), header(name, value)))
        .collect();
    let is_form = headers.get(CONTENT_TYPE).is_some_and(|it| {
        it.as_bytes()
            .starts_with(b"application/x-www-form-urlencoded")
    });
    ShownRequest {
        method: request.method().to_string(),
        url: url(request.uri(), account, is_revealed),
        headers: shown,
        body: body(request.body(), is_form, is_revealed),
    }
}

impl ShownRequest {
    /// Close to what goes over the wire.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{} {}\n", self.method, self.url);
        for (name, value) in &self.headers {
            let _ = writeln!(text, "{name}: {value}");
        }
        match &self.body {
            Value::Null => {}
            Value::String(body) => {
                let _ = writeln!(text, "\n{}", printable(body));
            }
            body => {
                let _ = writeln!(text, "\n{body:#}");
            }
        }
        text
    }

    pub(super) fn json(&self) -> Value {
        let headers: Map<String, Value> = self
            .headers
            .iter()
            .map(|(name, value)| (name.clone(), json!(value)))
            .collect();
        json!({
            "method": self.method,
            "url": self.url,
            "headers": headers,
            "body": self.body,
        })
    }
}

/// Of credentials only the scheme is shown.
fn header(name: &HeaderName, value: &HeaderValue) -> String {
    let text = String::from_utf8_lossy(value.as_bytes());
    if *name == AUTHORIZATION {
        let scheme = text.split(' ').next().unwrap_or_default();
        return format!("{scheme} {REDACTED}");
    }
    printable(&text)
}

fn url(uri: &hyper::Uri, account: &str, is_revealed: bool) -> String {
    let path = uri.path_and_query().map_or("/", |it| it.as_str());
    let Ok(mut url) = Url::parse(account).and_then(|account| account.join(path)) else {
        return path.to_owned();
    };
    let Some(query) = url.query() else {
        return url.into();
    };
    let pairs: Vec<String> = query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name, _)) if !is_revealed && is_secret(name) => format!("{name}={REDACTED}"),
            _ => pair.to_owned(),
        })
        .collect();
    let pairs = pairs.join("&");
    url.set_query(None);
    // Set as a query, the brackets would be encoded.
    format!("{url}?{pairs}")
}

fn body(bytes: &Bytes, is_form: bool, is_revealed: bool) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    let value = if is_form {
        Value::Object(members_of_form(bytes))
    } else {
        match serde_json::from_slice(bytes) {
            Ok(value) => value,
            Err(_) if is_revealed => return String::from_utf8_lossy(bytes).into(),
            // What cannot be looked into may hold anything.
            Err(_) => return format!("[{} bytes]", bytes.len()).into(),
        }
    };
    if is_revealed {
        value
    } else {
        without_secrets_in_envelope(&value)
    }
}

/// Zendesk wraps a record in a member with its name, and the record of a token is no secret by that.
fn without_secrets_in_envelope(value: &Value) -> Value {
    match value {
        Value::Object(members) if members.len() == 1 && members.values().all(Value::is_object) => {
            let members = members.iter();
            members
                .map(|(name, record)| (name.clone(), without_secrets(record)))
                .collect()
        }
        _ => without_secrets(value),
    }
}

fn members_of_form(bytes: &Bytes) -> Map<String, Value> {
    let text = String::from_utf8_lossy(bytes);
    let url = Url::parse(&format!("http://localhost/?{text}"));
    url.map(|url| {
        url.query_pairs()
            .map(|(name, value)| (name.into_owned(), Value::from(value.into_owned())))
            .collect()
    })
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use hyper::Request;

    use super::*;

    fn shown(request: hyper::http::request::Builder, body: &'static str) -> ShownRequest {
        let request = request.body(Bytes::from_static(body.as_bytes())).unwrap();
        of(&request, "https://acme.zendesk.com", false)
    }

    #[test]
    fn a_request_is_shown_at_the_accounts_address_without_secrets() {
        let request = Request::post("/oauth/x?id=1&flow_token=CANARY-1&access_token=CANARY-2")
            .header(AUTHORIZATION, "Basic CANARY-3")
            .header(CONTENT_TYPE, "application/json")
            .header(HOST, "127.0.0.1:1");
        let body = r#"{"a":[{"client_secret":"CANARY-4","name":"n"}],"code":"CANARY-5"}"#;
        let shown = shown(request, body);
        let (text, json) = (shown.text(), shown.json());
        assert!(!format!("{text}{json}").contains("CANARY"), "{text}{json}");
        assert_eq!(
            json["url"],
            "https://acme.zendesk.com/oauth/x?id=1&flow_token=[redacted]&access_token=[redacted]"
        );
        assert_eq!(json["headers"]["authorization"], "Basic [redacted]");
        assert_eq!(json["body"]["a"][0]["name"], "n");
        assert!(json["headers"].get("host").is_none());
        assert!(
            text.starts_with("POST https://acme.zendesk.com/oauth/x?"),
            "{text}"
        );
    }

    #[test]
    fn the_record_of_a_token_is_shown_without_its_secrets() {
        let json = Request::post("/").header(CONTENT_TYPE, "application/json");
        let body = r#"{"token":{"client_id":1,"scopes":["read"],"full_token":"CANARY"}}"#;
        let body = shown(json, body).json()["body"].take();
        let token = json!({"client_id": 1, "scopes": ["read"], "full_token": "[redacted]"});
        assert_eq!(body, json!({ "token": token }));
        let flat = Request::post("/").header(CONTENT_TYPE, "application/json");
        let flat = shown(flat, r#"{"token":"CANARY"}"#).json();
        assert_eq!(flat["body"], json!({"token": "[redacted]"}));
    }

    #[test]
    fn forms_are_read_and_what_cannot_be_read_is_not_shown() {
        let form = Request::post("/").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let shown_form = shown(form, "client_id=a+b&client_secret=CANARY");
        assert_eq!(
            shown_form.json()["body"],
            json!({"client_id": "a b", "client_secret": "[redacted]"})
        );
        let other = shown(Request::post("/"), "token=CANARY");
        assert_eq!(other.json()["body"], "[12 bytes]");
    }

    #[test]
    fn a_stem_of_the_account_is_kept() {
        assert_eq!(stem("http://127.0.0.1:1/a/b/"), "/a/b");
        assert_eq!(stem("https://acme.zendesk.com"), "");
    }
}
