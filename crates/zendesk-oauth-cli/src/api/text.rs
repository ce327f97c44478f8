//! Answers that are no JSON. What is secret in them is found by the names of parameters and by what it looks like; what
//! cannot be searched is printed only when secrets may be.

use std::io::{self, IsTerminal as _, Write as _};

use reqwest::header::CONTENT_TYPE;
use serde_json::Value;
use zendesk_oauth_core::client::Response;

use crate::failure::Failure;
use crate::output::{self, OutputFlags, harmless, without_secrets};
use crate::text::printable;

/// What stands in the place of a word that may be a token.
const HIDDEN: &str = "[redacted]";
/// No token of Zendesk is shorter; few words are longer and have digits in them.
const SHORTEST: usize = 20;

/// The body as JSON. Some servers put a byte order mark before it.
pub(super) fn json(body: &[u8]) -> Option<Value> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    serde_json::from_slice(body).ok()
}

/// Prints it.
pub(super) fn print(flags: &OutputFlags, answer: &Response) -> Result<(), Failure> {
    let body = answer.body();
    if flags.reveal {
        return as_it_is(body);
    }
    let media_type = answer.headers().get(CONTENT_TYPE);
    let media_type = media_type.and_then(|it| it.to_str().ok());
    let Some(text) = searched(media_type.unwrap_or_default(), body) else {
        let media_type = printable(media_type.unwrap_or("without a media type"));
        return Err(Failure::failed(format!(
            "the answer ({media_type}) is neither JSON nor text, so that secrets in it cannot be hidden"
        ))
        .advise("run it again with --reveal to print it as it is"));
    };
    text.lines().try_for_each(|line| {
        let line = match io::stdout().is_terminal() {
            true => printable(line),
            false => line.to_owned(),
        };
        output::write(&format!("{line}\n"))
    })
}

/// The text without secrets; nothing if they cannot be looked for.
fn searched(media_type: &str, body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(lines) = lines_of_json(text) {
        return Some(lines);
    }
    // What begins as JSON does and is none is broken off, or nested too deep to be read.
    if text.trim_start().starts_with(['{', '[', '"']) || !is_text(media_type) {
        return None;
    }
    Some(
        text.lines()
            .map(|line| format!("{}\n", without_tokens(&without_secrets_in(line))))
            .collect(),
    )
}

/// JSON on each line, as exports have it.
fn lines_of_json(text: &str) -> Option<String> {
    let mut lines = String::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let value: Value = serde_json::from_str(line).ok()?;
        lines.push_str(&harmless(without_secrets(&value).to_string()));
        lines.push('\n');
    }
    Some(lines)
}

fn is_text(media_type: &str) -> bool {
    let name = media_type.split(';').next().unwrap_or_default().trim();
    let name = name.to_ascii_lowercase();
    name.starts_with("text/")
        || name.ends_with("+xml")
        || matches!(
            name.as_str(),
            "application/xml" | "application/x-www-form-urlencoded" | "application/yaml"
        )
}

/// The text without the values of parameters that are secrets by their names.
pub(super) fn without_secrets_in(text: &str) -> String {
    match without_secrets(&Value::from(text)) {
        Value::String(text) => text,
        _ => HIDDEN.to_owned(),
    }
}

/// The text without words that look like tokens: long, with letters and digits.
fn without_tokens(text: &str) -> String {
    let is_of_word = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|it| !is_of_word(it)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        shown.push_str(if looks_like_a_token(word) {
            HIDDEN
        } else {
            word
        });
        let next = after.find(is_of_word).unwrap_or(after.len());
        shown.push_str(&after[..next]);
        rest = &after[next..];
    }
    shown
}

fn looks_like_a_token(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
    word.len() >= SHORTEST && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

fn as_it_is(bytes: &[u8]) -> Result<(), Failure> {
    if io::stdout().is_terminal() {
        let text = String::from_utf8_lossy(bytes);
        return text
            .lines()
            .try_for_each(|line| output::write(&format!("{}\n", printable(line))));
    }
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
    written.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::closed_pipe(),
        _ => Failure::failed("standard output cannot be written to").because(error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "CANARY0123456789abcdefghij";

    fn shown(media_type: &str, body: &str) -> Option<String> {
        let shown = searched(media_type, body.as_bytes());
        assert!(!shown.as_deref().unwrap_or_default().contains("CANARY"));
        shown
    }

    #[test]
    fn a_byte_order_mark_hides_no_json() {
        let body = b"\xef\xbb\xbf{\"a\":1}";
        assert_eq!(json(body), Some(serde_json::json!({ "a": 1 })));
    }

    #[test]
    fn each_line_of_json_is_searched() {
        let body = "{\"access_token\":\"CANARY\",\"id\":1}\n\n{\"id\":2}\n";
        let expected = "{\"access_token\":\"[redacted]\",\"id\":1}\n{\"id\":2}\n";
        assert_eq!(shown("application/x-ndjson", body).unwrap(), expected);
        assert_eq!(shown("", body).unwrap(), expected);
    }

    #[test]
    fn forms_and_texts_are_printed_without_tokens() {
        let form = "access_token=CANARY&scope=read";
        assert_eq!(
            shown("application/x-www-form-urlencoded", form).unwrap(),
            "access_token=[redacted]&scope=read\n"
        );
        let page = format!("<html>\n<a href=\"/x?code=CANARY\">read-more {TOKEN}</a>");
        assert_eq!(
            shown("text/html; charset=utf-8", &page).unwrap(),
            "<html>\n<a href=\"/x?code=[redacted]\">read-more [redacted]</a>\n"
        );
    }

    #[test]
    fn what_cannot_be_searched_is_not_shown() {
        let deep = format!("{}\"CANARY\"{}", "[".repeat(200), "]".repeat(200));
        assert_eq!(shown("application/json", &deep), None);
        assert_eq!(shown("text/plain", &deep), None);
        assert_eq!(shown("application/octet-stream", "CANARY"), None);
        assert_eq!(shown("", "CANARY"), None);
        assert_eq!(searched("text/plain", b"\xff"), None);
    }
}
