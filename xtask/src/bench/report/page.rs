//! The page: what it is of, the summary, a chapter for each part, how to do it again.

use super::{Chapter, amount, chapter, goal, table::table};
use crate::bench::{machine::Machine, results::Results};

const HEAD: &str = "\
# Performance

<!-- Made by `cargo xtask bench` from docs/performance/raw. Do not edit: measure again, or run `cargo xtask bench --report`. -->

How fast and how big the whole is, beside what one would otherwise use. Here is what has a goal; everything that was
compared, the curves and the figures are below, part by part.

";

const METHOD: &str = "\
## How it was measured

What is compared does the same work on the same machine in the same minutes, by turns: ours, the other, the other,
ours, and the next round the other way round, after a round that does not count. Each round gives one **ratio, ours by
the other's**: below 1 is ours less. The tables have the median of the rounds and the quartiles on both sides of it. A
**goal** is the ratio that we want to be at or below; it is met when the median is. Where it is missed, the text under
the table says what the limit is.

The figures are of one machine. Another one, or the same on another day, gives other times; the ratios move less. Nothing
here is a promise. Every value that was measured is in `docs/performance/raw/`, for whoever wants to count differently.

";

const AGAIN: &str = "\
## How to do it again

```sh
cargo xtask bench --list             # the parts, and what each measures
cargo xtask bench                    # all of it: the raw results, this page and its plots
cargo xtask bench --only list        # one part, or more with another --only; the others stay as they are
cargo xtask bench --quick            # a few rounds of everything, to see that it works; nothing is written
cargo xtask bench --report           # this page again, of the raw results that are there
```

Use a machine that does nothing else. What is installed and built on the way stays in `target/bench`.
";

/// The whole page.
pub(super) fn page(chapters: &[Chapter]) -> String {
    let mut text = HEAD.to_owned();
    text.push_str(&summary(chapters));
    text.push_str(&machines(chapters));
    text.push_str(METHOD);
    for one in chapters {
        text.push_str(&chapter::chapter(one));
    }
    text.push_str(AGAIN);
    text
}

/// What has a goal. The others are many, and stand in their chapters.
fn summary(chapters: &[Chapter]) -> String {
    let mut rows = Vec::new();
    for chapter in chapters {
        let compared = chapter.results.iter().flat_map(|all| &all.comparisons);
        for comparison in compared.filter(|comparison| comparison.goal.is_some()) {
            let ratio = comparison.ratio();
            rows.push(vec![
                format!("`{}`", chapter.name),
                comparison.work.clone(),
                format!("{} by {}", comparison.ours, comparison.other),
                comparison.unit.clone(),
                amount::ratio(ratio.median),
                amount::quartiles(ratio),
                goal::in_words(comparison),
            ]);
        }
    }
    let head = [
        "part",
        "work",
        "comparison",
        "of",
        "ratio",
        "quartiles",
        "goal",
    ];
    let mut text = table(&head, rows);
    if text.is_empty() {
        text = "Nothing that has a goal was measured yet.\n\n".to_owned();
    }
    let names = chapters.iter().filter(|chapter| chapter.results.is_none());
    let names: Vec<String> = names.map(|chapter| format!("`{}`", chapter.name)).collect();
    if !names.is_empty() {
        text.push_str(&format!("Not measured: {}.\n\n", names.join(", ")));
    }
    text
}

/// Each machine, with the parts that were measured on it.
fn machines(chapters: &[Chapter]) -> String {
    let mut all: Vec<(String, Vec<&str>)> = Vec::new();
    let measured: Vec<&Results> = chapters
        .iter()
        .filter_map(|chapter| chapter.results.as_ref())
        .collect();
    for results in &measured {
        let words = in_words(&results.machine);
        match all.iter_mut().find(|(known, _)| *known == words) {
            Some((_, parts)) => parts.push(&results.part),
            None => all.push((words, vec![&results.part])),
        }
    }
    let mut text = String::new();
    match all.as_slice() {
        [] => return text,
        [(words, _)] => text.push_str(&format!("Measured on {words}.\n\n")),
        several => {
            for (words, parts) in several {
                text.push_str(&format!("- {} on {words}\n", parts.join(", ")));
            }
            text.push('\n');
        }
    }
    text
}

fn in_words(machine: &Machine) -> String {
    format!(
        "{}, {} threads, {} of memory, {}, {}",
        machine.processor,
        machine.processors,
        amount::amount(machine.memory as f64, "MiB"),
        machine.system,
        machine.rustc
    )
}
