//! Which calls a fault befalls.

use serde::{Deserialize, Serialize};

use super::fault::{Fault, FaultError};
use crate::routes;

/// A fault, and the calls that it befalls. What a rule does not say, it does not ask for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct FaultRule {
    /// The operation, by its name in the documents and in the journal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// Only that call of those which the rule is about, counted from 1 since the rule was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<u64>,
    /// At most so often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// With that probability, from 0 to 1, by the seed of the sandbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// What goes wrong.
    pub fault: Fault,
}

impl From<Fault> for FaultRule {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            ..Self::default()
        }
    }
}

impl FaultRule {
    /// A fault for calls of that operation.
    #[must_use]
    pub fn on(operation: &str, fault: Fault) -> Self {
        Self {
            operation: Some(operation.to_owned()),
            ..Self::from(fault)
        }
    }

    /// The same for that call only, counted from 1.
    #[must_use]
    pub fn nth(mut self, nth: u64) -> Self {
        self.nth = Some(nth);
        self
    }

    /// The same at most so often.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// The same with that probability.
    #[must_use]
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = Some(probability);
        self
    }

    pub(crate) fn check(&self) -> Result<(), FaultError> {
        if let Some(operation) = &self.operation
            && !routes::operations().any(|known| known == operation)
        {
            let known: Vec<&str> = routes::operations().collect();
            let known = known.join(", ");
            let message = format!("there is no such operation; there are {known}");
            return Err(FaultError::new(message));
        }
        if self
            .probability
            .is_some_and(|it| !(0.0..=1.0).contains(&it))
        {
            return Err(FaultError::new("a probability is a number from 0 to 1"));
        }
        if self.nth == Some(0) {
            return Err(FaultError::new("calls are counted from 1: nth cannot be 0"));
        }
        self.fault.check()
    }
}
