//! Generating as a document grows.
//!
//! [`grown`] makes the document, [`stages`] times it in a process of its own, so that the most memory it had is its own.

mod grown;
mod stages;

use std::{env, process::Command, time::Duration};

use super::Part;
use crate::{
    bench::{
        context::Context,
        results::{Absent, Axis, Comparison, Figure, Line, Plot, Point, Results},
    },
    verify::process::demand,
};
pub use stages::run;
use stages::{STAGES, Taken};

const SIZES: [usize; 5] = [15, 50, 150, 500, 1500];
/// Between these, an operation is to cost the same.
const COMPARED: (usize, usize) = (1500, 150);
/// What grows in step with the document has a ratio of 1.
const GOAL: f64 = 1.15;
const DEADLINE: Duration = Duration::from_secs(900);
const KIB_PER_MIB: f64 = 1024.0;

/// Generating as a document grows.
#[derive(Debug)]
pub struct Generation;

impl Part for Generation {
    fn name(&self) -> &'static str {
        "generation"
    }

    fn purpose(&self) -> &'static str {
        "generating from a document of 15 to 1,500 operations"
    }

    fn measure(&self, context: &Context, results: &mut Results) -> Result<(), String> {
        let rounds = context.times(3, 1);
        let mut taken: Vec<Vec<Taken>> = SIZES.iter().map(|_| Vec::new()).collect();
        // All sizes in each round, so that what slows the machine for a while slows all of them.
        for _ in 0..rounds {
            for (size, taken) in SIZES.iter().zip(&mut taken) {
                taken.push(one(context, *size)?);
            }
        }
        let by_size: Vec<(usize, Vec<Taken>)> = SIZES.into_iter().zip(taken).collect();
        notes(results);
        results.comparisons = comparisons(&by_size);
        results.plots.push(time(&by_size));
        match memory(&by_size) {
            Some(plot) => results.plots.push(plot),
            None => results.absent.push(Absent {
                who: "memory".to_owned(),
                work: "generating".to_owned(),
                why: "this system does not tell the most memory that a process had (VmHWM)"
                    .to_owned(),
            }),
        }
        for (size, taken) in &by_size {
            if let Some(first) = taken.first() {
                let figure = |what: &str, bytes: usize| Figure {
                    what: format!("{what}, {size} operations"),
                    values: vec![bytes as f64],
                    unit: "bytes".to_owned(),
                };
                results.figures.push(figure("document", first.document));
                results
                    .figures
                    .push(figure("generated code", first.generated));
            }
        }
        Ok(())
    }
}

fn one(context: &Context, operations: usize) -> Result<Taken, String> {
    let program =
        env::current_exe().map_err(|error| format!("this program is nowhere: {error}"))?;
    let mut command = Command::new(program);
    command.arg("--root").arg(&context.top);
    command.args(["bench-generation", &operations.to_string()]);
    let said = demand(&mut command, DEADLINE)?;
    serde_json::from_str(&said).map_err(|error| format!("{operations} operations: {error}"))
}

fn notes(results: &mut Results) {
    results.notes.push(
        "The documents are made of `openapi/support-oauth-clients.yaml`: its operations over and over, each copy with \
         paths, operationIds, schemas and answers of its own; what pages and errors are made of is shared. Each passes \
         the lint, and what is generated from it is read as Rust again. A process for each, which is `xtask` as \
         `cargo xtask gen` builds it."
            .to_owned(),
    );
    results.notes.push(
        "The stages: `parse` reads the YAML with the place of each node, `lint` is our rules, `lower` our rewrites of the \
         document, `progenitor` its generator, `reshape` our rewrites of what it gives, `format` prettyplease."
            .to_owned(),
    );
}

/// What an operation costs in a large document, by what it costs in a smaller one.
fn comparisons(by_size: &[(usize, Vec<Taken>)]) -> Vec<Comparison> {
    let of = |size: usize| by_size.iter().find(|(known, _)| *known == size);
    let (Some((large, of_large)), Some((small, of_small))) = (of(COMPARED.0), of(COMPARED.1))
    else {
        return Vec::new();
    };
    let row = |work: &str, unit: &str, cost: &dyn Fn(&Taken) -> f64| Comparison {
        work: format!("{work}, for each operation"),
        ours: format!("of {large}"),
        other: format!("of {small}"),
        unit: unit.to_owned(),
        rounds: of_large
            .iter()
            .zip(of_small)
            .map(|(one, other)| [cost(one) / *large as f64, cost(other) / *small as f64])
            .collect(),
        goal: None,
        limit: None,
    };
    let mut rows: Vec<Comparison> = STAGES
        .iter()
        .enumerate()
        .map(|(index, stage)| row(stage, "s", &|taken| taken.seconds[index]))
        .collect();
    let mut all = row("all stages", "s", &|taken| taken.seconds.iter().sum());
    all.goal = Some(GOAL);
    rows.insert(0, all);
    rows
}

fn axis(label: &str) -> Axis {
    Axis {
        label: label.to_owned(),
        is_logarithmic: true,
    }
}

fn line(
    name: &str,
    by_size: &[(usize, Vec<Taken>)],
    value: impl Fn(&Taken) -> Option<f64>,
) -> Line {
    Line {
        name: name.to_owned(),
        points: by_size
            .iter()
            .map(|(size, taken)| Point {
                x: *size as f64,
                values: taken.iter().filter_map(&value).collect(),
            })
            .collect(),
    }
}

fn time(by_size: &[(usize, Vec<Taken>)]) -> Plot {
    let stage = |(index, name): (usize, &&str)| {
        line(name, by_size, |taken| taken.seconds.get(index).copied())
    };
    Plot {
        file: "generation-time".to_owned(),
        title: "Generating, by the size of the document".to_owned(),
        x: axis("operations"),
        y: axis("time, s"),
        lines: STAGES.iter().enumerate().map(stage).collect(),
    }
}

/// None where the system does not tell.
fn memory(by_size: &[(usize, Vec<Taken>)]) -> Option<Plot> {
    let peak = line("the most in use", by_size, |taken| {
        Some(taken.peak? / KIB_PER_MIB)
    });
    let is_known = peak.points.iter().any(|point| !point.values.is_empty());
    is_known.then(|| Plot {
        file: "generation-memory".to_owned(),
        title: "Memory of generating, by the size of the document".to_owned(),
        x: axis("operations"),
        y: axis("memory, MiB"),
        lines: vec![peak],
    })
}
