//! The rows as JSON, each value of each round, for a report that counts for itself: appended to the file that
//! `ZENDESK_OAUTH_BENCH_RAW` names, a line each. Without the variable, nowhere.

#![allow(
    dead_code,
    reason = "no benchmark has rows of both kinds of every unit"
)]

use std::fs::OpenOptions;
use std::io::{self, Write as _};

use serde_json::{Value, json};

const VARIABLE: &str = "ZENDESK_OAUTH_BENCH_RAW";

/// Two sides that did the same work by turns.
pub(crate) struct Compared<'a> {
    pub(crate) work: &'a str,
    pub(crate) ours: &'a str,
    pub(crate) other: &'a str,
    pub(crate) unit: &'a str,
    /// Per round, ours and the other.
    pub(crate) rounds: &'a [[f64; 2]],
    /// The ratio that it is to be at or below.
    pub(crate) goal: Option<f64>,
}

impl Compared<'_> {
    pub(crate) fn append(&self) -> io::Result<()> {
        let mut row = json!({
            "work": self.work,
            "ours": self.ours,
            "other": self.other,
            "unit": self.unit,
            "rounds": self.rounds,
        });
        if let Some(goal) = self.goal {
            row["goal"] = goal.into();
        }
        append(&row)
    }
}

/// A figure that stands alone.
pub(crate) fn append_figure(what: &str, unit: &str, values: &[f64]) -> io::Result<()> {
    append(&json!({"what": what, "unit": unit, "values": values}))
}

fn append(row: &Value) -> io::Result<()> {
    let Some(path) = std::env::var_os(VARIABLE) else {
        return Ok(());
    };
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    writeln!(file, "{row}")
}
