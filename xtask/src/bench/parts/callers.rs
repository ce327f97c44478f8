//! Callers at the same time.

use std::{cell::RefCell, fs, path::Path};

use super::{
    Part,
    scaling::{self, BY_HAND, OURS, done},
};
use crate::bench::{
    context::Context,
    results::{Axis, Comparison, Figure, Line, Plot, Point, Results},
    rounds::by_turns,
    worker::{Order, Worker},
};

const CALLERS: [usize; 9] = [1, 2, 4, 8, 16, 32, 64, 128, 256];
/// How many calls one measurement is: some of each caller, so that the slowest hundredth are more than one.
const CALLS: usize = 2048;
const ROUNDS: usize = 5;
const RUNTIMES: [(&str, &str); 2] = [("current", "one thread"), ("two", "two workers")];
/// Those who share a source. Few calls of each: the sandbox remembers 1,000 requests.
const LAPSE: (usize, usize) = (256, 768);

/// Callers at the same time.
#[derive(Debug)]
pub struct Callers;

impl Part for Callers {
    fn name(&self) -> &'static str {
        "callers"
    }

    fn purpose(&self) -> &'static str {
        "1 to 256 callers at the same time: calls a second, the slowest hundredth, one refresh for all"
    }

    fn measure(&self, context: &Context, results: &mut Results) -> Result<(), String> {
        let program = scaling::program(context)?;
        let (_server, url) = scaling::server(&program, 0)?;
        let (mut rates, mut slow) = (Vec::new(), Vec::new());
        for (threads, runtime) in RUNTIMES {
            let mut ours = scaling::worker(&program, "facade", threads, &url)?;
            let mut other = scaling::worker(&program, "by-hand", threads, &url)?;
            let mut of = [Lines::new(OURS, runtime), Lines::new(BY_HAND, runtime)];
            for callers in CALLERS.into_iter().take(context.times(CALLERS.len(), 3)) {
                let work = Work {
                    callers,
                    calls: context.times(CALLS, 64),
                };
                let rounds = context.times(ROUNDS, 1);
                let p99s = [RefCell::default(), RefCell::default()];
                let rounds = by_turns(rounds, &mut || work.once(&mut ours, &p99s[0]), &mut || {
                    work.once(&mut other, &p99s[1])
                })?;
                for (index, p99s) in p99s.into_iter().enumerate() {
                    let per_second = |round: &[f64; 2]| work.calls as f64 / round[index];
                    of[index].rates(callers, rounds.iter().map(per_second).collect());
                    // Two in a round; the first round does not count.
                    of[index].slow(callers, p99s.into_inner().into_iter().skip(2).collect());
                }
                results.comparisons.push(Comparison {
                    work: format!("{} calls of {callers} callers, {runtime}", work.calls),
                    ours: OURS.to_owned(),
                    other: BY_HAND.to_owned(),
                    unit: "s".to_owned(),
                    rounds,
                    goal: None,
                    limit: None,
                });
            }
            for lines in of {
                rates.push(lines.rates);
                slow.push(lines.slow);
            }
        }
        results.plots.push(plot(
            "callers-rate",
            "Callers at the same time: calls",
            "calls a second",
            rates,
        ));
        results.plots.push(plot(
            "callers-slow",
            "Callers at the same time: 99 of 100 calls take at most",
            "ms",
            slow,
        ));
        one_refresh(context, &program, results)?;
        results.notes.push(
            "All callers of a side share one client, each with a clone of its own, and show a client again and again. The \
             server answers with ready bytes from one thread of a process of its own, which is what many callers wait for."
                .to_owned(),
        );
        Ok(())
    }
}

struct Work {
    callers: usize,
    calls: usize,
}

impl Work {
    /// How long it took; the slowest hundredth is noted beside it.
    fn once(&self, worker: &mut Worker, p99s: &RefCell<Vec<f64>>) -> Result<f64, String> {
        let order = Order::new("show", self.calls).with("callers", self.callers);
        let done = done(worker, &order, self.calls)?;
        let p99 = done
            .p99_seconds
            .ok_or("the worker does not say what each call took")?;
        p99s.borrow_mut().push(p99 * 1e3);
        Ok(done.seconds)
    }
}

struct Lines {
    rates: Line,
    slow: Line,
}

impl Lines {
    fn new(side: &str, runtime: &str) -> Self {
        let line = || Line {
            name: format!("{side}, {runtime}"),
            points: Vec::new(),
        };
        Self {
            rates: line(),
            slow: line(),
        }
    }

    fn rates(&mut self, callers: usize, values: Vec<f64>) {
        self.rates.points.push(point(callers, values));
    }

    fn slow(&mut self, callers: usize, values: Vec<f64>) {
        self.slow.points.push(point(callers, values));
    }
}

fn point(callers: usize, values: Vec<f64>) -> Point {
    Point {
        x: callers as f64,
        values,
    }
}

fn plot(file: &str, title: &str, unit: &str, lines: Vec<Line>) -> Plot {
    Plot {
        file: file.to_owned(),
        title: title.to_owned(),
        x: Axis {
            label: "callers".to_owned(),
            is_logarithmic: true,
        },
        y: Axis {
            label: unit.to_owned(),
            is_logarithmic: unit == "ms",
        },
        lines,
    }
}

/// All callers share a source whose token lapses while they use it: one refresh, and no call fails.
fn one_refresh(context: &Context, program: &Path, results: &mut Results) -> Result<(), String> {
    let seed = context.folder.join("callers.yaml");
    let text = "clock: real\n\
        switches: { rate_limit: \"off\" }\n\
        users:\n  - { id: 29, name: Ada Admin, email: admin@example.com, role: admin }\n\
        clients:\n  - { identifier: lapse_app, name: Lapse, kind: public, redirect_uri: [http://localhost/callback], user: admin@example.com }\n\
        tokens:\n  - { client: lapse_app, user: admin@example.com, scopes: [read], token: access-lapse, refresh_token: refresh-lapse, expires_at: +30m }\n";
    fs::write(&seed, text).map_err(|error| format!("{}: {error}", seed.display()))?;
    let (callers, calls) = LAPSE;
    let mut refreshes = Vec::new();
    for (threads, _) in RUNTIMES {
        let (_sandbox, url) = context.sandbox(&seed)?;
        let mut worker = scaling::worker(program, "lapse", threads, &url)?;
        let order = Order::new("lapse", calls).with("callers", callers);
        // As the sandbox's journal has it.
        refreshes.push(done(&mut worker, &order, 1)?.items as f64);
    }
    results.figures.push(Figure {
        what: format!(
            "refreshes when the token of {callers} callers lapses in the middle of {calls} calls"
        ),
        values: refreshes,
        unit: String::new(),
    });
    Ok(())
}
