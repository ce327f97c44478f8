//! All tokens of a plan, a few at a time.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::attempt::Attempts;
use super::outcome::Outcome;
use super::recorded::Recorded;
use crate::failure::{Failure, Kind};
use crate::output::{Progress, complain};
use crate::revoke::plan::Planned;

/// If so many are refused and none was revoked, the rest would be refused as well.
const MOST_REFUSED: usize = 10;

/// What is to be done, and what is done.
pub(super) struct Work {
    entries: Vec<Planned>,
    /// In the order of the entries.
    outcomes: Vec<Option<Outcome>>,
    recorded: Recorded,
}

/// Says how far it came if it is dropped before its end, as by Ctrl-C.
struct Told<'a> {
    plan: &'a str,
    done: u64,
    of: usize,
    is_over: bool,
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            let Self { plan, done, of, .. } = self;
            complain(format_args!(
                "interrupted: {done} of {of} tokens are done, and `zendesk-oauth revoke apply {plan}` goes on from there"
            ));
        }
    }
}

/// A token, and what became of it.
pub(super) type Done = (Planned, Outcome);

impl Work {
    /// The entries of a plan, less what earlier runs brought to an end.
    pub(super) fn new(entries: Vec<Planned>, recorded: Recorded) -> Self {
        let outcomes = entries
            .iter()
            .map(|entry| recorded.done(entry.id).cloned())
            .collect();
        Self {
            entries,
            outcomes,
            recorded,
        }
    }

    /// Does it. After a failure those that are under way still come to their end, and no other is begun.
    pub(super) async fn run(
        mut self,
        attempts: Attempts,
        jobs: usize,
        plan: &str,
    ) -> Result<Vec<Done>, Failure> {
        let attempts = Arc::new(attempts);
        let todo: Vec<usize> = (0..self.entries.len())
            .filter(|place| self.outcomes[*place].is_none())
            .collect();
        let mut todo = todo.into_iter();
        let progress = Progress::new(u64::try_from(self.entries.len()).ok(), "tokens");
        let done = self.done();
        progress.advance(done);
        let mut told = Told {
            plan,
            done,
            of: self.entries.len(),
            is_over: false,
        };
        let mut under_way = JoinSet::new();
        let mut stopped = None;
        loop {
            while stopped.is_none() && under_way.len() < jobs {
                let Some(place) = todo.next() else { break };
                let entry = self.entries[place];
                let was_begun = self.recorded.is_begun(entry.id);
                let attempts = Arc::clone(&attempts);
                under_way.spawn(async move { (place, attempts.make(&entry, was_begun).await) });
            }
            let Some(joined) = under_way.join_next().await else {
                break;
            };
            match joined {
                Ok((place, Ok(outcome))) => {
                    self.outcomes[place] = Some(outcome);
                    told.done = self.done();
                    progress.advance(1);
                    if stopped.is_none() && self.is_refused() {
                        stopped = Some(Failure::new(
                            Kind::Auth,
                            format!(
                                "Zendesk refused the first {MOST_REFUSED} tokens, so that the rest are not tried"
                            ),
                        ));
                    }
                }
                Ok((_, Err(failure))) => {
                    stopped.get_or_insert(failure);
                }
                Err(error) => {
                    let failure = Failure::failed("a token was not brought to its end");
                    stopped.get_or_insert(failure.because(error));
                }
            }
        }
        progress.finish();
        told.is_over = true;
        attempts.sync()?;
        match stopped {
            Some(failure) => Err(failure.during(format_args!(
                "{} of {} tokens are done, and `zendesk-oauth revoke apply {plan}` goes on from there",
                self.done(),
                self.entries.len()
            ))),
            None => Ok(self
                .entries
                .into_iter()
                .zip(self.outcomes)
                .filter_map(|(entry, outcome)| Some((entry, outcome?)))
                .collect()),
        }
    }

    /// How many need nothing more.
    fn done(&self) -> u64 {
        let done = |it: &&Option<Outcome>| {
            it.as_ref()
                .is_some_and(|it| !matches!(it, Outcome::Failed(_)))
        };
        u64::try_from(self.outcomes.iter().filter(done).count()).unwrap_or(u64::MAX)
    }

    /// Whether Zendesk refused all that it was asked for.
    fn is_refused(&self) -> bool {
        let mut refused = 0;
        for outcome in self.outcomes.iter().flatten() {
            match outcome {
                Outcome::Failed(_) => refused += 1,
                Outcome::Revoked => return false,
                Outcome::Gone | Outcome::Skipped(_) => {}
            }
        }
        refused >= MOST_REFUSED
    }
}
