//! Programs with a deadline, ended with all that they started: everything that this command runs is run here.
//!
//! A [`group`] is a program and what it started; [`output`] is what it says, and [`words`] makes that short. [`server`]
//! runs beside us, and with a [`partner`] we talk. [`interrupt`] ends all of them on Ctrl-C.

mod group;
pub mod interrupt;
mod output;
mod partner;
mod server;
#[cfg(unix)]
#[cfg(test)]
pub(super) mod shell;
mod words;

use std::{
    io,
    process::{Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use group::Group;
use output::Output;
pub use partner::Partner;
pub use server::Server;
pub use words::{to_the_point, without_colour};

/// What a program said and how it ended.
#[derive(Debug)]
pub struct Ended {
    /// Its status; none when it was ended at the deadline.
    pub status: Option<ExitStatus>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Ended {
    /// Whether it ended by itself, with 0.
    pub fn is_success(&self) -> bool {
        self.status.is_some_and(|status| status.success())
    }

    /// How it ended, in words: `ended with 1`.
    pub fn ending(&self) -> String {
        match self.status.map(|status| status.code()) {
            None => "did not end in time and was killed".to_owned(),
            Some(Some(code)) => format!("ended with {code}"),
            Some(None) => "was ended by a signal".to_owned(),
        }
    }

    /// What it said on both outputs, to the point.
    pub fn words(&self) -> String {
        to_the_point(&format!("{}\n{}", self.stdout, self.stderr))
    }
}

/// Runs a program to its end, or to the deadline.
///
/// # Errors
/// In words, when it cannot be started, or when we are interrupted.
pub fn run(command: &mut Command, deadline: Duration) -> Result<Ended, String> {
    let mut group = start(command)?;
    let stdout = Output::read(group.child.stdout.take());
    let stderr = Output::read(group.child.stderr.take());
    let status = group.wait(Instant::now() + deadline);
    // Whatever the program left running would keep the outputs open.
    group.end();
    if interrupt::came() {
        return Err(interrupt::WORD.to_owned());
    }
    let last = Instant::now() + output::GRACE;
    Ok(Ended {
        status,
        stdout: stdout.until(last),
        stderr: stderr.until(last),
    })
}

/// Runs a program that must end with 0, and gives its standard output.
///
/// # Errors
/// What it said and how it ended.
pub fn demand(command: &mut Command, deadline: Duration) -> Result<String, String> {
    let ended = run(command, deadline)?;
    if ended.is_success() {
        return Ok(ended.stdout);
    }
    let program = command.get_program().to_string_lossy().into_owned();
    let program = program.rsplit('/').next().unwrap_or_default();
    Err(format!("{program} {}\n{}", ended.ending(), ended.words()))
}

/// Runs a program whose words go where ours go. Its status is none when it was ended at the deadline.
///
/// # Errors
/// What the system said when it cannot be started; [`io::ErrorKind::Interrupted`] when we are interrupted.
pub fn show(command: &mut Command, deadline: Duration) -> io::Result<Option<ExitStatus>> {
    let mut group = Group::start(command)?;
    let status = group.wait(Instant::now() + deadline);
    group.end();
    if interrupt::came() {
        return Err(io::ErrorKind::Interrupted.into());
    }
    Ok(status)
}

/// Starts a program whose words we read.
fn start(command: &mut Command) -> Result<Group, String> {
    Group::start(command.stdout(Stdio::piped()).stderr(Stdio::piped())).map_err(|error| {
        if error.kind() == io::ErrorKind::Interrupted {
            return interrupt::WORD.to_owned();
        }
        let program = command.get_program().to_string_lossy();
        format!("`{program}` cannot be started: {error}")
    })
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::{
        shell::{script, sees_end},
        *,
    };

    #[test]
    fn a_program_that_hangs_is_killed_with_what_it_started() {
        let start = Instant::now();
        let hangs = "echo before; sleep 600 & echo $!; wait";
        let ended = run(&mut script(hangs), Duration::from_millis(300)).unwrap();
        assert!(!ended.is_success());
        assert_eq!(ended.ending(), "did not end in time and was killed");
        assert!(ended.stdout.starts_with("before\n"));
        assert!(start.elapsed() < Duration::from_secs(60));
        let child = ended.stdout.lines().nth(1).unwrap();
        assert!(sees_end(child), "{child} still runs");
    }

    #[test]
    fn what_is_left_running_does_not_keep_us_waiting() {
        let start = Instant::now();
        let left = "sleep 600 & echo $!";
        let ended = run(&mut script(left), Duration::from_secs(60)).unwrap();
        assert!(ended.is_success());
        assert!(start.elapsed() < Duration::from_secs(30));
        assert!(sees_end(&ended.stdout), "{} still runs", ended.stdout);
    }

    /// It keeps our outputs open beyond the end of the program's group.
    #[test]
    fn what_left_its_group_does_not_keep_us_waiting() {
        let start = Instant::now();
        let left = "setsid sleep 600 & echo $!; echo said >&2; exec sleep 1";
        let ended = run(&mut script(left), Duration::from_secs(60)).unwrap();
        assert!(start.elapsed() < Duration::from_secs(30));
        assert!(ended.is_success());
        assert_eq!(ended.stderr, "said\n");
        let pid = shell::pid(&ended.stdout);
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
    }

    #[test]
    fn a_failure_gives_the_words_and_the_status() {
        let said = demand(
            &mut script("echo out; echo err >&2; exit 3"),
            Duration::from_secs(60),
        );
        assert_eq!(said.unwrap_err(), "sh ended with 3\nout\nerr");
        let said = run(&mut Command::new("no-such-program"), Duration::ZERO).unwrap_err();
        assert!(
            said.starts_with("`no-such-program` cannot be started"),
            "{said}"
        );
    }

    #[test]
    fn a_program_that_is_shown_gives_its_status() {
        let shown = |script_: &str, deadline| show(&mut script(script_), deadline).unwrap();
        let status = shown("exit 3", Duration::from_secs(60)).unwrap();
        assert_eq!(status.code(), Some(3));
        assert_eq!(shown("sleep 600", Duration::from_millis(50)), None);
    }
}
