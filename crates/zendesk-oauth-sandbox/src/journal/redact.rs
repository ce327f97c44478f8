//! What of a request may be shown. Everything that is not known to be harmless is left out.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::uri::bare_uri;
use crate::http::{HIDDEN, shown_name};
use crate::state::Secrets;

const REDACTED: &str = "[redacted]";

/// Longer values are no name, no scope and no address that anybody would want to read.
const LONGEST_VALUE: usize = 256;

/// Names of parameters and members whose values hold no secret.
const HARMLESS: &[&str] = &[
    "all",
    "allow_offline_access",
    "client_id",
    "code_challenge_method",
    "company",
    "description",
    "expires_in",
    "grant_type",
    "identifier",
    "integration",
    "kind",
    "name",
    "oauth_client_name",
    "oauth_client_uuid",
    "oauth_url_subdomain",
    "page",
    "page[size]",
    "per_page",
    "permission_scopes",
    "redirect_uri",
    "refresh_token_expires_in",
    "response_type",
    "scope",
    "scopes",
    "sort",
    "user_id",
    "uuid",
];

/// Parameters of paths that are names, not credentials.
const HARMLESS_SEGMENTS: &[&str] = &["{integration}", "{uuid}"];

/// A path: what the route has literally, ids, and names. Without a route, what looks like a word.
pub(super) fn path(path: &str, template: Option<&str>, secrets: &Secrets) -> String {
    let mut templates = template.map(|template| template.split('/'));
    let mut shown = String::with_capacity(path.len());
    for (number, segment) in path.split('/').enumerate() {
        if number > 0 {
            shown.push('/');
        }
        let of_route = templates.as_mut().map(|it| it.next().unwrap_or_default());
        let harmless = match of_route {
            Some(literal) if !literal.starts_with('{') => is_literal(segment, literal),
            Some(parameter) => {
                let plain = segment.strip_suffix(".json").unwrap_or(segment);
                is_id(plain) || HARMLESS_SEGMENTS.contains(&parameter) && is_name(plain)
            }
            None => segment.is_empty() || is_word(segment),
        };
        let harmless = harmless && !secrets.are_in(segment);
        shown.push_str(if harmless { segment } else { HIDDEN });
    }
    shown
}

/// Some paths are taken with `.json` at their end as well.
fn is_literal(segment: &str, literal: &str) -> bool {
    segment == literal || segment.strip_suffix(".json") == Some(literal)
}

fn is_id(segment: &str) -> bool {
    (1..=19).contains(&segment.len()) && segment.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_name(segment: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    (1..=64).contains(&segment.len()) && segment.bytes().all(legal)
}

fn is_word(segment: &str) -> bool {
    let legal =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_.-".contains(&byte);
    segment.len() <= 32
        && segment.starts_with(|first: char| first.is_ascii_lowercase())
        && segment.bytes().all(legal)
}

/// The pairs of a query or of a form, by name.
pub(super) fn pairs(text: &str, secrets: &Secrets) -> Map<String, Value> {
    let mut shown = Map::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        // What stands alone may be a value as well as a name.
        let decoded = match pair.contains('=') {
            true => form_urlencoded::parse(pair.as_bytes()).next(),
            false => None,
        };
        let (name, value) = decoded.unwrap_or((Cow::Borrowed(HIDDEN), Cow::Borrowed("")));
        let value = Value::String(text_of(&name, &value, secrets));
        match shown.get_mut(safe_name(&name, secrets)) {
            None => {
                shown.insert(safe_name(&name, secrets).to_owned(), value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(earlier) => *earlier = Value::Array(vec![earlier.take(), value]),
        }
    }
    shown
}

/// JSON: each value by the name of the member that holds it, however deep.
pub(super) fn json(value: Value, secrets: &Secrets) -> Value {
    of_member("", value, secrets)
}

fn of_member(name: &str, value: Value, secrets: &Secrets) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| {
                let value = of_member(&name, value, secrets);
                (safe_name(&name, secrets).to_owned(), value)
            });
            Value::Object(members.collect())
        }
        Value::Array(values) => {
            let values = values.into_iter();
            values.map(|it| of_member(name, it, secrets)).collect()
        }
        Value::String(text) => Value::String(text_of(name, &text, secrets)),
        Value::Null => Value::Null,
        number_or_bool if HARMLESS.contains(&name) => number_or_bool,
        Value::Bool(_) | Value::Number(_) => Value::String(REDACTED.to_owned()),
    }
}

