//! A server beside us.

use std::{
    io::{BufRead, BufReader, Read},
    process::Command,
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use super::{
    group::Group,
    interrupt, start,
    words::{to_the_point, without_colour},
};

/// How often a server that says nothing is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct Server {
    /// Dropping it ends the server.
    group: Group,
}

impl Server {
    /// Which process it is, and which group, as what it starts is in its group too.
    pub fn pid(&self) -> u32 {
        self.group.child.id()
    }

    /// Starts it and waits for the line in which `address` finds what the server says of itself.
    ///
    /// # Errors
    /// What it said instead.
    pub fn start(
        command: &mut Command,
        deadline: Duration,
        address: impl Fn(&str) -> Option<String>,
    ) -> Result<(Self, String), String> {
        let mut group = start(command)?;
        let (sender, lines) = channel();
        let outputs: [Option<Box<dyn Read + Send>>; 2] = [
            group
                .child
                .stdout
                .take()
                .map(|output| Box::new(output) as _),
            group
                .child
                .stderr
                .take()
                .map(|output| Box::new(output) as _),
        ];
        for output in outputs.into_iter().flatten() {
            let sender = sender.clone();
            // Reads on when nobody listens any more, so that the server never waits for its reader.
            thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        drop(sender);
        let found = first(&lines, Instant::now() + deadline, address)?;
        Ok((Self { group }, found))
    }
}

fn first(
    lines: &Receiver<String>,
    deadline: Instant,
    address: impl Fn(&str) -> Option<String>,
) -> Result<String, String> {
    let mut said = String::new();
    loop {
        if interrupt::came() {
            return Err(interrupt::WORD.to_owned());
        }
        let left = deadline.saturating_duration_since(Instant::now());
        match lines.recv_timeout(left.min(LOOK)) {
            Ok(line) => {
                if let Some(found) = address(&without_colour(&line)) {
                    return Ok(found);
                }
                said.push_str(&line);
                said.push('\n');
            }
            Err(RecvTimeoutError::Timeout) if left > LOOK => {}
            Err(RecvTimeoutError::Timeout) => {
                return Err(format!("did not start in time\n{}", to_the_point(&said)));
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(format!("ended at once\n{}", to_the_point(&said)));
            }
        }
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::{super::shell::script, *};

    #[test]
    fn a_server_that_does_not_start_says_why() {
        let never = |_: &str| None;
        let said = Server::start(&mut script("echo no port"), Duration::from_secs(60), never);
        assert_eq!(said.unwrap_err(), "ended at once\nno port");
        let said = Server::start(
            &mut script("echo hm; sleep 600"),
            Duration::from_millis(200),
            never,
        );
        assert_eq!(said.unwrap_err(), "did not start in time\nhm");
    }
}
