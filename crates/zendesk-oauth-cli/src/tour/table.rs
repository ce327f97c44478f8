//! The steps as a table: a line of findings, and the request below it.

use std::time::Duration;

use super::colour::Colours;
use super::step::Step;
use crate::text::{WIDTH, padded, printable, right_aligned, width, wrapped};

const NUMBER: usize = 2;
const STATUS: usize = 6;
const TIME: usize = 9;
const GAP: usize = 2;

/// The table with its head, each line at most [`WIDTH`] columns wide.
pub(super) fn table(steps: &[Step], colours: Colours) -> String {
    let names = steps.iter().map(|step| width(step.operation.id));
    let operation = names.chain([width("operation")]).max().unwrap_or_default();
    let indent = NUMBER + GAP;
    let before = indent + operation + GAP + STATUS + GAP + TIME + GAP;
    let head = format!(
        "{}  {}  {}  {}  what came back",
        right_aligned("#", NUMBER),
        padded("operation", operation),
        padded("status", STATUS),
        right_aligned("time", TIME),
    );
    let mut lines = vec![colours.bold(&head)];
    for (index, step) in steps.iter().enumerate() {
        let status = step
            .status
            .map_or("–".to_owned(), |it| it.as_u16().to_string());
        let status = padded(&status, STATUS);
        let (status, phrase) = match &step.found {
            Ok(phrase) => (colours.green(&status), phrase.as_str()),
            Err(_) => (colours.red(&status), "deviates, see below"),
        };
        let phrase = wrapped(&printable(phrase), WIDTH.saturating_sub(before));
        let mut phrase = phrase.into_iter();
        lines.push(format!(
            "{}  {}  {status}  {}  {}",
            right_aligned(&(index + 1).to_string(), NUMBER),
            padded(step.operation.id, operation),
            right_aligned(&milliseconds(step.time), TIME),
            phrase.next().unwrap_or_default(),
        ));
        lines.extend(phrase.map(|more| format!("{}{more}", " ".repeat(before))));
        for part in pieces(&printable(&step.request), WIDTH - indent) {
            lines.push(format!("{}{}", " ".repeat(indent), colours.dim(&part)));
        }
    }
    lines.join("\n")
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// The text in pieces of at most so many columns, broken anywhere.
fn pieces(text: &str, columns: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for character in text.chars() {
        let mut encoded = [0; 4];
        let character = &*character.encode_utf8(&mut encoded);
        match pieces.last_mut() {
            Some(last) if width(last) + width(character) <= columns => last.push_str(character),
            _ => pieces.push(character.to_owned()),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;

    use super::*;
    use crate::areas;
    use crate::tour::step::Deviation;

    fn step(id: &str, request: &str, found: Result<&str, Deviation>) -> Step {
        let (_, operation) = areas::find(id).unwrap();
        Step {
            operation,
            request: request.to_owned(),
            status: found.is_ok().then_some(StatusCode::OK),
            time: Duration::from_micros(12_340),
            found: found.map(str::to_owned),
        }
    }

    #[test]
    fn columns_are_aligned_and_no_line_is_too_wide() {
        let deviation = Deviation {
            expected: "200".to_owned(),
            came: "500".to_owned(),
        };
        let long = "日本語 ".repeat(20);
        let steps = [
            step(
                "list_oauth_clients",
                "GET /api/v2/oauth/clients",
                Ok("3 clients"),
            ),
            step(
                "generate_oauth_client_secret",
                &"GET /x".repeat(40),
                Ok(&long),
            ),
            step("revoke_chat_oauth_token", "DELETE /y", Err(deviation)),
        ];
        let text = table(&steps, Colours::off());
        assert!(text.lines().all(|line| width(line) <= WIDTH), "{text}");
        insta::assert_snapshot!(text);
    }
}
