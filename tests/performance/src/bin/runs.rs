//! Runs a program from start to end: `runs TIMES PROGRAM [ARGUMENT…]` prints how long a run takes in the mean, and how much
//! memory it took at most. It is small itself, as what a child begins with counts as its memory, too.

use std::error::Error;
use std::process::{Command, Stdio};
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [times, program, arguments @ ..] = arguments.as_slice() else {
        return Err("usage: runs TIMES PROGRAM [ARGUMENT…]".into());
    };
    let times: u32 = times.parse()?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    let began = Instant::now();
    for _ in 0..times {
        let status = command.status()?;
        if !status.success() {
            return Err(format!("{program} {arguments:?}: {status}").into());
        }
    }
    let seconds = began.elapsed().as_secs_f64() / f64::from(times.max(1));
    println!("{{\"seconds\":{seconds},\"memory\":{}}}", peak_memory()?);
    Ok(())
}

/// The most memory that any of them took, in bytes.
#[cfg(target_os = "linux")]
fn peak_memory() -> Result<i64, Box<dyn Error>> {
    use nix::sys::resource::{UsageWho, getrusage};
    // Linux counts kibibytes.
    Ok(getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss() * 1024)
}

#[cfg(not(target_os = "linux"))]
fn peak_memory() -> Result<i64, Box<dyn Error>> {
    Err("only Linux is asked".into())
}
