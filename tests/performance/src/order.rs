//! The worker's side of the protocol that `xtask/src/bench/worker.rs` describes: orders on standard input, what came of
//! them on standard output.

use std::io::{self, BufRead, Write};
use std::time::Instant;

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Some work, so many times.
#[derive(Debug, Deserialize)]
pub struct Order {
    /// Which.
    pub work: String,
    /// How many times.
    pub times: usize,
    /// What else the work needs to know.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// What came of an order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Got {
    /// How many records.
    pub items: u64,
    /// The sum of their ids, each modulo [`MODULUS`], so that all who did the same work say the same.
    pub check: u64,
}

/// Small enough for a sum of many in a language whose numbers are floating.
pub const MODULUS: i64 = 1_000_003;

/// Why an order was not done.
#[derive(Debug)]
pub enum NotDone {
    /// There is no way to do it.
    Unable(String),
    /// It was tried.
    Failed(String),
}

impl Got {
    /// With another record.
    pub fn and(&mut self, id: i64) {
        self.items += 1;
        self.check += id.rem_euclid(MODULUS).unsigned_abs();
    }
}

impl Order {
    /// A number that the work needs to know.
    ///
    /// # Errors
    /// When the order does not have it.
    pub fn number(&self, name: &str) -> Result<i64, NotDone> {
        let number = self.more.get(name).and_then(Value::as_i64);
        number.ok_or_else(|| NotDone::Failed(format!("the order has no number `{name}`")))
    }

    /// A text that the work needs to know.
    ///
    /// # Errors
    /// When the order does not have it.
    pub fn text(&self, name: &str) -> Result<&str, NotDone> {
        let text = self.more.get(name).and_then(Value::as_str);
        text.ok_or_else(|| NotDone::Failed(format!("the order has no text `{name}`")))
    }
}

/// Failing with what an error says.
pub fn failed(error: impl std::fmt::Display) -> NotDone {
    NotDone::Failed(error.to_string())
}

/// A record that is not what it is to be.
///
/// # Errors
/// When it is not.
pub fn same<T: PartialEq + std::fmt::Debug>(got: &T, wanted: &T) -> Result<(), NotDone> {
    if got == wanted {
        return Ok(());
    }
    Err(NotDone::Failed(format!(
        "got {got:?} instead of {wanted:?}"
    )))
}

/// Says that it is ready, and does what it is told until there is nothing more.
///
/// # Errors
/// When an input or output is broken.
pub fn serve(name: &str, mut work: impl FnMut(&Order) -> Result<Got, NotDone>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", json!({ "ready": name }))?;
    out.flush()?;
    for line in io::stdin().lock().lines() {
        let answer = match serde_json::from_str(&line?) {
            Ok(order) => measured(&order, &mut work),
            Err(error) => json!({ "failed": format!("an order that cannot be read: {error}") }),
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn measured(order: &Order, work: &mut impl FnMut(&Order) -> Result<Got, NotDone>) -> Value {
    let (cpu, began) = (cpu_seconds(), Instant::now());
    let came = work(order);
    let (seconds, cpu_after) = (began.elapsed().as_secs_f64(), cpu_seconds());
    let cpu = cpu.zip(cpu_after).map(|(before, after)| after - before);
    match came {
        Ok(got) => json!({
            "seconds": seconds, "cpu_seconds": cpu, "items": got.items, "check": got.check,
        }),
        Err(NotDone::Unable(why)) => json!({ "unable": why }),
        Err(NotDone::Failed(why)) => json!({ "failed": why }),
    }
}

/// What this process took of its processors since it began.
#[cfg(unix)]
fn cpu_seconds() -> Option<f64> {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let nanoseconds = u32::try_from(time.tv_nsec).ok()?;
    let seconds = u32::try_from(time.tv_sec).ok()?;
    Some(f64::from(seconds) + f64::from(nanoseconds) / 1e9)
}

#[cfg(not(unix))]
fn cpu_seconds() -> Option<f64> {
    None
}
