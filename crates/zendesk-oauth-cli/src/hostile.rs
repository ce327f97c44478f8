//! The readers of files that a person may have changed, for the tests that feed them anything. No part of the API.

use std::path::Path;

use crate::failure::Failure;

/// What is read of a plan: the numbers of its tokens, and its condition.
///
/// # Errors
/// What the command says when it is no plan.
pub fn plan(bytes: &[u8], path: &Path) -> Result<(Vec<i64>, String), String> {
    let plan = crate::revoke::Plan::of(bytes, path).map_err(said)?;
    let ids = plan.entries.iter().map(|entry| entry.id).collect();
    Ok((ids, plan.condition.condition().to_string()))
}

/// How many bytes of a journal are whole lines, and which of the tokens are done by it.
///
/// # Errors
/// What the command says when the plan is none, or the journal is not the plan's.
pub fn journal(plan: &[u8], bytes: &[u8], path: &Path) -> Result<(u64, Vec<i64>), String> {
    let plan = crate::revoke::Plan::of(plan, path).map_err(said)?;
    let (recorded, whole) =
        crate::revoke::Recorded::of(&mut &bytes[..], path, &plan.header).map_err(said)?;
    let ids = plan.entries.iter().map(|entry| entry.id);
    Ok((whole, ids.filter(|id| recorded.is_done(*id)).collect()))
}

/// A condition as it is written back.
///
/// # Errors
/// What the command says when it is not understood.
pub fn condition(text: &str) -> Result<String, String> {
    let condition: Result<crate::revoke::Condition, _> = text.parse();
    condition
        .map(|it| it.to_string())
        .map_err(|it| it.to_string())
}

/// The names of the profiles in a settings file.
///
/// # Errors
/// What a command says when it is no settings file.
pub fn settings(text: &str, path: &Path) -> Result<Vec<String>, String> {
    let file = crate::config::file_of(path, text).map_err(said)?;
    Ok(file.profiles.into_keys().collect())
}

/// A baseline as it is written back.
///
/// # Errors
/// What the command says when it is no baseline.
pub fn baseline(text: &str, path: &Path) -> Result<String, String> {
    crate::audit::baseline_of(text, path).map_err(said)
}

fn said(failure: Failure) -> String {
    failure.to_string()
}
