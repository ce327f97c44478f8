//! What became of every token of a plan.

use std::process::ExitCode;

use serde::Serialize;

use super::outcome::Outcome;
use super::work::Done;
use crate::failure::Failure;
use crate::output::{OutputFlags, Shape, talk};

const SHAPE: Shape = Shape(&["id", "client_id", "user_id", "outcome", "why"]);

#[derive(Serialize)]
struct Row<'a> {
    id: i64,
    client_id: Option<i64>,
    user_id: Option<i64>,
    outcome: &'static str,
    why: Option<&'a str>,
}

/// Prints it in the order of the plan, and the sums to standard error.
pub(super) fn write(done: &[Done], output: &OutputFlags) -> Result<ExitCode, Failure> {
    let mut rows = output.rows(SHAPE);
    for (entry, outcome) in done {
        rows.push(&Row {
            id: entry.id,
            client_id: entry.client_id,
            user_id: entry.user_id,
            outcome: outcome.name(),
            why: outcome.why(),
        })?;
    }
    rows.finish()?;
    let count = |name: &str| done.iter().filter(|(_, it)| it.name() == name).count();
    let failed = count("failed");
    talk(format_args!(
        "{} revoked, {} gone already, {} skipped, {failed} failed",
        count("revoked"),
        count("gone"),
        count("skipped"),
    ));
    let any_failed = done
        .iter()
        .any(|(_, outcome)| matches!(outcome, Outcome::Failed(_)));
    Ok(if any_failed {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}
