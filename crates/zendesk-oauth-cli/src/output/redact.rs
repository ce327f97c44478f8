//! JSON of which no type says what is secret: what is hidden is known by the names of members.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// What stands in the place of a value.
const REDACTED: &str = "[redacted]";

/// Names end with one of these, or are one: `access_token`, `client_secret`.
const LAST_WORDS: [&str; 18] = [
    "apikey",
    "assertion",
    "authorization",
    "bearer",
    "cookie",
    "credential",
    "credentials",
    "jwt",
    "otp",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "pwd",
    "secret",
    "sid",
    "signature",
    "token",
];

/// Two words that make a key secret, wherever they stand: `private_key_pem`.
const KEYS: [&str; 8] = [
    "api",
    "access",
    "private",
    "secret",
    "signing",
    "shared",
    "master",
    "encryption",
];

/// Words before `code` with which somebody may get in.
const CODES: [&str; 10] = [
    "access",
    "auth",
    "authorization",
    "backup",
    "device",
    "login",
    "recovery",
    "security",
    "user",
    "verification",
];

/// Words after a secret's name that leave it a secret: `password_hash`, `access_token_response_body`.
const FORMS: [&str; 12] = [
    "base64", "body", "data", "digest", "full", "hash", "header", "json", "plain", "raw",
    "response", "value",
];

/// What a record about a secret may call the secret itself, beside its forms.
const CONTENTS: [&str; 5] = ["content", "contents", "key", "text", "string"];

/// The value, with what may be secret hidden. No value under a hidden name is left, but null.
pub(crate) fn without_secrets(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_secrets).collect(),
        Value::Object(members) => Value::Object(object(members)),
        Value::String(text) => Value::String(without_secrets_in(text)),
        _ => value.clone(),
    }
}

fn object(members: &Map<String, Value>) -> Map<String, Value> {
    // Headers and variables come as `{"name": …, "value": …}`, too.
    let named = ["name", "key", "header"]
        .iter()
        .any(|it| matches!(members.get(*it), Some(Value::String(name)) if is_secret(name)));
    members
        .iter()
        .map(|(name, value)| (name.clone(), member(name, value, named)))
        .collect()
}

fn member(name: &str, value: &Value, is_named_beside: bool) -> Value {
    if value.is_null() {
        return Value::Null;
    }
    if is_named_beside && name == "value" {
        return Value::from(REDACTED);
    }
    match (kind_of(name), value) {
        (Name::Plain, _) => without_secrets(value),
        // An answer is of use without its secrets.
        (Name::Form, Value::String(text)) if text.trim_start().starts_with('{') => {
            json_without_secrets(text).map_or_else(|| Value::from(REDACTED), Value::String)
        }
        (Name::Secret, Value::Object(members)) if name == ENVELOPE => about_a_secret(members),
        (Name::Secret | Name::Form, _) => Value::from(REDACTED),
        (Name::Secrets, _) => hidden_list(value),
    }
}

/// What Support wraps the record of a token in.
const ENVELOPE: &str = "token";

/// A record in [`ENVELOPE`], as in `{"token": {"id": …}}`, is one about a secret. Its `value` is the secret.
fn about_a_secret(record: &Map<String, Value>) -> Value {
    let shown = object(record).into_iter().map(|(name, value)| {
        let words = words(&name);
        let is_it = words
            .last()
            .is_none_or(|it| FORMS.contains(&it.as_str()) || CONTENTS.contains(&it.as_str()));
        match value {
            Value::Object(inside) => (name, about_a_secret(&inside)),
            Value::String(_) | Value::Array(_) if is_it => (name, Value::from(REDACTED)),
            value => (name, value),
        }
    });
    Value::Object(shown.collect())
}

/// A list under a plural, such as `tokens`: what are records in it are shown, and what are values is not.
fn hidden_list(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(hidden_list).collect(),
        Value::Object(_) => without_secrets(value),
        Value::String(_) => Value::from(REDACTED),
        _ => value.clone(),
    }
}

/// What a name says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    /// Nothing.
    Plain,
    /// It is a secret.
    Secret,
    /// It is something that was made of a secret, such as an answer with one.
    Form,
    /// They are secrets, if they are texts.
    Secrets,
}

