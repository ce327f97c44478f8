//! The rules themselves.

use std::fmt::Write as _;

use crate::audit::rules;
use crate::failure::Failure;
use crate::output::Format;
use crate::text::{padded, width, wrapped};

pub(in crate::audit) fn text(format: Format) -> Result<String, Failure> {
    let unwritable = |error| Failure::failed("the rules cannot be written as JSON").because(error);
    match format {
        Format::Table => Ok(table()),
        Format::Json => {
            let rules: Vec<_> = rules::all().collect();
            let text = serde_json::to_string_pretty(&rules).map_err(unwritable)?;
            Ok(text + "\n")
        }
        Format::Ndjson => {
            let line = |rule| Ok(serde_json::to_string(rule).map_err(unwritable)? + "\n");
            rules::all().map(line).collect()
        }
    }
}

fn table() -> String {
    let widest = rules::all().map(|rule| width(rule.id)).max().unwrap_or(0);
    let mut text = String::new();
    for rule in rules::all() {
        let id = padded(rule.id, widest);
        let severity = padded(rule.severity.name(), 8);
        let title = wrapped(rule.title, 80 - widest - 12);
        for (index, line) in title.iter().enumerate() {
            let _ = match index {
                0 => writeln!(text, "{id}  {severity}  {line}"),
                _ => writeln!(text, "{}{line}", " ".repeat(widest + 12)),
            };
        }
    }
    text
}
