//! The fault rules of a sandbox.

use std::fmt;
use std::sync::Arc;

use crate::faults::{ActiveRule, FaultError, FaultRule};
use crate::shared::Shared;

/// What goes wrong with a sandbox's answers. Clones are about the same sandbox.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use zendesk_oauth_sandbox::{Fault, FaultRule, Sandbox};
///
/// let sandbox = Sandbox::builder().start().await?;
/// let faults = sandbox.faults();
/// let third = FaultRule::on("list_oauth_clients", Fault::status(503)).nth(3);
/// let id = faults.add(third)?;
/// assert_eq!(faults.list()[0].struck, 0);
/// assert!(faults.remove(id));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Faults(Arc<Shared>);

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.world().faults.list().len();
        f.debug_struct("Faults")
            .field("rules", &count)
            .finish_non_exhaustive()
    }
}

impl Faults {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self(Arc::clone(shared))
    }

    /// Adds a rule, and returns its id. Of rules that are about the same call, the first one decides.
    ///
    /// # Errors
    ///
    /// If the rule names an operation that there is not, or makes no sense otherwise, or there are 1,000 already.
    pub fn add(&self, rule: impl Into<FaultRule>) -> Result<u64, FaultError> {
        // Before the lock is taken: the conversion is the caller's own.
        let rule = rule.into();
        self.0.world().faults.add(rule)
    }

    /// Removes a rule; says whether there was one with that id.
    pub fn remove(&self, id: u64) -> bool {
        self.0.world().faults.remove(id)
    }

    /// The rules in force, in the order in which they were added, with how often they struck.
    #[must_use]
    pub fn list(&self) -> Vec<ActiveRule> {
        self.0.world().faults.list().to_vec()
    }

    /// Removes every rule.
    pub fn clear(&self) {
        self.0.world().faults.clear();
    }
}
