//! The child process with the sandbox, and the talk with it.

use std::process::Stdio;
use std::time::Duration;

use serde::de::DeserializeOwned;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child as Process, ChildStdin, ChildStdout, Command};
use tokio::sync::Mutex;
use zendesk_oauth_sandbox::{FaultRule, serde_json};

use crate::Failure;
use crate::served::{Answer, Figures, Order, Refreshes, Started};

/// What says nothing for so long hangs.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Child {
    process: Process,
    talk: Mutex<Talk>,
    pub(crate) started: Started,
}

struct Talk {
    /// How many orders were given.
    given: u64,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Child {
    pub(crate) async fn start() -> Result<Self, Failure> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg("--sandbox")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let orders = process.stdin.take().ok_or("standard input is piped")?;
        let answers = process.stdout.take().ok_or("standard output is piped")?;
        let mut talk = Talk {
            given: 0,
            orders,
            answers: BufReader::new(answers).lines(),
        };
        let started = talk.hear().await?;
        Ok(Self {
            process,
            talk: Mutex::new(talk),
            started,
        })
    }

    /// Its number, as long as it runs.
    pub(crate) fn id(&self) -> Option<u32> {
        self.process.id()
    }

    async fn ask(&self, order: Order) -> Result<Answer, Failure> {
        let mut talk = self.talk.lock().await;
        talk.given += 1;
        let number = talk.given;
        let mut line = serde_json::to_vec(&(number, order))?;
        line.push(b'\n');
        talk.orders.write_all(&line).await?;
        talk.orders.flush().await?;
        loop {
            // Whoever asked before may have been dropped half-way.
            let (answered, answer): (u64, Answer) = talk.hear().await?;
            if answered == number {
                return Ok(answer);
            }
        }
    }

    async fn tell(&self, order: Order) -> Result<(), Failure> {
        match self.ask(order).await? {
            Answer::Done => Ok(()),
            _ => Err("the sandbox gave an answer to another order".into()),
        }
    }

    pub(crate) async fn faults(&self, rules: Vec<FaultRule>) -> Result<(), Failure> {
        self.tell(Order::Faults(rules)).await
    }

    pub(crate) async fn advance(&self, seconds: u64) -> Result<(), Failure> {
        self.tell(Order::Advance(i64::try_from(seconds)?)).await
    }

    pub(crate) async fn logs_in(&self, client: &str) -> Result<(), Failure> {
        self.tell(Order::LogsIn(client.to_owned())).await
    }

    pub(crate) async fn figures(&self) -> Result<Figures, Failure> {
        match self.ask(Order::Figures).await? {
            Answer::Figures(figures) => Ok(figures),
            _ => Err("the sandbox gave an answer to another order".into()),
        }
    }

    pub(crate) async fn refreshes(&self, client: &str) -> Result<Refreshes, Failure> {
        match self.ask(Order::Refreshes(client.to_owned())).await? {
            Answer::Refreshes(refreshes) => Ok(refreshes),
            _ => Err("the sandbox gave an answer to another order".into()),
        }
    }

    /// Ends it in order.
    pub(crate) async fn end(self) -> Result<(), Failure> {
        let Self {
            mut process, talk, ..
        } = self;
        drop(talk);
        let status = tokio::time::timeout(PATIENCE, process.wait()).await??;
        match status.success() {
            true => Ok(()),
            false => Err(format!("the sandbox ended with {status}").into()),
        }
    }
}

impl Talk {
    async fn hear<T: DeserializeOwned>(&mut self) -> Result<T, Failure> {
        let line = tokio::time::timeout(PATIENCE, self.answers.next_line()).await;
        let line = line.map_err(|_| "the sandbox says nothing any more")??;
        let line = line.ok_or("the sandbox has ended; above it says why")?;
        Ok(serde_json::from_str(&line)?)
    }
}
