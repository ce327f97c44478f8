//! Programs for tests: lines of shell, and whether they have ended.

use std::{
    fs,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, test_kill_process};

/// The shell with this script.
pub(crate) fn script(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    command
}

/// A process by what the shell says of it.
pub(crate) fn pid(said: &str) -> Pid {
    Pid::from_raw(said.trim().parse().unwrap()).unwrap()
}

/// Whether the process ends within some seconds.
pub(crate) fn sees_end(said: &str) -> bool {
    let last = Instant::now() + Duration::from_secs(20);
    while runs(pid(said)) {
        if Instant::now() > last {
            return false;
        }
        thread::sleep(Duration::from_millis(10));
    }
    true
}

/// One that has ended and was not reaped by its parent yet does not run.
fn runs(pid: Pid) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    test_kill_process(pid).is_ok() && !stat.is_ok_and(|stat| stat.contains(") Z "))
}
