//! What was found, for people, for scripts and for code scanning.

mod human;
mod json;
mod rules;
mod sarif;

use super::finding::Finding;
use super::inventory::Inventory;
use crate::failure::Failure;
use crate::output::Format;

pub(super) use rules::text as rules;
pub(super) use sarif::text as sarif;

/// What there is to say.
pub(super) struct Report<'a> {
    pub(super) inventory: &'a Inventory,
    pub(super) findings: &'a [Finding],
    pub(super) has_baseline: bool,
}

/// All of it in that form.
pub(super) fn text(report: &Report<'_>, format: Format) -> Result<String, Failure> {
    match format {
        Format::Table => Ok(human::text(report)),
        Format::Json => json::document(report),
        Format::Ndjson => json::lines(report),
    }
}
