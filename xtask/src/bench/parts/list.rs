//! A list as it grows.

use std::{fs, path::Path, time::Instant};

use super::{
    Part,
    scaling::{self, BY_HAND, OURS, done},
};
use crate::bench::{
    context::{Context, sandbox_of},
    memory,
    processors::Processors,
    results::{Axis, Comparison, Figure, Line, Plot, Point, Results},
    rounds::by_turns,
    worker::{Order, Worker},
};

/// The token of the seed.
pub const TOKEN: &str = "CANARY-benchmark-token-of-an-ordinary-length-0123456789abcdef0123";

/// How many clients, how many lists one measurement is, and how many rounds of them there are.
const SIZES: [(usize, usize, usize); 5] = [
    (100, 50, 15),
    (1_000, 10, 15),
    (10_000, 1, 15),
    (100_000, 1, 9),
    (1_000_000, 1, 3),
];
/// From this size on there is neither a round that does not count nor a second turn in each.
const LONG: usize = 1_000_000;
/// What a worker has more than one that only listed 100 clients, when it keeps nothing: allocator and system are not exact
/// to the page. In KiB.
const FLAT: f64 = 4096.0;

/// A list as it grows.
#[derive(Debug)]
pub struct List;

/// The two ways to take a list.
#[derive(Clone, Copy)]
struct Way {
    work: &'static str,
    name: &'static str,
}

const WAYS: [Way; 2] = [
    Way {
        work: "list",
        name: "client by client",
    },
    Way {
        work: "collect",
        name: "all into a Vec",
    },
];

impl Part for List {
    fn name(&self) -> &'static str {
        "list"
    }

    fn purpose(&self) -> &'static str {
        "a list of 100 to 1,000,000 clients: time and memory"
    }

    fn measure(&self, context: &Context, results: &mut Results) -> Result<(), String> {
        let program = scaling::program(context)?;
        let command_line = context.command_line()?;
        let processors = Processors::of_this_machine();
        let (mut time, mut peak) = (Vec::new(), Vec::new());
        let few = context.times(SIZES.len(), 3);
        for (clients, times, rounds) in SIZES.into_iter().take(few) {
            let seed = seed(context, clients)?;
            let begun = Instant::now();
            let (server, url) = sandbox_of(&command_line, &seed)?;
            figure(
                results,
                clients,
                "start of the sandbox",
                "s",
                begun.elapsed().as_secs_f64(),
            );
            processors.serve(server.pid())?;
            let size = Size {
                clients,
                // The seed's own client is one of them.
                items: clients + 1,
                times: context.times(times, 1),
                rounds: context.times(rounds, 1),
            };
            for way in WAYS {
                let taken = size.measure(&program, &url, &processors, way)?;
                for (side, index) in [(OURS, 0), (BY_HAND, 1)] {
                    let name = format!("{side}, {}", way.name);
                    let per_record = taken
                        .rounds
                        .iter()
                        .map(|round| round[index] / size.items as f64);
                    push(
                        &mut time,
                        &name,
                        clients,
                        per_record.map(|s| s * 1e6).collect(),
                    );
                    if let Some(peaks) = &taken.peaks {
                        push(&mut peak, &name, clients, vec![peaks[index] / 1024.0]);
                    }
                }
                results.comparisons.push(Comparison {
                    work: format!("list {} clients, {}", grouped(clients), way.name),
                    ours: OURS.to_owned(),
                    other: BY_HAND.to_owned(),
                    unit: "s".to_owned(),
                    rounds: taken.rounds,
                    goal: None,
                    limit: None,
                });
                if let Some(peaks) = taken.peaks {
                    results.comparisons.push(Comparison {
                        work: format!("memory for {} clients, {}", grouped(clients), way.name),
                        ours: OURS.to_owned(),
                        other: BY_HAND.to_owned(),
                        unit: "KiB".to_owned(),
                        rounds: vec![peaks],
                        goal: None,
                        limit: None,
                    });
                }
            }
            if let Some(kib) = memory::peak(server.pid()) {
                figure(results, clients, "most memory of the sandbox", "KiB", kib);
            }
        }
        stays_flat(&peak)?;
        results.plots.push(plot(
            "list-time",
            "A list as it grows: time",
            "µs per client",
            time,
        ));
        results.plots.push(plot(
            "list-memory",
            "A list as it grows: most memory of the client's process",
            "MiB",
            peak,
        ));
        results.notes.push(
            "The sandbox is a released one, with the rate limit off; a page has 100 clients. Each size and way has workers \
             of its own, whose most memory is what the kernel has noted (`VmHWM`) after their first list; the runtime has \
             one thread. The time per client is that of the whole list, the server's work included."
                .to_owned(),
        );
        results.notes.push(processors.note());
        Ok(())
    }
}

/// A list of one size.
struct Size {
    clients: usize,
    items: usize,
    times: usize,
    rounds: usize,
}

