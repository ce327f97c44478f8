//! The orders, one a line, and what came of each.

use std::io::{BufRead as _, Write as _};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;

use super::{Failed, callers, list, pages, processor, side::Side};

/// What is to be done. What a work has no use for is left out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    work: String,
    times: usize,
    #[serde(default)]
    callers: usize,
    #[serde(default)]
    pages: usize,
    #[serde(default)]
    read_ahead: bool,
    /// How long the caller works on each page.
    #[serde(default)]
    caller_ms: u64,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Done {
        seconds: f64,
        cpu_seconds: Option<f64>,
        items: usize,
        /// What ninety-nine of a hundred calls took at most.
        #[serde(skip_serializing_if = "Option::is_none")]
        p99_seconds: Option<f64>,
    },
    Unable {
        unable: String,
    },
    Failed {
        failed: String,
    },
}

/// What a work gave.
#[derive(Default)]
pub(crate) struct Gave {
    pub(crate) items: usize,
    /// What each call took, if that was asked.
    pub(crate) each: Vec<Duration>,
}

/// Does what standard input says, to its end.
pub(crate) fn obey(side: &Side, runtime: &Runtime) -> Result<(), Failed> {
    let mut out = std::io::stdout();
    let version = env!("CARGO_PKG_VERSION");
    writeln!(
        out,
        "{}",
        serde_json::json!({"ready": format!("{} {version}", side.name())})
    )?;
    for line in std::io::stdin().lock().lines() {
        let order: Order = serde_json::from_str(&line?)?;
        let answer = answer(side, runtime, &order);
        writeln!(out, "{}", serde_json::to_string(&answer)?)?;
    }
    Ok(())
}

fn answer(side: &Side, runtime: &Runtime, order: &Order) -> Answer {
    let (cpu, begun) = (processor::seconds(), Instant::now());
    let gave = match (side, order.work.as_str()) {
        (_, "list") => runtime.block_on(list::by_items(side, order.times)),
        (_, "collect") => runtime.block_on(list::into_vec(side, order.times)),
        (_, "show") => runtime.block_on(callers::show(side, order.callers, order.times)),
        (_, "pages") => {
            let caller = Duration::from_millis(order.caller_ms);
            runtime.block_on(pages::walk(side, order.pages, order.read_ahead, caller))
        }
        (Side::Lapse(lapse), "lapse") => runtime.block_on(lapse.calls(order.callers, order.times)),
        (_, work) => {
            return Answer::Unable {
                unable: format!("there is no work `{work}`"),
            };
        }
    };
    let seconds = begun.elapsed().as_secs_f64();
    let cpu_seconds = processor::seconds()
        .zip(cpu)
        .map(|(after, before)| after - before);
    match gave {
        Ok(gave) => Answer::Done {
            seconds,
            cpu_seconds,
            items: gave.items,
            p99_seconds: p99(gave.each),
        },
        Err(error) => Answer::Failed {
            failed: error.to_string(),
        },
    }
}

fn p99(mut each: Vec<Duration>) -> Option<f64> {
    each.sort();
    let last = each.len().checked_sub(1)?;
    Some(each.get(last * 99 / 100)?.as_secs_f64())
}
