//! `zendesk-oauth audit`: what an account's OAuth has that is idle, endless, too wide or forgotten.
//!
//! [`fetch`] reads, [`rules`] decide over what was read and over nothing else, [`report`] writes.

mod area;
mod arguments;
mod baseline;
mod fetch;
mod finding;
mod inventory;
mod report;
mod rules;
mod run;
mod severity;
mod tokens;
mod users;

pub(crate) use arguments::Arguments;
pub(crate) use run::run;

/// The baseline in the file at `path`, written anew.
pub(crate) fn baseline_of(
    text: &str,
    path: &std::path::Path,
) -> Result<String, crate::failure::Failure> {
    Ok(baseline::Baseline::from_json(text, path)?.to_json())
}
