//! A program together with what it started.

use std::{
    io,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::interrupt;

/// How often a running program is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// How long a killed group may take to be gone. One that nobody reaps stays for ever, and is in nobody's way.
const GOING: Duration = Duration::from_secs(1);

/// A child in a process group of its own, which ends with it.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) child: Child,
    ended: bool,
}

impl Group {
    /// Starts it without standard input.
    pub(super) fn start(command: &mut Command) -> io::Result<Self> {
        Self::start_with_input(command.stdin(Stdio::null()))
    }

    /// Starts it with the standard input that it was given.
    pub(super) fn start_with_input(command: &mut Command) -> io::Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child = interrupt::start(|| command.spawn())?;
        Ok(Self {
            child,
            ended: false,
        })
    }

    /// Its status; none at the deadline, and when we are interrupted.
    pub(super) fn wait(&mut self, deadline: Instant) -> Option<ExitStatus> {
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < deadline && !interrupt::came() => thread::sleep(LOOK),
                Ok(None) | Err(_) => return None,
            }
        }
    }

    /// Ends all of it.
    pub(super) fn end(&mut self) {
        if self.ended {
            return;
        }
        self.ended = true;
        kill(self.child.id());
        let _ = self.child.kill();
        let _ = self.child.wait();
        let last = Instant::now() + GOING;
        // What is not gone yet may still write into a folder that is about to be removed.
        while is_there(self.child.id()) && Instant::now() < last {
            thread::sleep(LOOK);
        }
        interrupt::forget(self.child.id());
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(unix)]
fn pid(group: u32) -> Option<rustix::process::Pid> {
    rustix::process::Pid::from_raw(i32::try_from(group).ok()?)
}

/// Kills every program of a group.
#[cfg(unix)]
pub(super) fn kill(group: u32) {
    if let Some(pid) = pid(group) {
        // Fails when all of them ended already, which is what is wanted.
        let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
    }
}

/// Elsewhere only the program itself is ended, by its handle.
#[cfg(not(unix))]
pub(super) fn kill(_group: u32) {}

#[cfg(unix)]
fn is_there(group: u32) -> bool {
    pid(group).is_some_and(|pid| rustix::process::test_kill_process_group(pid).is_ok())
}

#[cfg(not(unix))]
fn is_there(_group: u32) -> bool {
    false
}
