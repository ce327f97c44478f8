//! What it costs to ask for the token of a source while it is good, alone and from many tasks. See
//! the README of the folder above.
//!
//! `cargo bench -p zendesk-oauth --bench token_read`

#[path = "../../src/token/current.rs"]
#[allow(dead_code, reason = "only its read path is measured")]
mod current;
mod processor;
#[path = "../common/raw.rs"]
mod raw;
mod readers;
mod runs;
#[path = "../common/spread.rs"]
mod spread;

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

use readers::{Attached, ByMutex, ByRwLock, Clocked, Served};
use runs::Runs;

/// Nothing of what is measured allocates, so counting costs nothing.
#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let measure = std::env::args().any(|arg| arg == "--bench");
    let mut runs = Runs::new(measure)?;
    runs.add("a token: clock, load, validity", Served::new());
    runs.add("the clock alone", Clocked::new());
    runs.add("a token, and its header cloned", Attached::new());
    runs.add("baseline: tokio::sync::RwLock", ByRwLock::new());
    runs.add("baseline: std::sync::Mutex", ByMutex::new());
    runs.count_allocations();
    runs.measure()?;
    Ok(())
}
