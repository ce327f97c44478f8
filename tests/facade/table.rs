//! `table.md`, read.

use std::collections::{BTreeMap, BTreeSet};

const TEXT: &str = include_str!("table.md");

/// How a cell ends, and what it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) outcome: String,
    pub(crate) attempts: u32,
    pub(crate) reached: u32,
}

/// One way to end.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// As in the table: `own`, `none` or numbers.
    pub(crate) statuses: BTreeSet<String>,
    pub(crate) predicates: BTreeSet<String>,
}

/// One fault over all operations.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) fault: String,
    /// The shortest and the longest, in seconds.
    pub(crate) waits: Vec<(f64, f64)>,
    /// By class; `None` where no cell can be.
    by_class: BTreeMap<String, Option<Expected>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// Operation to class.
    pub(crate) classes: BTreeMap<String, String>,
    pub(crate) outcomes: BTreeMap<String, Outcome>,
    pub(crate) rows: Vec<Row>,
    /// Fault and operation.
    pub(crate) exceptions: BTreeMap<(String, String), Expected>,
    pub(crate) impossible: BTreeSet<(String, String)>,
}

impl Table {
    pub(crate) fn read() -> Self {
        let mut classes = BTreeMap::new();
        for row in section("Classes").1 {
            for operation in words(&row[1]) {
                let twice = classes.insert(operation.clone(), row[0].clone());
                assert_eq!(twice, None, "{operation} is in two classes");
            }
        }
        let outcomes = section("Outcomes").1.into_iter().map(|row| {
            let statuses = row[1].split_whitespace().map(str::to_owned).collect();
            let predicates = words(&row[2]);
            (
                row[0].clone(),
                Outcome {
                    statuses,
                    predicates,
                },
            )
        });
        let (head, rows) = section("Faults");
        let rows = rows.into_iter().map(|row| Row {
            fault: row[0].clone(),
            waits: waits(&row[1]),
            by_class: head[2..]
                .iter()
                .cloned()
                .zip(row[2..].iter().map(|cell| cell_of(cell)))
                .collect(),
        });
        let mut exceptions = BTreeMap::new();
        for row in section("Cells that differ from their class").1 {
            let expected = cell_of(&row[2]).expect("an exception is a cell");
            for operation in words(&row[1]) {
                exceptions.insert((row[0].clone(), operation), expected.clone());
            }
        }
        let impossible = section("Cells that cannot be")
            .1
            .into_iter()
            .flat_map(|row| {
                let fault = row[0].clone();
                words(&row[1])
                    .into_iter()
                    .map(move |operation| (fault.clone(), operation))
            });
        Self {
            classes,
            outcomes: outcomes.collect(),
            rows: rows.collect(),
            exceptions,
            impossible: impossible.collect(),
        }
    }

    /// What a cell says; `None` if it cannot be.
    pub(crate) fn cell(&self, row: &Row, operation: &str) -> Option<Expected> {
        let place = (row.fault.clone(), operation.to_owned());
        if self.impossible.contains(&place) {
            return None;
        }
        let of_class = row.by_class[&self.classes[operation]].clone();
        self.exceptions.get(&place).cloned().or(of_class)
    }
}

/// The head and the rows of the table below a heading.
fn section(heading: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let (_, after) = TEXT
        .split_once(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("table.md has no heading {heading}"));
    let own = after.split("\n## ").next().unwrap_or_default();
    let mut rows = own
        .lines()
        .filter(|line| line.starts_with('|'))
        .map(|line| {
            let inner = line.trim_matches('|').split('|');
            inner.map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
        });
    let head = rows
        .next()
        .unwrap_or_else(|| panic!("{heading} has no table"));
    let rows: Vec<_> = rows.skip(1).collect();
    for row in &rows {
        assert_eq!(row.len(), head.len(), "a row below {heading}: {row:?}");
    }
    (head, rows)
}

/// What stands between backticks.
fn words(text: &str) -> BTreeSet<String> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// `7–7.5, 7–8`.
fn waits(text: &str) -> Vec<(f64, f64)> {
    let ranges = text
        .split(',')
        .map(str::trim)
        .filter(|range| !range.is_empty());
    let bound = |text: &str| text.parse().unwrap_or_else(|_| panic!("{text} is no wait"));
    ranges
        .map(|range| {
            let (least, most) = range.split_once('–').expect("a range of waits");
            (bound(least), bound(most))
        })
        .collect()
}

/// `rate limited ×4, reached 0`, or `–`.
fn cell_of(text: &str) -> Option<Expected> {
    if text == "–" {
        return None;
    }
    let number = |text: &str| {
        text.parse()
            .unwrap_or_else(|_| panic!("{text} is no number"))
    };
    let (outcome, counts) = text
        .split_once(" ×")
        .unwrap_or_else(|| panic!("{text} has no ×"));
    let (attempts, reached) = match counts.split_once(", reached ") {
        Some((attempts, reached)) => (number(attempts), number(reached)),
        None => (number(counts), number(counts)),
    };
    Some(Expected {
        outcome: outcome.to_owned(),
        attempts,
        reached,
    })
}