/// What a way to take it came to, ours and the other.
struct Taken {
    /// Seconds for one list.
    rounds: Vec<[f64; 2]>,
    peaks: Option<[f64; 2]>,
}

impl Size {
    fn measure(
        &self,
        program: &Path,
        url: &str,
        processors: &Processors,
        way: Way,
    ) -> Result<Taken, String> {
        let start = |side| {
            let worker = scaling::worker(program, side, "current", url)?;
            processors.ask(worker.pid())?;
            Ok::<Worker, String>(worker)
        };
        let (mut ours, mut other) = (start("facade")?, start("by-hand")?);
        let once = |worker: &mut Worker, times| {
            let order = Order::new(way.work, times);
            let done = done(worker, &order, self.items * times)?;
            Ok::<f64, String>(done.seconds / times as f64)
        };
        let first = [once(&mut ours, 1)?, once(&mut other, 1)?];
        let peaks = memory::peak(ours.pid()).zip(memory::peak(other.pid()));
        let rounds = if self.clients < LONG {
            by_turns(
                self.rounds,
                &mut || once(&mut ours, self.times),
                &mut || once(&mut other, self.times),
            )?
        } else {
            let mut rounds = vec![first];
            while rounds.len() < self.rounds {
                let of_other = once(&mut other, 1)?;
                rounds.push([once(&mut ours, 1)?, of_other]);
            }
            rounds
        };
        let peaks = peaks.map(|(ours, other)| [ours, other]);
        Ok(Taken { rounds, peaks })
    }
}

/// Taken client by client, a long list takes no more memory than a short one.
fn stays_flat(peaks: &[Line]) -> Result<(), String> {
    let name = format!("{OURS}, {}", WAYS[0].name);
    let Some(line) = peaks.iter().find(|line| line.name == name) else {
        return Ok(());
    };
    let mib: Vec<f64> = line
        .points
        .iter()
        .flat_map(|point| point.values.clone())
        .collect();
    let least = mib.iter().copied().fold(f64::INFINITY, f64::min);
    let most = mib.iter().copied().fold(0.0, f64::max);
    if (most - least) * 1024.0 > FLAT {
        return Err(format!(
            "taking a list client by client takes memory by its length: {mib:.1?} MiB"
        ));
    }
    Ok(())
}

fn seed(context: &Context, clients: usize) -> Result<std::path::PathBuf, String> {
    let path = context.folder.join(format!("list-{clients}.yaml"));
    let text = format!(
        "clock: real\n\
         switches: {{ rate_limit: \"off\" }}\n\
         users:\n  - {{ id: 29, name: Ada Admin, email: admin@example.com, role: admin }}\n\
         clients:\n  - {{ identifier: bench_app, name: Bench, kind: confidential, redirect_uri: [http://localhost/callback], user: admin@example.com }}\n\
         tokens:\n  - {{ client: bench_app, user: admin@example.com, scopes: [read], token: {TOKEN} }}\n\
         generate: {{ clients: {clients} }}\n"
    );
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

fn figure(results: &mut Results, clients: usize, what: &str, unit: &str, value: f64) {
    results.figures.push(Figure {
        what: format!("{what} with {} clients", grouped(clients)),
        values: vec![value],
        unit: unit.to_owned(),
    });
}

fn push(lines: &mut Vec<Line>, name: &str, x: usize, values: Vec<f64>) {
    let point = Point {
        x: x as f64,
        values,
    };
    match lines.iter_mut().find(|line| line.name == name) {
        Some(line) => line.points.push(point),
        None => lines.push(Line {
            name: name.to_owned(),
            points: vec![point],
        }),
    }
}

fn plot(file: &str, title: &str, unit: &str, lines: Vec<Line>) -> Plot {
    Plot {
        file: file.to_owned(),
        title: title.to_owned(),
        x: Axis {
            label: "clients in the list".to_owned(),
            is_logarithmic: true,
        },
        y: Axis {
            label: unit.to_owned(),
            is_logarithmic: unit == "MiB",
        },
        lines,
    }
}

/// `10,000`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(mib: &[f64]) -> Vec<Line> {
        let mut lines = Vec::new();
        for (index, mib) in mib.iter().enumerate() {
            push(
                &mut lines,
                "zendesk-oauth, client by client",
                index,
                vec![*mib],
            );
        }
        lines
    }

    #[test]
    fn memory_that_grows_with_the_list_is_an_error() {
        assert!(stays_flat(&line(&[7.0, 7.5, 8.0])).is_ok());
        let error = stays_flat(&line(&[7.0, 7.5, 12.0])).unwrap_err();
        assert!(error.contains("12.0"), "{error}");
    }

    #[test]
    fn thousands_are_apart() {
        let texts = [1, 100, 1_000, 100_000, 1_000_000].map(grouped);
        assert_eq!(texts, ["1", "100", "1,000", "100,000", "1,000,000"]);
    }
}
