//! What a run says at its end.

use serde::Serialize;

use super::client::ClientRecord;
use super::compare::Compared;
use super::profile::Written;
use crate::who::Who;

/// One run.
#[derive(Debug, Serialize)]
pub(super) struct Record {
    pub(super) account: String,
    /// The account's date.
    pub(super) as_of: Option<String>,
    pub(super) dry_run: bool,
    pub(super) old: Old,
    pub(super) client: Option<ClientRecord>,
    pub(super) new: Option<New>,
    pub(super) checks: Vec<Compared>,
    pub(super) profile: Option<Written>,
    /// With a dry run: what would be done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) steps: Vec<Step>,
    pub(super) warnings: Vec<String>,
    /// What a person has to do still.
    pub(super) left: Vec<String>,
}

/// The API token.
#[derive(Debug, Serialize)]
pub(super) struct Old {
    pub(super) kind: &'static str,
    pub(super) email: String,
    pub(super) user: Who,
    pub(super) stops_on: String,
    pub(super) days_left: Option<i32>,
}

/// The OAuth token.
#[derive(Debug, Serialize)]
pub(super) struct New {
    pub(super) user_id: Option<i64>,
    pub(super) user: Option<Who>,
    pub(super) acts_as_same_user: Option<bool>,
    pub(super) scopes: Vec<String>,
    pub(super) expires_in: Option<i64>,
}

/// Something that would be done.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Step {
    pub(super) step: usize,
    pub(super) what: String,
    /// The request, if it is one.
    pub(super) request: Option<String>,
    pub(super) body: Option<serde_json::Value>,
}
