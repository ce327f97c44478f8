//! A process of `token-worker`, and the talk with it.

use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::task::{JoinHandle, block_in_place};
use tokio::time::timeout;

use crate::account::{Account, CLIENT_ID, Wire};
use crate::places::Place;

/// Long enough for a slow machine; what hangs fails.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Worker {
    child: Child,
    commands: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    said: Vec<String>,
    traced: Arc<Mutex<Vec<u8>>>,
    traces: JoinHandle<()>,
    wire: Wire,
}

/// What one process said until it ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) said: Vec<String>,
    pub(crate) succeeded: bool,
    pub(crate) traced: String,
}

impl Worker {
    /// Starts one, and waits until it is ready for commands.
    pub(crate) async fn start(account: &Account, place: &Place, further: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_token-worker"))
            .args([
                "--base-url",
                account.sandbox.url(),
                "--client-id",
                CLIENT_ID,
            ])
            .args(place.arguments())
            .args(further)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the worker was built with its tests");
        let mut stderr = child.stderr.take().expect("piped");
        let traced = Arc::new(Mutex::new(Vec::new()));
        let mut worker = Self {
            commands: child.stdin.take().expect("piped"),
            lines: BufReader::new(child.stdout.take().expect("piped")).lines(),
            said: Vec::new(),
            traced: Arc::clone(&traced),
            traces: tokio::spawn(async move {
                let mut part = [0; 4_096];
                while let Ok(read @ 1..) = stderr.read(&mut part).await {
                    let mut traced = traced.lock().expect("no reader panics");
                    traced.extend_from_slice(&part[..read]);
                }
            }),
            wire: account.wire.clone(),
            child,
        };
        assert_eq!(worker.next_line().await.as_deref(), Some("ready"));
        worker
    }

    /// Sends a command.
    pub(crate) async fn tell(&mut self, command: &str) {
        let line = format!("{command}\n");
        // One that is dead says so by saying nothing more.
        let _ = self.commands.write_all(line.as_bytes()).await;
    }

    /// The next line, or nothing if it has ended.
    pub(crate) async fn next_line(&mut self) -> Option<String> {
        let line = timeout(PATIENCE, self.lines.next_line()).await;
        let line = line.expect("the worker says something in time").ok()??;
        self.said.push(line.clone());
        Some(line)
    }

    /// Sends a command and waits for its outcome.
    pub(crate) async fn ask(&mut self, command: &str) -> Option<String> {
        self.tell(command).await;
        self.next_line().await
    }

    /// Waits until it has stopped itself at this point.
    pub(crate) async fn is_at(&mut self, point: &str) {
        let step = point.split('#').next().expect("a split has a first part");
        assert_eq!(self.next_line().await, Some(format!("at {step}")));
        // It says so before it stops: a signal to go on that came before would be lost. What is left
        // to be waited for is the end of one system call.
        let stops = WaitIdOptions::STOPPED | WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        let id = self.id();
        let stopped = block_in_place(|| waitid(WaitId::Pid(id), stops));
        let stopped = stopped.expect("it is a child").expect("it was waited for");
        assert!(stopped.stopped(), "{point}: {stopped:?}");
    }

    /// Waits until it has traced this step so many times.
    pub(crate) async fn has_reached(&self, step: &str, times: usize) {
        let begun = Instant::now();
        let line = format!("step=\"{step}\"");
        while traced(&self.traced).matches(&line).count() < times {
            assert!(begun.elapsed() < PATIENCE, "{}", traced(&self.traced));
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Asks for the token, as often as it says that it has none yet.
    pub(crate) async fn ask_until_token(&mut self) -> String {
        let begun = Instant::now();
        loop {
            let outcome = self.ask("token").await.expect("it lives");
            if outcome.starts_with("token ") {
                return outcome;
            }
            assert!(outcome.starts_with("error "), "{outcome}");
            assert!(begun.elapsed() < PATIENCE, "{outcome}");
            // It waits for its own next attempt; nobody tells when that is due.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Lets one go on that stopped itself.
    pub(crate) fn go_on(&self) {
        kill_process(self.id(), Signal::CONT).expect("it is there");
    }

    fn id(&self) -> Pid {
        let id = self.child.id().expect("it has not ended");
        let id = i32::try_from(id).ok().and_then(Pid::from_raw);
        id.expect("a process id")
    }

    /// Ends it, and checks that it printed no token.
    pub(crate) async fn end(mut self) -> Ended {
        self.tell("quit").await;
        while self.next_line().await.is_some() {}
        let status = timeout(PATIENCE, self.child.wait()).await;
        let status = status
            .expect("it ends in time")
            .expect("it can be waited for");
        self.traces.await.expect("no reader panics");
        let traced = traced(&self.traced);
        self.wire.is_not_in(&traced);
        self.wire.is_not_in(&self.said.join("\n"));
        Ended {
            said: self.said,
            succeeded: status.success(),
            traced,
        }
    }
}

fn traced(traced: &Mutex<Vec<u8>>) -> String {
    let traced = traced.lock().expect("no reader panics");
    String::from_utf8_lossy(&traced).into_owned()
}