/// Whether a member, parameter, header or flag of that name holds a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    kind_of(name) != Name::Plain
}

fn kind_of(name: &str) -> Name {
    let words = words(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let Some((last, before)) = words.split_last() else {
        return Name::Plain;
    };
    if ends_as_a_secret(&words) {
        return Name::Secret;
    }
    // After `form`s are taken away: `token_value`, `oauth_access_token_response_body`.
    let mut stem = &words[..];
    while let Some((word, rest)) = stem.split_last() {
        if !FORMS.contains(word) {
            break;
        }
        stem = rest;
    }
    if stem.len() < words.len() && ends_as_a_secret(stem) {
        return Name::Form;
    }
    if let Some(singular) = last.strip_suffix('s') {
        let mut one = before.to_vec();
        one.push(singular);
        if ends_as_a_secret(&one) {
            // A list of `tokens` is mostly one of records.
            return if *last == "tokens" {
                Name::Secrets
            } else {
                Name::Secret
            };
        }
    }
    Name::Plain
}

fn ends_as_a_secret(words: &[&str]) -> bool {
    let Some((last, before)) = words.split_last() else {
        return false;
    };
    let previous = before.last().copied().unwrap_or_default();
    LAST_WORDS.contains(last)
        || (*last == "code" && (before.is_empty() || CODES.contains(&previous)))
        || (*last == "verifier" && previous == "code")
        || words
            .windows(2)
            .any(|pair| KEYS.contains(&pair[0]) && matches!(pair[1], "key" | "keys"))
}

/// `accessToken`, `X-Access-Token` and `access_token` have the same words.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for letter in name.chars() {
        let begins = letter.is_uppercase() && was_lower;
        if !letter.is_alphanumeric() || begins {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        was_lower = letter.is_lowercase() || letter.is_numeric();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The text, without secrets where it is JSON, a header's credentials, or has parameters as URLs and forms do.
fn without_secrets_in(text: &str) -> String {
    if let Some(json) = json_without_secrets(text) {
        return json;
    }
    for scheme in ["Bearer ", "Basic ", "bearer ", "basic "] {
        if text.starts_with(scheme) {
            return format!("{scheme}{REDACTED}");
        }
    }
    without_parameters(&without_userinfo(text))
}

fn json_without_secrets(text: &str) -> Option<String> {
    if !text.trim_start().starts_with(['{', '[', '"']) {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let shown = without_secrets(&value);
    Some(if shown == value {
        text.to_owned()
    } else {
        shown.to_string()
    })
}

/// `https://user:password@host` without the middle.
fn without_userinfo(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        shown.push_str(before);
        let end = after
            .find(|it: char| it.is_whitespace() || "/?#\"'<>".contains(it))
            .unwrap_or(after.len());
        let authority = &after[..end];
        match authority.rsplit_once('@') {
            Some((_, host)) => {
                shown.push_str(REDACTED);
                shown.push('@');
                shown.push_str(host);
            }
            None => shown.push_str(authority),
        }
        rest = &after[end..];
    }
    shown.push_str(rest);
    shown
}

/// `?code=…&state=…`, and a form's `client_secret=…`, without the values of secret names.
fn without_parameters(text: &str) -> String {
    let ends = |it: char| it.is_whitespace() || "?&#;\"'<>,".contains(it);
    let mut shown = String::new();
    let mut rest = text;
    loop {
        let end = rest.find(ends).unwrap_or(rest.len());
        let piece = &rest[..end];
        match piece.split_once('=') {
            Some((name, value)) if !value.is_empty() && is_secret_parameter(name) => {
                shown.push_str(name);
                shown.push('=');
                shown.push_str(REDACTED);
            }
            _ => shown.push_str(piece),
        }
        let Some(delimiter) = rest[end..].chars().next() else {
            return shown;
        };
        shown.push(delimiter);
        rest = &rest[end + delimiter.len_utf8()..];
    }
}

fn is_secret_parameter(name: &str) -> bool {
    let name = percent_decode_str(name).decode_utf8_lossy();
    // `token[secret]` is a form's way to lead inside.
    is_secret(&name)
}

#[cfg(test)]
#[path = "redact_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "redact_properties.rs"]
mod properties;
