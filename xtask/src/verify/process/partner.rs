//! A program that we talk with, line by line.

use std::{
    io::{self, BufRead, BufReader, Write},
    process::{ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::Duration,
};

use super::group::Group;

/// A program that reads what we write and writes what we read. Its errors go where ours go. Dropping it ends it, with
/// what it started.
#[derive(Debug)]
pub struct Partner {
    group: Group,
    input: ChildStdin,
    /// What it says, read by a thread, which ends with it.
    lines: Receiver<io::Result<String>>,
}

impl Partner {
    /// Starts it.
    ///
    /// # Errors
    /// What the system said; [`io::ErrorKind::Interrupted`] when we are interrupted.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut group = Group::start_with_input(command)?;
        let input = group.child.stdin.take().expect("it is piped");
        let output = BufReader::new(group.child.stdout.take().expect("it is piped"));
        let (said, lines) = channel();
        thread::spawn(move || {
            for line in output.lines() {
                let is_last = line.is_err();
                if said.send(line).is_err() || is_last {
                    break;
                }
            }
        });
        Ok(Self {
            group,
            input,
            lines,
        })
    }

    /// Which process it is.
    pub fn pid(&self) -> u32 {
        self.group.child.id()
    }

    /// Says a line.
    ///
    /// # Errors
    /// When it does not listen any more.
    pub fn say(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.input, "{line}")?;
        self.input.flush()
    }

    /// The next line that it says, without its end.
    ///
    /// # Errors
    /// [`io::ErrorKind::UnexpectedEof`] when it ended, [`io::ErrorKind::TimedOut`] when it said nothing in this time.
    pub fn hear(&mut self, within: Duration) -> io::Result<String> {
        self.lines.recv_timeout(within).unwrap_or_else(|why| {
            Err(match why {
                RecvTimeoutError::Disconnected => {
                    io::Error::new(io::ErrorKind::UnexpectedEof, "it ended")
                }
                RecvTimeoutError::Timeout => io::Error::new(
                    io::ErrorKind::TimedOut,
                    format!("it said nothing for {within:?}"),
                ),
            })
        })
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::{
        super::shell::{script, sees_end},
        *,
    };

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn a_partner_answers_until_it_ends() {
        let mut partner = Partner::start(&mut script("read a; echo heard $a")).expect("starts");
        partner.say("this").expect("it listens");
        assert_eq!(partner.hear(LONG).expect("it answers"), "heard this");
        let ended = partner.hear(LONG).expect_err("it ends");
        assert_eq!(ended.kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_partner_that_says_nothing_is_not_waited_for_for_ever() {
        let mut partner = Partner::start(&mut script("echo one; sleep 600")).expect("starts");
        assert_eq!(partner.hear(LONG).expect("it says"), "one");
        let silent = partner
            .hear(Duration::from_millis(1))
            .expect_err("it does not");
        assert_eq!(silent.kind(), io::ErrorKind::TimedOut);
    }

    #[test]
    fn a_partner_that_is_dropped_ends_with_what_it_started() {
        let mut partner = Partner::start(&mut script("sleep 600 & echo $!; wait")).expect("starts");
        let child = partner.hear(LONG).expect("it says");
        drop(partner);
        assert!(sees_end(&child), "{child} still runs");
    }
}
