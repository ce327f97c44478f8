//! Keeps facade, tokens and sandbox busy under faults, and sees that nothing grows, leaks or is lost.
//!
//! The sandbox is a child process: this program again, with a hidden argument. So memory, descriptors and
//! connections of both ends are measured apart. A run is cycles of the same kind: faults are drawn, several callers
//! call, the faults are taken away, every login is judged, the account is cleared, everything is dropped, and
//! once both processes are at rest they are measured.

mod account;
mod arguments;
mod browser;
mod child;
mod clock;
mod cycle;
mod faults;
mod judge;
mod kind;
mod login;
mod logins;
mod measure;
mod run;
mod served;
mod settle;
mod slow;
mod table;
mod tally;
mod traffic;

use std::alloc::System;
use std::process::ExitCode;
use std::time::Duration;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

use arguments::Arguments;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[global_allocator]
static HEAP: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How long a thread for blocking work stays without any: it is waited for at rest.
const IDLE_THREAD: Duration = Duration::from_millis(200);

/// The bytes that are allocated and not freed.
fn heap_in_use() -> i64 {
    let stats = HEAP.stats();
    let signed = |bytes: usize| i64::try_from(bytes).unwrap_or(i64::MAX);
    signed(stats.bytes_allocated) - signed(stats.bytes_deallocated)
}

fn main() -> ExitCode {
    let arguments = match Arguments::read(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(failure) => {
            eprintln!("soak: {failure}");
            return ExitCode::from(2);
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_keep_alive(IDLE_THREAD)
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("soak: there is no runtime: {error}");
            return ExitCode::from(2);
        }
    };
    let ended = if arguments.serves {
        runtime.block_on(served::serve()).map(|()| true)
    } else {
        runtime.block_on(run::run(&arguments))
    };
    // What was left under way on purpose must not hold the end up.
    runtime.shutdown_timeout(Duration::from_secs(5));
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("soak: {failure}");
            ExitCode::from(2)
        }
    }
}
