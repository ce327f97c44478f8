//! Whether a comparison is what we want.

use super::Chapter;
use crate::{bench::results::Comparison, outputs::Failure};

/// How a comparison stands to its goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing is asked.
    NoGoal,
    /// The median of the ratios is at the goal or below.
    Met,
    /// It is above, or there is no ratio at all.
    Missed,
}

/// How it stands.
pub(super) fn standing(comparison: &Comparison) -> Standing {
    match comparison.goal {
        None => Standing::NoGoal,
        // Of no rounds the ratio is no number, which is below nothing.
        Some(goal) if comparison.ratio().median <= goal => Standing::Met,
        Some(_) => Standing::Missed,
    }
}

/// In words: `1.05, met`.
pub(super) fn in_words(comparison: &Comparison) -> String {
    let goal = comparison.goal.unwrap_or_default();
    match standing(comparison) {
        Standing::NoGoal => "none".to_owned(),
        Standing::Met => format!("{goal}, met"),
        Standing::Missed => format!("{goal}, **missed**"),
    }
}

/// Refuses a goal that is missed while nobody says what the limit is.
///
/// # Errors
/// A verdict that names each.
pub(super) fn verdict(chapters: &[Chapter]) -> Result<(), Failure> {
    let mut missed = Vec::new();
    for chapter in chapters {
        let comparisons = chapter.results.iter().flat_map(|all| &all.comparisons);
        for comparison in comparisons {
            if standing(comparison) == Standing::Missed && comparison.limit.is_none() {
                missed.push(format!(
                    "{}: {} by {}: {:.3}, the goal is {}",
                    chapter.name,
                    comparison.work,
                    comparison.other,
                    comparison.ratio().median,
                    comparison.goal.unwrap_or_default(),
                ));
            }
        }
    }
    if missed.is_empty() {
        return Ok(());
    }
    Err(Failure::Verdict(format!(
        "goals are missed, and no `limit` says why:\n{}\nprofile and mend it, or write down the limit in its part",
        missed.join("\n")
    )))
}
