//! Many rounds of all readers by turns, alone and from tasks, and what comes of them.

use std::hint::black_box;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::thread::available_parallelism;

use stats_alloc::Region;
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinSet, yield_now};

use super::COUNTING;
use super::processor;
use super::raw::Compared;
use super::readers::Reader;
use super::spread::Spread;

/// From how many tasks it is read. One is alone, in a thread of its own without a runtime.
const TASKS: [usize; 3] = [1, 8, 64];
/// After so many reads a task lets the next one run.
const TURN: usize = 200;

/// Reads this often, divided among so many tasks.
type Read = Box<dyn Fn(&Runtime, usize, usize)>;

pub(crate) struct Runs {
    /// With a worker for each processor.
    runtime: Runtime,
    readers: Vec<(&'static str, Read)>,
    rounds: usize,
    reads: usize,
}

impl Runs {
    /// Few reads unless it is to `measure`.
    pub(crate) fn new(measure: bool) -> io::Result<Self> {
        let workers = available_parallelism()?.get();
        Ok(Self {
            runtime: Builder::new_multi_thread()
                .worker_threads(workers)
                .build()?,
            readers: Vec::new(),
            rounds: if measure { 60 } else { 1 },
            reads: if measure { 512_000 } else { 25_600 },
        })
    }

    /// Our reader comes first.
    pub(crate) fn add(&mut self, name: &'static str, reader: impl Reader) {
        let reader = Arc::new(reader);
        let read: Read = Box::new(move |runtime, reads, tasks| match tasks {
            1 => alone(&*reader, reads),
            _ => runtime.block_on(from_tasks(&reader, reads, tasks)),
        });
        self.readers.push((name, read));
    }

    /// Counts what all reads of a run allocate. What the tasks take is the same with few reads as
    /// with many.
    pub(crate) fn count_allocations(&self) {
        println!("| allocations of {} reads | alone | 64 tasks |", self.reads);
        println!("| --- | --- | --- |");
        for (name, read) in &self.readers {
            let count = |reads, tasks| {
                let counts = (0..5).map(|_| {
                    let region = Region::new(COUNTING);
                    read(&self.runtime, reads, tasks);
                    let counted = region.change();
                    counted.allocations + counted.reallocations
                });
                counts.min().unwrap_or_default()
            };
            // The first read of a thread prepares it.
            read(&self.runtime, self.reads, 64);
            read(&self.runtime, self.reads, 1);
            let alone = count(self.reads, 1);
            let tasks = count(self.reads, 64).saturating_sub(count(64 * TURN, 64));
            println!("| {name} | {alone} | {tasks} |");
            assert_eq!(alone, 0, "{name} allocates");
        }
        println!();
    }

    /// Prints the time on a processor of one read of each reader, and how often our first one's
    /// that is.
    pub(crate) fn measure(&self) -> io::Result<()> {
        let mut taken = vec![vec![Vec::new(); TASKS.len()]; self.readers.len()];
        for round in 0..=self.rounds {
            for (row, tasks) in TASKS.into_iter().enumerate() {
                for turn in 0..self.readers.len() {
                    // Each is first in some rounds.
                    let which = (round + turn) % self.readers.len();
                    let before = processor::time();
                    (self.readers[which].1)(&self.runtime, self.reads, tasks);
                    let time = processor::time().saturating_sub(before);
                    // The first round does not count.
                    if round > 0 {
                        taken[which][row].push(time.as_secs_f64() * 1e9 / self.reads as f64);
                    }
                }
            }
        }
        println!("| CPU time of a read | alone | 8 tasks | 64 tasks | by ours: alone | 8 | 64 |");
        println!("| --- | --- | --- | --- | --- | --- | --- |");
        for (which, (name, _)) in self.readers.iter().enumerate() {
            print!("| {name} |");
            for times in &taken[which] {
                let Spread { median, low, high } = Spread::of(times.clone());
                print!(" {median:.1} ns ({low:.1} to {high:.1}) |");
            }
            for (times, ours) in taken[which].iter().zip(&taken[0]) {
                let ratios = times.iter().zip(ours).map(|(time, ours)| time / ours);
                print!(" {:.2} |", Spread::of(ratios.collect()).median);
            }
            println!();
        }
        self.append(&taken)
    }

    /// Ours beside each of the others, from each number of tasks, and ours from many tasks beside ours alone.
    fn append(&self, taken: &[Vec<Vec<f64>>]) -> io::Result<()> {
        let names: Vec<&str> = self.readers.iter().map(|(name, _)| *name).collect();
        let (Some((ours, others)), Some((name, other_names))) =
            (taken.split_first(), names.split_first())
        else {
            return Ok(());
        };
        for (row, tasks) in TASKS.into_iter().enumerate() {
            let from = match tasks {
                1 => "alone".to_owned(),
                tasks => format!("from {tasks} tasks"),
            };
            let alone = ("the same alone", &ours[0], Some(2.0));
            let rest = other_names
                .iter()
                .zip(others)
                .map(|(name, it)| (*name, &it[row], None));
            let beside_alone = (tasks > 1).then_some(alone);
            for (other, times, goal) in beside_alone.into_iter().chain(rest) {
                let seconds = |ns: &f64| ns / 1e9;
                let rounds: Vec<[f64; 2]> = ours[row]
                    .iter()
                    .zip(times)
                    .map(|(ours, other)| [seconds(ours), seconds(other)])
                    .collect();
                Compared {
                    work: &format!("read a token, {from}"),
                    ours: name,
                    other,
                    unit: "s of CPU",
                    rounds: &rounds,
                    goal,
                }
                .append()?;
            }
        }
        Ok(())
    }
}

/// Reads one after the other. Nobody else has the lock of a baseline, so nothing is waited for.
fn alone(reader: &impl Reader, reads: usize) {
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..reads {
        let read = pin!(black_box(reader).read()).poll(&mut context);
        assert!(matches!(black_box(read), Poll::Ready(true)));
    }
}

async fn from_tasks<R: Reader>(reader: &Arc<R>, reads: usize, tasks: usize) {
    let mut all = JoinSet::new();
    for _ in 0..tasks {
        let reader = Arc::clone(reader);
        all.spawn(async move {
            for _ in 0..reads / tasks / TURN {
                for _ in 0..TURN {
                    assert!(black_box(&*reader).read().await);
                }
                yield_now().await;
            }
        });
    }
    all.join_all().await;
}
