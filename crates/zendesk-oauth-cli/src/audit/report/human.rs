//! For people: by severity, then by rule, at most 80 columns wide.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::Report;
use crate::audit::finding::{Finding, ago, days};
use crate::audit::rules::Rule;
use crate::audit::severity::Severity;
use crate::audit::tokens::Tally;
use crate::text::{counted, printable, wrapped};

const WIDTH: usize = 80;

pub(super) fn text(report: &Report<'_>) -> String {
    let mut text = String::new();
    let mut last: Option<&Rule> = None;
    for finding in report.findings {
        let rule = finding.rule;
        if last.is_none_or(|it| it.severity != rule.severity) {
            if last.is_some() {
                text.push('\n');
            }
            let _ = writeln!(text, "{}", rule.severity.name().to_uppercase());
        }
        if last.is_none_or(|it| it.id != rule.id) {
            text.push('\n');
            paragraph(&mut text, &format!("{} ({})", rule.title, rule.id), 2, 0);
            paragraph(&mut text, &format!("{} {}", rule.why, rule.mend), 4, 0);
            text.push('\n');
        }
        last = Some(rule);
        one(&mut text, finding, report.inventory.now);
    }
    if !report.findings.is_empty() {
        text.push('\n');
    }
    paragraph(&mut text, &summary(report), 0, 0);
    text
}

fn one(text: &mut String, finding: &Finding, now: Timestamp) {
    let subject = &finding.subject;
    let name = subject.name.as_deref().filter(|it| !it.is_empty());
    let name = name.map(|it| format!(" {}", printable(it)));
    let mark = if finding.new == Some(true) {
        "new: "
    } else {
        ""
    };
    let mut line = match subject.kind {
        "name" => format!(
            "{mark}{}",
            printable(subject.name.as_deref().unwrap_or_default())
        ),
        kind => format!(
            "{mark}{} {}{}",
            kind.replace('-', " "),
            printable(&subject.id),
            name.unwrap_or_default()
        ),
    };
    let _ = write!(line, ": {}", printable(&finding.what));
    if let Some(tally) = &finding.tokens {
        let _ = write!(line, "; {}", tokens(tally, now));
    }
    paragraph(text, &line, 4, 2);
    command(text, &finding.command);
}

fn tokens(tally: &Tally, now: Timestamp) -> String {
    let count = usize::try_from(tally.count).unwrap_or(usize::MAX);
    let ids: Vec<String> = tally.examples.iter().map(i64::to_string).collect();
    let more = if tally.count > tally.examples.len() as u64 {
        ", …"
    } else {
        ""
    };
    let made = match (tally.oldest, tally.newest) {
        (Some(first), Some(last)) if days(first, now) == days(last, now) => {
            format!(" made {}", ago(last, now))
        }
        (Some(first), Some(last)) => {
            format!(" made {} to {}", days(first, now), ago(last, now))
        }
        _ => String::new(),
    };
    format!(
        "{}{made} ({}{more})",
        counted(count, "token"),
        ids.join(", ")
    )
}

/// A command can be copied as it stands: a shell joins its lines again.
fn command(text: &mut String, command: &str) {
    let command = printable(command);
    let indent = " ".repeat(6);
    if command.chars().count() + indent.len() <= WIDTH {
        let _ = writeln!(text, "{indent}{command}");
        return;
    }
    let parts: Vec<&str> = command.split(" --").collect();
    for (index, part) in parts.iter().enumerate() {
        let end = if index + 1 < parts.len() { " \\" } else { "" };
        let _ = match index {
            0 => writeln!(text, "{indent}{part}{end}"),
            _ => writeln!(text, "{indent}  --{part}{end}"),
        };
    }
}

/// Lines after the first are set in by `hanging` more.
fn paragraph(text: &mut String, words: &str, indent: usize, hanging: usize) {
    for (index, line) in wrapped(words, WIDTH - indent - hanging).iter().enumerate() {
        let more = if index > 0 { hanging } else { 0 };
        let _ = writeln!(text, "{}{line}", " ".repeat(indent + more));
    }
}

fn summary(report: &Report<'_>) -> String {
    let count = |severity| {
        let findings = report.findings.iter();
        findings.filter(|it| it.rule.severity == severity).count()
    };
    let severities = [
        Severity::Critical,
        Severity::High,
        Severity::Medium,
        Severity::Low,
    ];
    let parts: Vec<String> = severities
        .into_iter()
        .map(|it| (count(it), it.name()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    let mut text = match report.findings.len() {
        0 => "No findings".to_owned(),
        count => format!("{}: {}", counted(count, "finding"), parts.join(", ")),
    };
    if report.has_baseline {
        let new = report.findings.iter().filter(|it| it.new == Some(true));
        let _ = write!(text, "; {} new since the baseline", new.count());
    }
    let audited: Vec<&str> = report
        .inventory
        .audited
        .iter()
        .map(|it| it.name())
        .collect();
    let _ = write!(text, ". Looked at {}", audited.join(", "));
    let skipped = report.inventory.skipped.iter();
    let skipped: Vec<&str> = skipped.map(|it| it.area.name()).collect();
    if !skipped.is_empty() {
        let _ = write!(text, "; not at {}", skipped.join(", "));
    }
    text + "."
}
