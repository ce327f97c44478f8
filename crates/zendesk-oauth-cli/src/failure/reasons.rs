//! What a server says of a refusal. It may quote what was sent: what may be a secret is not shown.

use serde_json::Value;
use zendesk_oauth_core::ApiErrorBody;

use crate::output::{is_secret, without_secrets};
use crate::text::printable;

/// Of each text so many letters are shown.
const LONGEST: usize = 240;
/// So many reasons are shown.
const MOST: usize = 8;
/// What stands in the place of a word.
const HIDDEN: &str = "[not shown]";

/// Words behind the name of a secret that are none.
const ORDINARY: [&str; 34] = [
    "and",
    "are",
    "be",
    "belongs",
    "can",
    "cannot",
    "created",
    "does",
    "endpoint",
    "expired",
    "for",
    "given",
    "grant",
    "has",
    "id",
    "in",
    "invalid",
    "is",
    "malformed",
    "may",
    "missing",
    "must",
    "not",
    "of",
    "on",
    "or",
    "presented",
    "provided",
    "revoked",
    "scope",
    "support",
    "to",
    "type",
    "was",
];

/// The reasons in one line.
pub(super) fn of(body: &ApiErrorBody) -> String {
    if body.is_html() {
        return "an HTML page".to_owned();
    }
    let (code, message) = (body.code(), body.message());
    let mut reasons = vec![both(code, message.filter(|it| Some(*it) != code))];
    for detail in body.details() {
        let why = both(detail.message, detail.code);
        reasons.push(format!("{}: {why}", shown(detail.field)));
    }
    for entry in body.errors().into_iter().skip(1) {
        reasons.push(both(entry.code, entry.detail.or(entry.title)));
    }
    reasons.retain(|it| !it.is_empty());
    let more = reasons.len() > MOST;
    reasons.truncate(MOST);
    if more {
        reasons.push("…".to_owned());
    }
    match reasons.is_empty() {
        true if body.is_empty() => "no body".to_owned(),
        true => "a body that names no reason".to_owned(),
        false => reasons.join("; "),
    }
}

fn both(first: Option<&str>, second: Option<&str>) -> String {
    let texts = [first, second].into_iter().flatten().map(shown);
    texts.collect::<Vec<_>>().join(": ")
}

/// The text without what may be a secret.
fn shown(text: &str) -> String {
    let text = match without_secrets(&Value::from(text.trim())) {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let mut words = Vec::new();
    // Behind the name of a secret its value may stand.
    let (mut after_name, mut had_name) = (false, false);
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|it: char| !it.is_alphanumeric());
        let is_quoted = word.starts_with(['"', '\'', '`', '“', '‘', '«']);
        let is_ordinary = ORDINARY.contains(&bare.to_lowercase().as_str());
        let is_name = is_secret(bare);
        let is_shown = pieces(word).all(is_plain)
            && (is_name || is_ordinary || !after_name)
            && (is_name || !(had_name && is_quoted));
        words.push(if is_shown { word } else { HIDDEN });
        after_name = is_name || (after_name && bare.is_empty());
        had_name |= is_name;
    }
    let text = printable(&words.join(" "));
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text,
    }
}

/// What is between quotes, brackets and the like.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    word.split(|it: char| !(it.is_alphanumeric() || "@+=%~$!*&^|".contains(it)))
}

/// Whether a piece of a word looks like language, a name or a number, and not like what a machine made.
fn is_plain(piece: &str) -> bool {
    let length = piece.chars().count();
    if piece.chars().all(|it| it.is_ascii_digit()) {
        return length <= 20;
    }
    if piece.chars().all(char::is_alphabetic) {
        let capitals = piece.chars().filter(|it| it.is_uppercase()).count();
        return length <= 30 && (capitals <= 1 + length / 4 || length <= 5);
    }
    length <= 4 && piece.chars().all(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(body: &Value) -> String {
        of(&ApiErrorBody::from_bytes(body.to_string().as_bytes()))
    }

    #[test]
    fn reasons_are_told_field_by_field() {
        let body = json!({
            "error": "RecordInvalid",
            "description": "Record validation errors",
            "details": {
                "name": [{ "error": "BlankValue", "description": "Name: cannot be blank" }],
                "identifier": [{ "description": "Identifier: has already been taken" }],
            },
        });
        assert_eq!(
            told(&body),
            "RecordInvalid: Record validation errors; identifier: Identifier: has already been taken; name: Name: \
             cannot be blank: BlankValue"
        );
        let body = json!({ "errors": [
            { "code": "InvalidParameter", "detail": "sort must be one of: name, created_at" },
            { "code": "1200", "title": "it can't be 'bogus'" },
        ] });
        assert_eq!(
            told(&body),
            "InvalidParameter: sort must be one of: name, created_at; 1200: it can't be 'bogus'"
        );
    }

    #[test]
    fn what_may_be_a_secret_is_not_told() {
        for text in [
            "Token CANARY is unknown",
            "the value CANARY-1 is too short",
            "no such token: 'correcthorse'",
            "password hunter is wrong",
            "ps55XW1CbNj_hKnzwJU3yc",
            "sent: Bearer abc",
            "client_secret=hunter",
            "0123456789abcdef0123456789abcdef",
            "me@acme.example/token:x",
            r#"{"access_token":"hunter"}"#,
        ] {
            let told = told(&json!({ "error": "Bad", "description": text }));
            let words = [
                "CANARY",
                "correcthorse",
                "hunter",
                "55XW",
                "abc",
                "cdef",
                "acme",
            ];
            for word in words {
                assert!(!told.contains(word), "{text}: {told}");
            }
        }
        let known = "The access token provided is expired, revoked, malformed or invalid for other reasons.";
        assert_eq!(
            told(&json!({ "error": "invalid_token", "error_description": known })),
            format!("invalid_token: {known}")
        );
    }

    #[test]
    fn nothing_is_told_as_such() {
        assert_eq!(told(&json!({})), "a body that names no reason");
        assert_eq!(of(&ApiErrorBody::from_bytes(b"")), "no body");
        assert_eq!(of(&ApiErrorBody::from_bytes(b"<p>CANARY")), "an HTML page");
        assert_eq!(told(&json!({ "error": "a\u{1b}[2Jb" })), "a\u{fffd}[2Jb");
        let long = "word ".repeat(200);
        assert!(told(&json!({ "error": long })).chars().count() <= LONGEST + 1);
    }
}
