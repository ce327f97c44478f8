//! The rules in force.

use serde::Serialize;

use super::fault::{Fault, FaultError};
use super::rule::FaultRule;
use crate::chance::Chance;

/// The rules in force, in the order in which they were made: the first that matches decides.
#[derive(Default)]
pub(crate) struct Rules {
    rules: Vec<ActiveRule>,
    made: u64,
}

/// A rule in force, and what has become of it so far.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ActiveRule {
    /// The number by which it is removed.
    pub id: u64,
    /// The rule.
    pub rule: FaultRule,
    /// How many calls it was about, whether or not it struck them.
    pub matched: u64,
    /// How often it struck.
    pub struck: u64,
}

/// How many rules there can be: each call is held against all of them.
pub(crate) const MOST: usize = 1_000;

impl Rules {
    pub(crate) fn add(&mut self, rule: FaultRule) -> Result<u64, FaultError> {
        rule.check()?;
        if self.is_full() {
            return Err(FaultError::full());
        }
        self.made += 1;
        self.rules.push(ActiveRule {
            id: self.made,
            rule,
            matched: 0,
            struck: 0,
        });
        Ok(self.made)
    }

    pub(crate) fn is_full(&self) -> bool {
        self.rules.len() >= MOST
    }

    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.rules.len();
        self.rules.retain(|it| it.id != id);
        self.rules.len() < before
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// Each rule, in the order in which they were made.
    pub(crate) fn list(&self) -> &[ActiveRule] {
        &self.rules
    }

    /// The fault that befalls the next call of an operation, if any. Every rule about it counts the call.
    pub(crate) fn strike(&mut self, operation: Option<&str>, chance: &mut Chance) -> Option<Fault> {
        let mut struck = None;
        for it in &mut self.rules {
            let named = it.rule.operation.as_deref();
            if named.is_some_and(|named| Some(named) != operation) {
                continue;
            }
            it.matched += 1;
            let right_call = it.rule.nth.is_none_or(|nth| nth == it.matched);
            let left = it.rule.times.is_none_or(|times| it.struck < times);
            if struck.is_none() && right_call && left && happens(it.rule.probability, chance) {
                it.struck += 1;
                struck = Some(it.rule.fault.clone());
            }
        }
        struck
    }
}

fn happens(probability: Option<f64>, chance: &mut Chance) -> bool {
    let Some(probability) = probability else {
        return true;
    };
    let drawn = chance.bytes("fault", 4);
    let drawn = drawn
        .iter()
        .fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
    f64::from(drawn) / (f64::from(u32::MAX) + 1.0) < probability
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strikes(rule: FaultRule, calls: usize) -> Vec<bool> {
        let (mut faults, mut chance) = (Rules::default(), Chance::new(1));
        faults.add(rule).unwrap();
        let call = |_| {
            faults
                .strike(Some("list_oauth_clients"), &mut chance)
                .is_some()
        };
        (0..calls).map(call).collect()
    }

    #[test]
    fn the_nth_call_and_a_number_of_calls() {
        let rule = || FaultRule::on("list_oauth_clients", Fault::status(503));
        assert_eq!(strikes(rule().nth(2), 3), [false, true, false]);
        assert_eq!(strikes(rule().times(2), 3), [true, true, false]);
        assert_eq!(
            strikes(FaultRule::on("show_oauth_client", Fault::reset()), 2),
            [false, false]
        );
    }

    #[test]
    fn there_is_room_for_a_thousand_rules() {
        let mut faults = Rules::default();
        for _ in 0..1_000 {
            faults.add(Fault::reset().into()).unwrap();
        }
        let error = faults.add(Fault::reset().into()).unwrap_err();
        assert!(error.to_string().contains("1000 rules"), "{error}");
        faults.remove(1);
        faults.add(Fault::reset().into()).unwrap();
    }

    #[test]
    fn probability_is_kept_and_repeats() {
        let rule = || FaultRule::from(Fault::reset()).probability(0.25);
        let struck = strikes(rule(), 4_000);
        let count = struck.iter().filter(|it| **it).count();
        assert!((850..1_150).contains(&count), "{count}");
        assert_eq!(strikes(rule(), 4_000), struck);
    }

    #[test]
    fn rules_that_make_no_sense_are_refused() {
        let refused = |rule: FaultRule| rule.check().unwrap_err().to_string();
        assert!(
            refused(FaultRule::on("nothing", Fault::reset()))
                .contains("there are list_oauth_clients")
        );
        assert!(refused(Fault::status(99).into()).starts_with("99 is no status"));
        assert!(refused(FaultRule::from(Fault::reset()).probability(1.5)).contains("from 0 to 1"));
        assert!(refused(FaultRule::from(Fault::reset()).nth(0)).contains("counted from 1"));
    }
}
