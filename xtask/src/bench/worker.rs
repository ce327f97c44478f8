//! A program that works when it is told: how peers in any language are measured.
//!
//! It is told by environment variables where it works (`ZENDESK_URL`, `ZENDESK_TOKEN`). When it is ready it prints one
//! line, `{"ready": "NAME VERSION"}`. From then on it reads one line for each order and prints one for what came of it:
//!
//! | order | answer |
//! | --- | --- |
//! | `{"work": "show", "times": 20}` | `{"seconds": 0.01, "items": 20}`: what it took, and what it got |
//! | one that it cannot do | `{"unable": "it has no such call"}` |
//! | one that failed | `{"failed": "what went wrong"}` |
//!
//! `cpu_seconds` is beside `seconds` where the language tells it, `p99_seconds` where each call was timed, and `check` where
//! sides are held to the same records. The worker ends when its input does. It measures by itself, so that the pipe is
//! not part of the time.

use std::{fmt, io, process::Command, time::Duration};

use serde::{Deserialize, Serialize};

use crate::verify::process::Partner;

/// An order takes seconds. Who says nothing for so long hangs.
const SILENCE: Duration = Duration::from_secs(600);

/// A running worker; dropping it ends it, as does Ctrl-C.
#[derive(Debug)]
pub struct Worker {
    /// What it calls itself, with its version.
    pub name: String,
    partner: Partner,
}

/// Some work, so many times.
#[derive(Clone, Debug, Serialize)]
pub struct Order {
    /// Which.
    pub work: String,
    /// How many times.
    pub times: usize,
    /// What else the work needs to know.
    #[serde(flatten)]
    pub more: serde_json::Map<String, serde_json::Value>,
}

/// What an order took.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Done {
    /// Time on the wall.
    pub seconds: f64,
    /// Time of the processor.
    #[serde(default)]
    pub cpu_seconds: Option<f64>,
    /// How many records it got.
    #[serde(default)]
    pub items: u64,
    /// What ninety-nine of a hundred calls took at most, where each was timed.
    #[serde(default)]
    pub p99_seconds: Option<f64>,
    /// A sum over what it got, which all who did the same work agree on.
    #[serde(default)]
    pub check: u64,
}

impl fmt::Display for NotDone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unable(said) => write!(f, "it cannot: {said}"),
            Self::Failed(said) => write!(f, "it failed: {said}"),
        }
    }
}

/// Why an order was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDone {
    /// It has no way to do it.
    Unable(String),
    /// It tried.
    Failed(String),
}

#[derive(Deserialize)]
struct Ready {
    ready: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Done(Done),
    Unable { unable: String },
    Failed { failed: String },
}

impl Order {
    /// Some work, so many times.
    pub fn new(work: &str, times: usize) -> Self {
        Self {
            work: work.to_owned(),
            times,
            more: serde_json::Map::new(),
        }
    }

    /// With something else that the work needs to know.
    pub fn with(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.more.insert(name.to_owned(), value.into());
        self
    }
}

impl Worker {
    /// Starts it, and waits until it is ready.
    ///
    /// # Errors
    /// When it cannot be started, or says something else first.
    pub fn start(command: &mut Command) -> Result<Self, String> {
        let program = command.get_program().to_string_lossy().into_owned();
        let partner = Partner::start(command)
            .map_err(|error| format!("`{program}` cannot be started: {error}"))?;
        let mut worker = Self {
            name: program.clone(),
            partner,
        };
        let line = worker.line()?;
        let ready: Ready = serde_json::from_str(&line).map_err(|_| {
            format!(
                "`{program}` said this instead of being ready: {}",
                line.trim()
            )
        })?;
        worker.name = ready.ready;
        Ok(worker)
    }

    /// Which process it is.
    pub fn pid(&self) -> u32 {
        self.partner.pid()
    }

    /// Has some work done.
    ///
    /// # Errors
    /// Why it was not.
    pub fn order(&mut self, order: &Order) -> Result<Done, NotDone> {
        let text = serde_json::to_string(order).expect("names and numbers are JSON");
        self.partner
            .say(&text)
            .map_err(|error| NotDone::Failed(format!("{} takes no orders: {error}", self.name)))?;
        let line = self.line().map_err(NotDone::Failed)?;
        match serde_json::from_str(&line) {
            Ok(Answer::Done(done)) => Ok(done),
            Ok(Answer::Unable { unable }) => Err(NotDone::Unable(unable)),
            Ok(Answer::Failed { failed }) => Err(NotDone::Failed(failed)),
            Err(_) => Err(NotDone::Failed(format!(
                "{} said {}",
                self.name,
                line.trim()
            ))),
        }
    }

    fn line(&mut self) -> Result<String, String> {
        self.partner
            .hear(SILENCE)
            .map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => format!("{} ended", self.name),
                _ => format!("{} cannot be heard: {error}", self.name),
            })
    }
}
