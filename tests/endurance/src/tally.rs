//! What was called and what came of it, and what is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use zendesk_oauth::Error;
use zendesk_oauth::token::TokenError;

use crate::faults::{Faults, TOKEN};
use crate::kind::Kind;

/// As many are named; the rest are counted.
const NAMED: usize = 20;

/// The outcomes of an area.
type Outcomes = BTreeMap<&'static str, u64>;

#[derive(Default)]
pub(crate) struct Tally {
    calls: Mutex<BTreeMap<&'static str, Outcomes>>,
    findings: Mutex<BTreeSet<String>>,
    found: AtomicBool,
    faults: Mutex<Faults>,
    pub(crate) refreshes: AtomicU64,
    pub(crate) lost: AtomicU64,
    pub(crate) logged_out: AtomicU64,
    pub(crate) logged_in: AtomicU64,
}

fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Tally {
    /// From now on these go wrong.
    pub(crate) fn expect(&self, faults: Faults) {
        *open(&self.faults) = faults;
    }

    pub(crate) fn count(&self, area: &'static str, outcome: &'static str) {
        let mut calls = open(&self.calls);
        *calls.entry(area).or_default().entry(outcome).or_default() += 1;
    }

    /// Counts an answer.
    fn answered<T, E>(&self, area: &'static str, ended: Result<T, E>) -> Result<T, E> {
        ended.inspect(|_| self.count(area, "answered"))
    }

    /// Notes what came of a call. `also` are kinds that need no fault, as what was done to it explains them.
    pub(crate) fn ended<T>(
        &self,
        area: &'static str,
        also: &[Kind],
        ended: Result<T, Error>,
    ) -> Option<T> {
        let error = match self.answered(area, ended) {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        let kind = Kind::of(&error);
        self.count(area, kind.name());
        let of_token = error.token().is_some();
        let operation = error.operation().map_or("none", |it| it.id);
        let struck = if of_token { TOKEN } else { operation };
        if !self.is_explained(struck, kind, also) {
            self.find(format!(
                "{area}: {operation} failed as {}, which nothing explains: {error}",
                kind.name()
            ));
        }
        None
    }

    /// The same of a source.
    pub(crate) fn got<T>(
        &self,
        area: &'static str,
        also: &[Kind],
        ended: Result<T, TokenError>,
    ) -> Option<T> {
        let error = match self.answered(area, ended) {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        let kind = Kind::of_token(&error);
        self.count(area, kind.name());
        if !self.is_explained(TOKEN, kind, also) {
            self.find(format!(
                "{area}: a token was not had as {}, which nothing explains: {error}",
                kind.name()
            ));
        }
        None
    }

    fn is_explained(&self, operation: &str, kind: Kind, also: &[Kind]) -> bool {
        also.contains(&kind) || open(&self.faults).explain(operation, kind)
    }

    /// Something is wrong.
    pub(crate) fn find(&self, finding: String) {
        self.found.store(true, Ordering::Relaxed);
        let mut findings = open(&self.findings);
        if findings.len() < NAMED && findings.insert(finding.clone()) {
            eprintln!("FOUND {finding}");
        }
    }

    pub(crate) fn has_found(&self) -> bool {
        self.found.load(Ordering::Relaxed)
    }

    pub(crate) fn findings(&self) -> Vec<String> {
        open(&self.findings).iter().cloned().collect()
    }

    pub(crate) fn calls(&self) -> BTreeMap<&'static str, Outcomes> {
        open(&self.calls).clone()
    }

    pub(crate) fn total(&self) -> u64 {
        let calls = open(&self.calls);
        calls.values().flat_map(BTreeMap::values).sum()
    }
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;
    use zendesk_oauth::Zendesk;

    use super::*;

    #[tokio::test]
    async fn a_failure_that_no_fault_explains_is_found() {
        let tally = Tally::default();
        tally.expect(Faults::draw(&mut Rng::with_seed(1)));
        let zendesk = Zendesk::at("http://127.0.0.1:1").build().unwrap();
        // Without credentials.
        let failed = || async { zendesk.oauth_clients().show(1).await };
        assert!(
            tally
                .ended("Support", &[Kind::Auth], failed().await)
                .is_none()
        );
        assert!(!tally.has_found());
        tally.ended("Support", &[], failed().await);
        assert!(tally.has_found());
        assert_eq!(tally.findings().len(), 1);
        assert_eq!(tally.calls()["Support"]["auth"], 2);
    }
}
