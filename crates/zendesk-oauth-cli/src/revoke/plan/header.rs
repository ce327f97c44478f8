//! The first line of a plan.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::output::Shape;
use crate::revoke::condition::Resolved;

/// What a file has to say to be such a plan.
pub(crate) const KIND: &str = "revoke";
/// The version of the form of plans.
pub(crate) const FORMAT: u32 = 1;

pub(super) const SHAPE: Shape = Shape(&["account", "made_at", "where", "looked_at", "picked"]);

/// What the plan is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    /// Always [`KIND`].
    pub(crate) zendesk_oauth_plan: String,
    pub(crate) format: u32,
    /// The account's address.
    pub(crate) account: String,
    /// The account's time at the first page.
    pub(crate) made_at: String,
    /// The condition as it was written.
    #[serde(rename = "where")]
    pub(crate) written: String,
    /// The condition with numbers for names; it is what counts.
    pub(crate) condition: String,
    pub(crate) looked_at: u64,
    pub(crate) picked: u64,
}

impl Header {
    pub(super) fn new(
        account: &str,
        now: SystemTime,
        written: &str,
        condition: &Resolved,
        looked_at: u64,
        picked: u64,
    ) -> Self {
        let made_at = jiff::Timestamp::try_from(now).unwrap_or_default();
        Self {
            zendesk_oauth_plan: KIND.to_owned(),
            format: FORMAT,
            account: account.to_owned(),
            made_at: format!("{made_at:.0}"),
            written: written.to_owned(),
            condition: condition.condition().to_string(),
            looked_at,
            picked,
        }
    }
}
