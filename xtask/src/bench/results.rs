//! What a part found, as it is kept in JSON: each single value, so that others can count for themselves.

use serde::{Deserialize, Serialize};

use super::{context::Context, machine::Machine, spread::Spread};

/// What one part found.
#[derive(Debug, Serialize, Deserialize)]
pub struct Results {
    /// Name of the part.
    pub part: String,
    /// When it was measured (UTC, RFC 3339).
    pub taken: String,
    /// The commit that was measured; with `+` where files differed from it.
    pub commit: String,
    /// On what.
    pub machine: Machine,
    /// What was compared by turns.
    #[serde(default)]
    pub comparisons: Vec<Comparison>,
    /// What is shown as a curve.
    #[serde(default)]
    pub plots: Vec<Plot>,
    /// Figures that stand alone, such as sizes.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// What one would expect to see here, and why it is not.
    #[serde(default)]
    pub absent: Vec<Absent>,
    /// What a reader has to know of how it was measured, a sentence or a paragraph each, as Markdown.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// Two sides that did the same work by turns.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Comparison {
    /// The work, such as `list 10,000 clients`.
    pub work: String,
    /// Our side, such as `zendesk-oauth`.
    pub ours: String,
    /// The other side, with its version, such as `node-zendesk 6.0.1`.
    pub other: String,
    /// What was measured: `s` of time on the wall, `s of CPU`, `KiB`, `instructions`.
    pub unit: String,
    /// Per round, what ours took and what the other did.
    pub rounds: Vec<[f64; 2]>,
    /// The ratio that we want to be at or below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<f64>,
    /// What the limit is, and why. It is shown where the goal is missed; without it, that fails `cargo xtask bench`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
}

impl Comparison {
    /// Ours by the other's, per round.
    pub fn ratio(&self) -> Spread {
        Spread::of(self.rounds.iter().map(|[ours, other]| ours / other))
    }

    /// What ours took.
    pub fn ours_took(&self) -> Spread {
        Spread::of(self.rounds.iter().map(|round| round[0]))
    }

    /// What the other side took.
    pub fn other_took(&self) -> Spread {
        Spread::of(self.rounds.iter().map(|round| round[1]))
    }
}

/// Lines over a common axis.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Plot {
    /// Name of its file, without `.svg`.
    pub file: String,
    /// What it shows.
    pub title: String,
    /// From left to right.
    pub x: Axis,
    /// From bottom to top.
    pub y: Axis,
    /// The lines.
    pub lines: Vec<Line>,
}

/// One axis of a plot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Axis {
    /// What it counts, with its unit.
    pub label: String,
    /// Whether each step is ten times the one before.
    pub is_logarithmic: bool,
}

/// A line of a plot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line {
    /// Whose it is.
    pub name: String,
    /// Its points, from left to right.
    pub points: Vec<Point>,
}

/// A point of a line, with all that was measured there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Point {
    /// Where it is on the axis from left to right.
    pub x: f64,
    /// What was measured there, once per round.
    pub values: Vec<f64>,
}

/// A figure that stands alone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// What it is of.
    pub what: String,
    /// Every measured value; one where it cannot differ.
    pub values: Vec<f64>,
    /// Such as `bytes`, `s`, `packages`.
    pub unit: String,
}

/// What was not measured.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Absent {
    /// Whose it would be, with the version that was tried.
    pub who: String,
    /// The work.
    pub work: String,
    /// Why: it does not install, it has no such call, what it said.
    pub why: String,
}

impl Results {
    /// Of a part that is about to be measured.
    pub fn new(part: &str, context: &Context) -> Self {
        Self {
            part: part.to_owned(),
            taken: context.now(),
            commit: context.commit.clone(),
            machine: context.machine.clone(),
            comparisons: Vec::new(),
            plots: Vec::new(),
            figures: Vec::new(),
            absent: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Whether it can be kept and shown.
    ///
    /// # Errors
    /// What cannot, and why.
    pub fn check(&self) -> Result<(), String> {
        for comparison in &self.comparisons {
            if comparison.rounds.is_empty() {
                return Err(format!("\"{}\" has no rounds", comparison.work));
            }
            finite(&comparison.work, comparison.rounds.iter().flatten())?;
        }
        for plot in &self.plots {
            let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
            if plot.file.is_empty() || !plot.file.chars().all(|one| is_plain(one) || one == '-') {
                return Err(format!(
                    "a plot's file is called \"{}\": small letters, digits and hyphens are allowed",
                    plot.file
                ));
            }
            let points = || plot.lines.iter().flat_map(|line| &line.points);
            finite(&plot.title, points().map(|point| &point.x))?;
            finite(&plot.title, points().flat_map(|point| &point.values))?;
        }
        for figure in &self.figures {
            if figure.values.is_empty() {
                return Err(format!("\"{}\" has no value", figure.what));
            }
            finite(&figure.what, &figure.values)?;
        }
        Ok(())
    }

    /// As it is kept.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("names and numbers are JSON");
        text.push('\n');
        text
    }
}

/// JSON has no other numbers.
fn finite<'a>(what: &str, values: impl IntoIterator<Item = &'a f64>) -> Result<(), String> {
    match values.into_iter().find(|value| !value.is_finite()) {
        Some(value) => Err(format!("\"{what}\" has the value {value}")),
        None => Ok(()),
    }
}
