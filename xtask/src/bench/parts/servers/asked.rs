//! What servers are asked, and the program that asks.

use std::{
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use serde::Deserialize;

use super::rivals::Running;
use crate::{
    bench::{
        account::TOKEN,
        context::Context,
        install::as_f64,
        results::{Comparison, Results},
        rounds::by_turns,
    },
    verify::process::{demand, interrupt},
};

const DEADLINE: Duration = Duration::from_secs(300);
/// How many connections ask at the same time.
const CONNECTIONS: &str = "8";

/// One request.
pub(super) struct Asked {
    pub(super) title: String,
    path: String,
    /// The body's type, and the body.
    body: Option<[String; 2]>,
}

/// The program that asks.
pub(super) struct Load {
    program: PathBuf,
    rounds: usize,
}

/// What it says.
#[derive(Deserialize)]
pub(super) struct Took {
    seconds: f64,
    requests: u64,
    p99: f64,
}

impl Asked {
    pub(super) fn get(title: &str, path: &str) -> Self {
        Self {
            title: title.to_owned(),
            path: path.to_owned(),
            body: None,
        }
    }

    pub(super) fn post(title: &str, path: &str, kind: &str, body: &str) -> Self {
        Self {
            body: Some([kind, body].map(str::to_owned)),
            ..Self::get(title, path)
        }
    }

    /// What the server at `url` answers; a success.
    pub(super) fn answer(&self, url: &str) -> Result<String, String> {
        let agent = ureq::Agent::new_with_defaults();
        let target = format!("{url}{}", self.path);
        let failed = |error: ureq::Error| format!("{target}: {error}");
        let mut answer = match &self.body {
            None => agent
                .get(&target)
                .header("authorization", format!("Bearer {TOKEN}"))
                .call(),
            Some([kind, body]) => agent.post(&target).header("content-type", kind).send(body),
        }
        .map_err(failed)?;
        answer.body_mut().read_to_string().map_err(failed)
    }

    /// Asks until there is an answer, which is how long a start takes.
    pub(super) fn first_answer(&self, url: &str) -> Result<(), String> {
        let last = Instant::now() + Duration::from_secs(10);
        loop {
            match self.answer(url) {
                Ok(_) => return Ok(()),
                Err(why) if Instant::now() > last || interrupt::came() => return Err(why),
                Err(_) => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    }
}

impl Load {
    pub(super) fn new(context: &Context) -> Result<Self, String> {
        Ok(Self {
            program: context.build("zendesk-oauth-performance", "load", "bench")?,
            rounds: context.times(10, 1),
        })
    }

    /// Asks a server so many times.
    pub(super) fn once(
        &self,
        running: &Running,
        asked: &Asked,
        requests: usize,
    ) -> Result<Took, String> {
        let mut command = Command::new(&self.program);
        command
            .arg(format!("{}{}", running.url, asked.path))
            .args([CONNECTIONS, &requests.to_string()])
            .args(asked.body.iter().flatten())
            .env("ZENDESK_TOKEN", TOKEN);
        let said = demand(&mut command, DEADLINE)
            .map_err(|said| format!("{}: {}: {said}", running.name, asked.title))?;
        let took: Took = serde_json::from_str(&said)
            .map_err(|_| format!("{}: the load said {said}", running.name))?;
        if took.requests != requests as u64 {
            return Err(format!(
                "{} of {requests} requests were answered",
                took.requests
            ));
        }
        Ok(took)
    }

    /// Asks two servers by turns: the time of a request, and the hundredth slowest.
    pub(super) fn by_turns(
        &self,
        results: &mut Results,
        [ours, other]: [&Running; 2],
        [of_ours, of_other]: [&Asked; 2],
        requests: usize,
        goal: Option<f64>,
    ) -> Result<(), String> {
        let mut slowest = [Vec::new(), Vec::new()];
        let [slowest_of_ours, slowest_of_other] = &mut slowest;
        let rounds = by_turns(
            self.rounds,
            &mut || {
                let took = self.once(ours, of_ours, requests)?;
                slowest_of_ours.push(took.p99);
                Ok(took.seconds / as_f64(took.requests))
            },
            &mut || {
                let took = self.once(other, of_other, requests)?;
                slowest_of_other.push(took.p99);
                Ok(took.seconds / as_f64(took.requests))
            },
        )?;
        let [of_ours_p99, of_other_p99] = slowest.map(of_rounds);
        let slowest = of_ours_p99
            .into_iter()
            .zip(of_other_p99)
            .map(<[f64; 2]>::from);
        let comparison = |unit: &str, rounds, goal| Comparison {
            work: of_ours.title.clone(),
            ours: ours.name.clone(),
            other: other.name.clone(),
            unit: unit.to_owned(),
            rounds,
            goal,
            limit: None,
        };
        results.comparisons.push(comparison("s", rounds, goal));
        results.comparisons.push(comparison(
            "s of the slowest hundredth",
            slowest.collect(),
            None,
        ));
        Ok(())
    }
}

/// The mean of both of each round, without the first, which does not count.
fn of_rounds(taken: Vec<f64>) -> Vec<f64> {
    let pairs = taken.chunks_exact(2).skip(1);
    pairs.map(|pair| pair.iter().sum::<f64>() / 2.0).collect()
}
