//! A few lines for a terminal.

use super::{
    amount,
    goal::{self, Standing},
};
use crate::bench::{results::Results, spread::Spread};

/// The results of a part as plain text.
pub fn plain(results: &Results) -> String {
    let mut lines = Vec::new();
    for comparison in &results.comparisons {
        let ratio = comparison.ratio();
        let goal = match goal::standing(comparison) {
            Standing::NoGoal => String::new(),
            Standing::Met | Standing::Missed => {
                format!(", goal {}", goal::in_words(comparison).replace("**", ""))
            }
        };
        lines.push(format!(
            "{} by {}, {}: {} ({}){goal}; {} by {}",
            comparison.ours,
            comparison.other,
            comparison.work,
            amount::ratio(ratio.median),
            amount::quartiles(ratio),
            amount::spread(comparison.ours_took(), &comparison.unit),
            amount::spread(comparison.other_took(), &comparison.unit),
        ));
    }
    for plot in &results.plots {
        lines.push(format!("{}:", plot.title));
        for line in &plot.lines {
            let points = line.points.iter().map(|point| {
                let median = Spread::of(point.values.iter().copied()).median;
                format!("{} at {}", amount::number(median), amount::number(point.x))
            });
            let points: Vec<String> = points.collect();
            lines.push(format!("  {}: {}", line.name, points.join(", ")));
        }
    }
    for figure in &results.figures {
        let spread = Spread::of(figure.values.iter().copied());
        let text = amount::spread(spread, &figure.unit);
        lines.push(format!("{}: {text}", figure.what));
    }
    for absent in &results.absent {
        lines.push(format!(
            "not measured: {}, {}: {}",
            absent.who, absent.work, absent.why
        ));
    }
    lines.iter().map(|line| format!("  {line}\n")).collect()
}
