//! `outcomes.json`: what became of each mutant.

use std::{fs, path::Path};

use serde::Deserialize;

use crate::outputs::Failure;

/// What became of all mutants of a configuration.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    caught: usize,
    unviable: usize,
    endless: Vec<String>,
    /// Each as `file:line:column: what was replaced by what`.
    pub(super) survivors: Vec<String>,
}

impl Outcome {
    /// How many mutants were tested.
    pub(super) fn tested(&self) -> usize {
        self.caught + self.unviable + self.endless.len() + self.survivors.len()
    }

    /// How many there are of each kind, in a line.
    pub(super) fn counts(&self) -> String {
        let Self {
            caught,
            unviable,
            endless,
            survivors,
        } = self;
        let all = self.tested();
        let mut said = format!(
            "{all} mutants: {caught} caught, {} without end, {unviable} that do not compile, {} survived",
            endless.len(),
            survivors.len()
        );
        if !endless.is_empty() {
            said.push_str(&format!(" (without end: {})", endless.join(", ")));
        }
        said
    }
}

#[derive(Deserialize)]
struct Written {
    outcomes: Vec<Tested>,
}

#[derive(Deserialize)]
struct Tested {
    scenario: Scenario,
    summary: Summary,
}

#[derive(Deserialize)]
enum Scenario {
    Baseline,
    Mutant { name: String },
}

#[derive(Deserialize)]
enum Summary {
    Success,
    CaughtMutant,
    MissedMutant,
    Unviable,
    Failure,
    Timeout,
}

/// Reads it.
///
/// # Errors
/// When it is not there, is of another form, or tells of no mutant.
pub(super) fn read(path: &Path) -> Result<Outcome, Failure> {
    let text = fs::read(path).map_err(|source| Failure::Io {
        path: path.to_owned(),
        source,
        way_out: "see what cargo-mutants said",
    })?;
    parse(&text).map_err(|said| {
        Failure::refused(
            format!("{}: {said}", path.display()),
            "is it of another version of cargo-mutants?",
        )
    })
}

fn parse(text: &[u8]) -> Result<Outcome, String> {
    let written: Written = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    let mut outcome = Outcome {
        caught: 0,
        unviable: 0,
        endless: Vec::new(),
        survivors: Vec::new(),
    };
    let mut tested = 0;
    for Tested { scenario, summary } in written.outcomes {
        let Scenario::Mutant { name } = scenario else {
            continue;
        };
        tested += 1;
        match summary {
            Summary::CaughtMutant => outcome.caught += 1,
            Summary::Unviable => outcome.unviable += 1,
            Summary::Timeout => outcome.endless.push(name),
            Summary::MissedMutant => outcome.survivors.push(name),
            // Of the baseline only, or not known what: no test was seen to notice it.
            Summary::Success | Summary::Failure => outcome.survivors.push(name),
        }
    }
    match tested {
        0 => Err("it tells of no mutant".to_owned()),
        _ => Ok(outcome),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tested(summary: &str, name: &str) -> String {
        format!(
            r#"{{"scenario":{{"Mutant":{{"name":"{name}"}}}},"summary":"{summary}","log_path":"x"}}"#
        )
    }

    fn written(outcomes: &[String]) -> String {
        format!(r#"{{"outcomes":[{}],"missed":1}}"#, outcomes.join(","))
    }

    #[test]
    fn a_mutant_that_no_test_was_seen_to_notice_survived() {
        let text = written(&[
            r#"{"scenario":"Baseline","summary":"Success"}"#.to_owned(),
            tested("CaughtMutant", "a.rs:1:1: a"),
            tested("CaughtMutant", "a.rs:2:1: a"),
            tested("Unviable", "a.rs:3:1: a"),
            tested("Timeout", "a.rs:4:1: a"),
            tested("MissedMutant", "a.rs:5:1: a"),
            tested("Failure", "a.rs:6:1: a"),
        ]);
        let outcome = parse(text.as_bytes()).unwrap();
        assert_eq!(outcome.survivors, ["a.rs:5:1: a", "a.rs:6:1: a"]);
        assert_eq!(
            outcome.counts(),
            "6 mutants: 2 caught, 1 without end, 1 that do not compile, 2 survived (without end: a.rs:4:1: a)"
        );
    }

    #[test]
    fn a_file_without_mutants_or_of_another_form_is_refused() {
        let baseline = r#"{"scenario":"Baseline","summary":"Success"}"#.to_owned();
        assert_eq!(
            parse(written(&[baseline]).as_bytes()).unwrap_err(),
            "it tells of no mutant"
        );
        let unknown = written(&[tested("Ignored", "a")]);
        assert!(parse(unknown.as_bytes()).unwrap_err().contains("Ignored"));
    }
}
