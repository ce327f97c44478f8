//! What schemathesis sent and what was answered, and what it found.

use std::{
    collections::BTreeMap,
    fmt,
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use serde_json::Value;

use crate::{document::Document, openapi, verify::process::without_colour};

/// How many lines of its findings are shown. Each has its reproduction, so they are long.
const SHOWN_LINES: usize = 300;

/// The answers of each documented operation.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    by_operation: BTreeMap<(String, String), Answers>,
    /// Requests, with those of methods that no document has.
    cases: usize,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Answers {
    accepted: usize,
    refused: usize,
}

impl Outcome {
    /// Reads the report of a run.
    pub(super) fn read(report: &Path, document: &Document) -> Result<Self, String> {
        let unreadable = |error: std::io::Error| format!("its report cannot be read: {error}");
        let file = File::open(report).map_err(unreadable)?;
        let mut outcome = Self::of(document);
        for line in BufReader::new(file).lines() {
            let line = line.map_err(unreadable)?;
            let event = serde_json::from_str(&line)
                .map_err(|error| format!("its report is not what was expected: {error}"))?;
            outcome.add(&event);
        }
        Ok(outcome)
    }

    fn of(document: &Document) -> Self {
        let operations = openapi::operations(&document.root).into_iter();
        let operations = operations
            .map(|operation| (operation.method.clone(), operation.path.to_owned()))
            .map(|key| (key, Answers::default()));
        Self {
            by_operation: operations.collect(),
            cases: 0,
        }
    }

    /// Counts the answers of a finished scenario; other events say nothing here.
    fn add(&mut self, event: &Value) {
        let recorder = &event["ScenarioFinished"]["recorder"];
        for (case, interaction) in recorder["interactions"].as_object().into_iter().flatten() {
            self.cases += 1;
            let Some(status) = interaction["response"]["status_code"].as_u64() else {
                continue;
            };
            let case = &recorder["cases"][case]["value"];
            let text = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
            let key = (text("method"), text("path"));
            let Some(answers) = self.by_operation.get_mut(&key) else {
                continue;
            };
            match status {
                200..=399 => answers.accepted += 1,
                _ => answers.refused += 1,
            }
        }
    }

    /// How many operations the document has.
    pub(super) fn operations(&self) -> usize {
        self.by_operation.len()
    }

    /// How many requests were sent.
    pub(super) fn cases(&self) -> usize {
        self.cases
    }

    /// The operations that never did what they are for: nothing was seen of their right answers.
    pub(super) fn never_accepted(&self) -> Vec<String> {
        let operations = self.by_operation.iter();
        operations
            .filter(|(_, answers)| answers.accepted == 0)
            .map(|((method, path), _)| format!("{method} {path}"))
            .collect()
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum = |count: fn(&Answers) -> usize| self.by_operation.values().map(count).sum();
        let (accepted, refused): (usize, usize) = (sum(|it| it.accepted), sum(|it| it.refused));
        write!(
            f,
            "{} operations, {} requests: {accepted} accepted, {refused} refused, {} of other methods",
            self.operations(),
            self.cases,
            self.cases - accepted - refused
        )
    }
}

/// What it found, in its own words: from its list of errors or failures to the summary.
pub(super) fn findings(said: &str) -> String {
    let said = without_colour(said);
    let is_title = |line: &str, title: &str| line.starts_with("===") && line.contains(title);
    let lines: Vec<&str> = said
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .collect();
    let first = lines
        .iter()
        .position(|line| is_title(line, " FAILURES ") || is_title(line, " ERRORS "));
    let found = &lines[first.unwrap_or_default()..];
    let last = found.iter().position(|line| is_title(line, " SUMMARY "));
    let found = &found[..last.unwrap_or(found.len())];
    let mut shown = found[..found.len().min(SHOWN_LINES)].join("\n");
    if found.len() > SHOWN_LINES {
        shown.push_str(&format!("\n[{} more lines]", found.len() - SHOWN_LINES));
    }
    shown
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Document {
        let text = "openapi: 3.0.3\npaths:\n  /things:\n    get: {}\n    post: {}\n";
        Document::parse("things", text).unwrap()
    }

    fn event(method: &str, status: Option<u64>) -> Value {
        let response = status.map(|status| json!({ "status_code": status }));
        json!({ "ScenarioFinished": { "recorder": {
            "cases": { "a": { "value": { "method": method, "path": "/things" } } },
            "interactions": { "a": { "response": response } },
        } } })
    }

    #[test]
    fn an_operation_that_never_accepts_is_named() {
        let mut outcome = Outcome::of(&document());
        outcome.add(&json!({ "EngineStarted": {} }));
        outcome.add(&event("GET", Some(307)));
        outcome.add(&event("GET", Some(404)));
        outcome.add(&event("POST", Some(400)));
        outcome.add(&event("POST", None));
        outcome.add(&event("TRACE", Some(405)));
        assert_eq!(outcome.never_accepted(), ["POST /things"]);
        assert_eq!(
            outcome.to_string(),
            "2 operations, 5 requests: 1 accepted, 2 refused, 2 of other methods"
        );
        outcome.add(&event("POST", Some(201)));
        assert!(outcome.never_accepted().is_empty());
    }

    #[test]
    fn a_report_that_is_not_there_or_not_json_is_an_error() {
        let folder = tempfile::TempDir::new().unwrap();
        let report = folder.path().join("report.ndjson");
        assert!(Outcome::read(&report, &document()).is_err());
        std::fs::write(&report, "{}\nnot json\n").unwrap();
        assert!(Outcome::read(&report, &document()).is_err());
        std::fs::write(&report, format!("{}\n", event("GET", Some(200)))).unwrap();
        assert_eq!(Outcome::read(&report, &document()).unwrap().cases(), 1);
    }

    #[test]
    fn findings_are_what_stands_between_the_title_and_the_summary() {
        let said = "Schemathesis\n\n=== FAILURES ===\n\u{1b}[31m__ GET / __\u{1b}[0m\n\n  curl x\n=== SUMMARY ===\nmore";
        assert_eq!(findings(said), "=== FAILURES ===\n__ GET / __\n  curl x");
        assert_eq!(findings("cannot start\n"), "cannot start");
        let long = format!("== x\n{}", "line\n".repeat(SHOWN_LINES + 9));
        assert!(findings(&long).ends_with("[10 more lines]"));
    }
}
