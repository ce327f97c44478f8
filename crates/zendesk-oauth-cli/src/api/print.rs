//! How an answer is printed.

use reqwest::header::SET_COOKIE;
use serde_json::Value;
use zendesk_oauth_core::client::Response;

use super::{pages, text};
use crate::account::RawAnswer;
use crate::failure::Failure;
use crate::output::{self, Format, OutputFlags, Shape, harmless, is_secret, without_secrets};
use crate::text::printable;

/// A raw answer has no columns of its own: they are those of --columns.
pub(super) const SHAPE: Shape = Shape(&["id", "name"]);

/// Status and headers, to standard error.
pub(super) fn head(answer: &Response) {
    output::talk(format_args!("HTTP {}", answer.status()));
    for (name, value) in answer.headers() {
        let value = if *name == SET_COOKIE || is_secret(name.as_str()) {
            "[redacted]".to_owned()
        } else {
            // An address may carry a code or a token.
            printable(&text::without_secrets_in(&String::from_utf8_lossy(
                value.as_bytes(),
            )))
        };
        output::talk(format_args!("{name}: {value}"));
    }
}

/// What may be seen of a value.
pub(super) fn shown(flags: &OutputFlags, value: Value) -> Value {
    if flags.reveal {
        value
    } else {
        without_secrets(&value)
    }
}

/// The body of one answer.
pub(super) fn body(flags: &OutputFlags, answer: &RawAnswer, path: &str) -> Result<(), Failure> {
    if answer.0.body().is_empty() {
        output::talk(format_args!("{}, without a body", answer.0.status()));
        return Ok(());
    }
    let Some(mut value) = text::json(answer.0.body()) else {
        return text::print(flags, &answer.0);
    };
    let is_table = flags.format == Format::Table && !flags.columns.is_empty();
    if (is_table || flags.format == Format::Ndjson)
        && let Some(items) = pages::items(&mut value, path).ok().flatten()
    {
        let mut rows = flags.rows(SHAPE);
        for item in items {
            rows.push(&shown(flags, item))?;
        }
        return rows.finish();
    }
    let value = shown(flags, value);
    if is_table {
        return flags.item(&value, SHAPE);
    }
    output::write(&harmless(match flags.format {
        Format::Ndjson => format!("{value}\n"),
        Format::Json | Format::Table => format!("{value:#}\n"),
    }))
}
