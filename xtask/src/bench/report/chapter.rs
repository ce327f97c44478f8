//! The chapter of a part.

use super::{
    Chapter, amount,
    goal::{self, Standing},
    table::table,
};
use crate::bench::{
    results::{Plot, Results},
    spread::Spread,
};

/// Heading, notes, what was compared, curves, figures, and what is absent.
pub(super) fn chapter(chapter: &Chapter) -> String {
    let heading = format!("## `{}`: {}\n\n", chapter.name, chapter.purpose);
    let Some(results) = &chapter.results else {
        return format!(
            "{heading}Not measured. `cargo xtask bench --only {}` does it.\n\n",
            chapter.name
        );
    };
    let mut text = heading;
    text.push_str(&format!(
        "Taken {} at commit `{}`.\n\n",
        results.taken, results.commit
    ));
    for note in &results.notes {
        text.push_str(&format!("{}\n\n", note.trim()));
    }
    text.push_str(&comparisons(results));
    for plot in &results.plots {
        text.push_str(&shown(plot));
    }
    text.push_str(&table(&["figure", "value"], figures(results)));
    text.push_str(&absent(results));
    text
}

fn comparisons(results: &Results) -> String {
    let head = [
        "work",
        "ours",
        "other",
        "ours took",
        "other took",
        "ratio",
        "quartiles",
        "rounds",
        "goal",
    ];
    let rows = results.comparisons.iter().map(|comparison| {
        let ratio = comparison.ratio();
        vec![
            comparison.work.clone(),
            comparison.ours.clone(),
            comparison.other.clone(),
            amount::spread(comparison.ours_took(), &comparison.unit),
            amount::spread(comparison.other_took(), &comparison.unit),
            amount::ratio(ratio.median),
            amount::quartiles(ratio),
            comparison.rounds.len().to_string(),
            goal::in_words(comparison),
        ]
    });
    let mut text = table(&head, rows.collect());
    for comparison in &results.comparisons {
        if goal::standing(comparison) == Standing::Missed {
            let limit = comparison.limit.as_deref().unwrap_or("nobody says yet.");
            text.push_str(&format!(
                "**Why \"{}\" misses its goal** (by {}): {}\n\n",
                comparison.work,
                comparison.other,
                limit.trim()
            ));
        }
    }
    text
}

/// The curve, and its values for those who want to read them.
fn shown(plot: &Plot) -> String {
    let title = plot.title.replace(['[', ']'], "");
    let mut text = format!("![{title}](performance/{}.svg)\n\n", plot.file);
    text.push_str(&format!(
        "<details><summary>Values: {}, median (quartiles)</summary>\n\n",
        plot.y.label
    ));
    let mut places: Vec<f64> = plot
        .lines
        .iter()
        .flat_map(|line| &line.points)
        .map(|point| point.x)
        .collect();
    places.sort_by(f64::total_cmp);
    places.dedup();
    let mut head = vec![plot.x.label.as_str()];
    head.extend(plot.lines.iter().map(|line| line.name.as_str()));
    let rows = places.into_iter().map(|x| {
        let mut row = vec![amount::number(x)];
        for line in &plot.lines {
            let point = line.points.iter().find(|point| point.x == x);
            row.push(point.map_or_else(String::new, |point| {
                amount::spread(Spread::of(point.values.iter().copied()), "")
            }));
        }
        row
    });
    text.push_str(&table(&head, rows.collect()));
    text.push_str("</details>\n\n");
    text
}

fn figures(results: &Results) -> Vec<Vec<String>> {
    let row = |figure: &crate::bench::results::Figure| {
        let spread = Spread::of(figure.values.iter().copied());
        vec![figure.what.clone(), amount::spread(spread, &figure.unit)]
    };
    results.figures.iter().map(row).collect()
}

fn absent(results: &Results) -> String {
    let rows: Vec<Vec<String>> = results
        .absent
        .iter()
        .map(|absent| vec![absent.who.clone(), absent.work.clone(), absent.why.clone()])
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "What is not here, and why:\n\n{}",
        table(&["who", "work", "why"], rows)
    )
}
