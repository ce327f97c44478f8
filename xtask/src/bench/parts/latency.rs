//! A server that is far away.

use super::{
    Part,
    scaling::{self, BY_HAND, OURS, done},
};
use crate::bench::{
    context::Context,
    results::{Axis, Comparison, Line, Plot, Point, Results},
    worker::{Order, Worker},
};

/// How far the server is, in milliseconds, and how many rounds there are.
const LATENCIES: [(u64, usize); 7] = [(0, 9), (1, 9), (5, 5), (10, 5), (20, 5), (50, 3), (100, 3)];
/// How long the caller works on each page, in milliseconds.
const CALLER: [u64; 2] = [0, 20];
const PAGES: usize = 25;
const PAGE_SIZE: usize = 100;
/// Where the goal holds: both take as long.
const GOAL: (u64, f64) = (20, 0.6);

/// A server that is far away.
#[derive(Debug)]
pub struct Latency;

/// Who lists, and how.
struct Way {
    name: String,
    worker: Worker,
    read_ahead: bool,
}

impl Way {
    /// Seconds for all pages.
    fn walk(&mut self, caller: u64) -> Result<f64, String> {
        let order = Order::new("pages", 1)
            .with("pages", PAGES)
            .with("read_ahead", self.read_ahead)
            .with("caller_ms", caller);
        Ok(done(&mut self.worker, &order, PAGES * PAGE_SIZE)?.seconds)
    }
}

impl Part for Latency {
    fn name(&self) -> &'static str {
        "latency"
    }

    fn purpose(&self) -> &'static str {
        "a server 0 to 100 ms away: 25 pages, with and without reading ahead"
    }

    fn measure(&self, context: &Context, results: &mut Results) -> Result<(), String> {
        let program = scaling::program(context)?;
        let mut plots = CALLER.map(plot);
        for (latency, rounds) in LATENCIES {
            if context.quick && latency > 10 && latency != GOAL.0 {
                continue;
            }
            let (_server, url) = scaling::server(&program, latency)?;
            let way = |name: &str, side: &str, read_ahead: bool| {
                Ok::<Way, String>(Way {
                    name: name.to_owned(),
                    worker: scaling::worker(&program, side, "current", &url)?,
                    read_ahead,
                })
            };
            let mut ways = [
                way(&format!("{OURS}, reading ahead"), "facade", true)?,
                way(&format!("{OURS}, page by page"), "facade", false)?,
                way(&format!("{BY_HAND}, page by page"), "by-hand", false)?,
            ];
            for (plot, caller) in plots.iter_mut().zip(CALLER) {
                let taken = by_turns(&mut ways, caller, context.times(rounds, 1))?;
                for (way, values) in ways.iter().zip(&taken) {
                    push(plot, &way.name, latency, values.clone());
                }
                results
                    .comparisons
                    .extend(compared(&ways, &taken, latency, caller));
            }
        }
        results.plots.extend(plots);
        results.notes.push(format!(
            "The server answers with ready bytes, the given time after the request; the caller awaits the given time after \
             each of {PAGES} pages of {PAGE_SIZE}. By hand, a page is asked for when the one before has been worked on."
        ));
        Ok(())
    }
}

/// What each way took in each round, after one that does not count. Each is first in some rounds.
fn by_turns(ways: &mut [Way; 3], caller: u64, rounds: usize) -> Result<[Vec<f64>; 3], String> {
    let mut taken = [const { Vec::new() }; 3];
    for round in 0..=rounds {
        for turn in 0..ways.len() {
            let which = (round + turn) % ways.len();
            let seconds = ways[which].walk(caller)?;
            if round > 0 {
                taken[which].push(seconds);
            }
        }
    }
    Ok(taken)
}

/// Reading ahead beside each of the others.
fn compared(ways: &[Way; 3], taken: &[Vec<f64>; 3], latency: u64, caller: u64) -> Vec<Comparison> {
    let [ahead, others @ ..] = taken;
    let compared = others
        .iter()
        .zip(&ways[1..])
        .map(|(other, way)| Comparison {
            work: format!(
                "{PAGES} pages, server {latency} ms away, caller works {caller} ms on each"
            ),
            ours: ways[0].name.clone(),
            other: way.name.clone(),
            unit: "s".to_owned(),
            rounds: ahead
                .iter()
                .zip(other)
                .map(|(ahead, other)| [*ahead, *other])
                .collect(),
            goal: (latency == GOAL.0 && caller == GOAL.0).then_some(GOAL.1),
            limit: None,
        });
    compared.collect()
}

fn plot(caller: u64) -> Plot {
    let works = match caller {
        0 => "the caller does no work".to_owned(),
        caller => format!("the caller works {caller} ms on each"),
    };
    Plot {
        file: format!("latency-{caller}"),
        title: format!("{PAGES} pages from a server that is far away; {works}"),
        x: Axis {
            label: "ms to an answer".to_owned(),
            is_logarithmic: false,
        },
        y: Axis {
            label: "s".to_owned(),
            is_logarithmic: false,
        },
        lines: Vec::new(),
    }
}

fn push(plot: &mut Plot, name: &str, latency: u64, values: Vec<f64>) {
    let point = Point {
        x: latency as f64,
        values,
    };
    match plot.lines.iter_mut().find(|line| line.name == name) {
        Some(line) => line.points.push(point),
        None => plot.lines.push(Line {
            name: name.to_owned(),
            points: vec![point],
        }),
    }
}