fn safe_name<'a>(name: &'a str, secrets: &Secrets) -> &'a str {
    if secrets.are_in(name) {
        HIDDEN
    } else {
        shown_name(name)
    }
}

fn text_of(name: &str, text: &str, secrets: &Secrets) -> String {
    let shown = match name {
        "redirect_uri" => bare_uri(text),
        _ if HARMLESS.contains(&name) => Some(text.to_owned()),
        _ => None,
    };
    let shown = shown.filter(|it| it.len() <= LONGEST_VALUE && !secrets.are_in(it));
    shown.unwrap_or_else(|| REDACTED.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn secrets() -> Secrets {
        let mut secrets = Secrets::default();
        secrets.add("canary-of-the-state");
        secrets
    }

    #[test]
    fn paths_show_what_the_route_has_and_ids() {
        let template = Some("/api/v2/oauth/clients/{oauth_client_id}/generate_secret");
        let shown = |it: &str| path(it, template, &secrets());
        let kept = "/api/v2/oauth/clients/28401000000001/generate_secret.json";
        assert_eq!(shown(kept), kept);
        assert_eq!(
            shown("/api/v2/oauth/clients/CANARY-id/generate_secret"),
            "/api/v2/oauth/clients/…/generate_secret"
        );
        let named = |it: &str| path(it, Some("/start/{integration}"), &secrets());
        assert_eq!(named("/start/my_Integration"), "/start/my_Integration");
        assert_eq!(named("/start/canary-of-the-state"), "/start/…");
        assert_eq!(named("/start/CANARY%20value"), "/start/…");
    }

    #[test]
    fn the_names_in_paths_are_those_of_routes() {
        for name in HARMLESS_SEGMENTS {
            let mut routes = crate::zis::ROUTES.iter();
            assert!(routes.any(|it| it.path.contains(name)), "{name}");
        }
    }

    #[test]
    fn paths_without_a_route_show_words() {
        let shown = |it: &str| path(it, None, &secrets());
        assert_eq!(shown("/api/v2/users.json/"), "/api/v2/users.json/");
        assert_eq!(shown("/api/CANARY-x/12/a%20b"), "/api/…/…/…");
        assert_eq!(shown("/canary-of-the-state"), "/…");
        let (short, long) = ("a".repeat(32), "a".repeat(33));
        assert_eq!(shown(&format!("/{short}/{long}")), format!("/{short}/…"));
    }

    #[test]
    fn pairs_show_names_and_harmless_values() {
        let text = "page%5Bsize%5D=2&token=CANARY-1&token=CANARY-2&CANARY-3&a%20b=CANARY-4\
                    &scope=canary-of-the-state&scope=read";
        let shown = Value::Object(pairs(text, &secrets()));
        let expected = json!({
            "page[size]": "2",
            "token": ["[redacted]", "[redacted]"],
            "…": ["[redacted]", "[redacted]"],
            "scope": ["[redacted]", "read"],
        });
        assert_eq!(shown, expected);
    }

    #[test]
    fn json_is_shown_by_the_name_of_the_member() {
        let sent = json!({
            "client": {
                "name": "Test Client",
                "identifier": "canary-of-the-state",
                "secret": "CANARY-secret",
                "redirect_uri": ["https://u:CANARY-p@example.com/back?code=CANARY-c#CANARY-f", "CANARY-uri"],
                "user_id": 29,
                "pin": 1234,
                "ok": true,
                "company": null,
                "description": { "x": "CANARY-deep" },
                "canary-of-the-state": 1,
            },
            "list": ["CANARY-list", ["CANARY-inner"], { "kind": "public" }],
        });
        let expected = json!({
            "client": {
                "name": "Test Client",
                "identifier": "[redacted]",
                "secret": "[redacted]",
                "redirect_uri": ["https://example.com/back", "[redacted]"],
                "user_id": 29,
                "pin": "[redacted]",
                "ok": "[redacted]",
                "company": null,
                "description": { "x": "[redacted]" },
                "…": "[redacted]",
            },
            "list": ["[redacted]", ["[redacted]"], { "kind": "public" }],
        });
        assert_eq!(json(sent, &secrets()), expected);
        assert_eq!(json(json!("CANARY"), &secrets()), json!("[redacted]"));
    }
}
