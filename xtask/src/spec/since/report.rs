//! What `--since` prints: per document its operations and what changed in them, then the versions.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{
    compare::Comparison,
    finding::{Effect, Finding},
    set::{DocumentChange, State},
};

/// So many places of texts are named; the rest is counted.
const MOST_TEXTS: usize = 4;

/// So many operations that did not change are named; more are counted.
const MOST_UNCHANGED: usize = 7;

/// The whole report.
pub fn report(revision: &str, commit: &str, changes: &[DocumentChange]) -> String {
    let commit: String = commit.chars().take(7).collect();
    let mut text = format!("since {revision} ({commit})\n");
    for change in changes {
        text.push('\n');
        match &change.state {
            State::New { .. } => line(&mut text, &format!("{}: new", change.name)),
            State::Removed { .. } => line(
                &mut text,
                &format!("{}: removed, which breaks the set", change.name),
            ),
            State::Kept { comparison, .. } => {
                line(
                    &mut text,
                    &format!("{}: {}", change.name, word(comparison.effect())),
                );
                document(&mut text, comparison);
            }
        }
    }
    text.push_str("\nversions\n");
    let width = changes.iter().map(|one| one.name.len()).max().unwrap_or(0);
    for change in changes {
        version(&mut text, change, width);
    }
    text
}

fn line(text: &mut String, words: &str) {
    text.push_str(words);
    text.push('\n');
}

fn word(effect: Option<Effect>) -> &'static str {
    effect.map_or("unchanged", Effect::word)
}

fn document(text: &mut String, comparison: &Comparison) {
    // A component that several operations use is told at the first of them.
    let mut told = BTreeSet::new();
    let mut unchanged = Vec::new();
    for operation in &comparison.operations {
        if operation.findings.is_empty() {
            let name = if operation.id.is_empty() {
                &operation.call
            } else {
                &operation.id
            };
            unchanged.push(name.as_str());
            continue;
        }
        let effect = word(operation.effect());
        let _ = writeln!(
            text,
            "  {effect:<10}  {}  ({})",
            operation.id, operation.call
        );
        findings(text, &operation.findings, &mut told);
    }
    if !comparison.rest.is_empty() {
        let effect = word(super::finding::strongest(&comparison.rest));
        let _ = writeln!(text, "  {effect:<10}  outside of operations");
        findings(text, &comparison.rest, &mut told);
    }
    if unchanged.len() > MOST_UNCHANGED {
        let _ = writeln!(text, "  unchanged   {} operations", unchanged.len());
    } else if !unchanged.is_empty() {
        let _ = writeln!(text, "  unchanged   {}", unchanged.join(", "));
    }
}

fn findings(
    text: &mut String,
    findings: &[Finding],
    told: &mut BTreeSet<(String, String, Effect)>,
) {
    let mut again = 0;
    let mut texts = Vec::new();
    let mut fresh: Vec<&Finding> = Vec::new();
    for finding in findings {
        let key = (
            finding.pointer.clone(),
            finding.what.clone(),
            finding.effect,
        );
        if !told.insert(key) {
            again += 1;
        } else if finding.effect == Effect::Texts {
            texts.push(finding);
        } else {
            fresh.push(finding);
        }
    }
    fresh.sort_by_key(|finding| std::cmp::Reverse(finding.effect));
    for finding in fresh {
        let mark = match (finding.effect, finding.known) {
            (Effect::Breaking, true) => '!',
            (Effect::Breaking, false) => '?',
            _ => '+',
        };
        let _ = writeln!(text, "    {mark} {}; {}", sentence(finding), finding.why);
        let _ = writeln!(text, "      at {}", place_of(&finding.pointer));
    }
    for finding in texts.iter().take(MOST_TEXTS) {
        let _ = writeln!(text, "    ~ {}", sentence(finding));
        let _ = writeln!(text, "      at {}", place_of(&finding.pointer));
    }
    if texts.len() > MOST_TEXTS {
        let _ = writeln!(text, "    ~ and {} more texts", texts.len() - MOST_TEXTS);
    }
    if again > 0 {
        let _ = writeln!(
            text,
            "    = {again} told above, of components that it shares"
        );
    }
}

fn sentence(finding: &Finding) -> String {
    if finding.place.is_empty() {
        finding.what.clone()
    } else {
        format!("{}: {}", finding.place, finding.what)
    }
}

fn place_of(pointer: &str) -> &str {
    if pointer.is_empty() {
        "the whole document"
    } else {
        pointer
    }
}

fn version(text: &mut String, change: &DocumentChange, width: usize) {
    let name = &change.name;
    let (verdict, rest) = match &change.state {
        State::New { version } => (
            "ok",
            format!("{version} (a new document needs no earlier version)"),
        ),
        State::Removed { version } => {
            ("--", format!("{version} was the last; the bundle tells it"))
        }
        State::Kept {
            before,
            now,
            comparison,
            raise,
        } => {
            let effect = word(comparison.effect());
            match raise.refusal() {
                None => ("ok", format!("{before} -> {now} ({effect})")),
                Some(refusal) => ("NO", format!("{before} -> {now} ({effect}): it {refusal}")),
            }
        }
    };
    let _ = writeln!(text, "  {verdict}  {name:<width$}  {rest}");
}
