//! A program that we talk with, line by line.

use std::{
    io::{self, BufRead, BufReader, Write},
    process::{ChildStdin, ChildStdout, Command, Stdio},
};

use super::group::Group;

/// A program that reads what we write and writes what we read. Its errors go where ours go. Dropping it ends it, with
/// what it started.
#[derive(Debug)]
pub struct Partner {
    group: Group,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
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
        let output = group.child.stdout.take().expect("it is piped");
        Ok(Self {
            group,
            input,
            output: BufReader::new(output),
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

    /// The next line that it says.
    ///
    /// # Errors
    /// [`io::ErrorKind::UnexpectedEof`] when it ended.
    pub fn hear(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.output.read_line(&mut line)? {
            0 => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it ended")),
            _ => Ok(line),
        }
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::{
        super::shell::{script, sees_end},
        *,
    };

    #[test]
    fn a_partner_answers_until_it_ends() {
        let mut partner = Partner::start(&mut script("read a; echo heard $a")).expect("starts");
        partner.say("this").expect("it listens");
        assert_eq!(partner.hear().expect("it answers"), "heard this\n");
        let ended = partner.hear().expect_err("it ends");
        assert_eq!(ended.kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_partner_that_is_dropped_ends_with_what_it_started() {
        let mut partner = Partner::start(&mut script("sleep 600 & echo $!; wait")).expect("starts");
        let child = partner.hear().expect("it says");
        drop(partner);
        assert!(sees_end(&child), "{child} still runs");
    }
}
