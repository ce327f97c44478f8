//! The rows that a benchmark appends to its file: a comparison or a figure in each line.

use serde::Deserialize;

use crate::bench::results::{Comparison, Figure, Results};

#[derive(Deserialize)]
#[serde(untagged)]
enum Row {
    Comparison(Comparison),
    Figure(Figure),
}

/// What is known of the rows that miss their goal: why.
const LIMITS: [(&str, &str); 2] = [
    (
        "show a client",
        "By callgrind a call takes some 5,600 instructions more than the 91,800 by hand (1.06). Allocating and copying are \
         2,800 of them, most of it for the request that an attempt after this one would send. Parsing is 800: unknown \
         fields are kept, times are read, secrets are hidden. Checking that URL, path and encryption are those of the \
         operation is 700, and the span of a call, which nobody listens to here, 600.",
    ),
    (
        "list 10,000 clients",
        "By callgrind a page of 100 takes some 43,000 instructions more than the 1,498,000 by hand (1.03). Parsing is 35,000 \
         of them: each record has a place for fields that the document does not know, and its secrets are of a type that hides \
         them. Reading ahead is 9,000: a task for each page, which gains nothing where the caller does no work.",
    ),
];

/// Adds the rows to the results.
pub(super) fn into(results: &mut Results, rows: &str) -> Result<(), String> {
    if rows.trim().is_empty() {
        return Err("it gave no row".to_owned());
    }
    for line in rows.lines() {
        let row = serde_json::from_str(line).map_err(|_| format!("this is no row: {line}"))?;
        match row {
            Row::Comparison(comparison) => results.comparisons.push(with_limit(comparison)),
            Row::Figure(figure) => results.figures.push(figure),
        }
    }
    Ok(())
}

/// With the reason, where the goal is missed and the reason is known.
pub(super) fn with_limit(mut comparison: Comparison) -> Comparison {
    let missed = comparison
        .goal
        .is_some_and(|goal| comparison.ratio().median > goal);
    let known = LIMITS.iter().find(|(work, _)| *work == comparison.work);
    if let Some((_, why)) = known.filter(|_| missed) {
        comparison.limit = Some((*why).to_owned());
    }
    comparison
}
