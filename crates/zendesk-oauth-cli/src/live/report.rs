//! What `tour --live` says at its end.

use std::fmt::Write as _;
use std::process::ExitCode;

use super::outcome::{Ended, Outcome};
use crate::text::{counted, padded, printable};

/// An operation a line, its differences below it, and a line that sums up.
pub(super) fn text(url: &str, outcomes: &[Outcome]) -> String {
    let mut text = format!("{}\n\n", printable(url));
    let names = outcomes.iter().map(|outcome| outcome.operation.id.len());
    let columns = names.max().unwrap_or_default();
    for Outcome { operation, result } in outcomes {
        let _ = write!(text, "{}  ", padded(operation.id, columns));
        let _ = match result {
            Ended::Compared {
                status,
                differences,
            } => {
                let refused = if status.is_success() { "" } else { "refused, " };
                let status = status.as_u16();
                let differences = match differences.len() {
                    0 => "as documented".to_owned(),
                    more => counted(more, "difference"),
                };
                writeln!(text, "{status}  {refused}{differences}")
            }
            Ended::Skipped(why) => writeln!(text, "–    skipped: {why}"),
            Ended::Failed(why) => writeln!(text, "–    no answer: {}", printable(why)),
        };
        for difference in differences(result) {
            let _ = writeln!(text, "    {}: {}", difference.place, difference.what);
        }
    }
    let _ = writeln!(text, "\n{}", summary(outcomes));
    text
}

fn differences(result: &Ended) -> &[super::outcome::Difference] {
    match result {
        Ended::Compared { differences, .. } => differences,
        Ended::Skipped(_) | Ended::Failed(_) => &[],
    }
}

fn summary(outcomes: &[Outcome]) -> String {
    let count = |is: fn(&Ended) -> bool| outcomes.iter().filter(|it| is(&it.result)).count();
    let compared = count(is_success);
    let all = outcomes.len();
    let differences: usize = outcomes
        .iter()
        .map(|it| differences(&it.result).len())
        .sum();
    let mut text = format!("{compared} of {all} read-only operations answered");
    let skipped = count(|it| matches!(it, Ended::Skipped(_)));
    if skipped > 0 {
        let _ = write!(text, ", {skipped} skipped");
    }
    let _ = match differences {
        0 => write!(text, ", no difference"),
        more => write!(text, ", {}", counted(more, "difference")),
    };
    text
}

fn is_success(result: &Ended) -> bool {
    matches!(result, Ended::Compared { status, .. } if status.is_success())
}

/// 1 if something differs; 2 if nothing does, but not all that was called answered.
pub(super) fn exit_code(outcomes: &[Outcome]) -> ExitCode {
    let mut results = outcomes.iter().map(|outcome| &outcome.result);
    if results
        .clone()
        .any(|result| !differences(result).is_empty())
    {
        return ExitCode::FAILURE;
    }
    if results.all(|result| is_success(result) || matches!(result, Ended::Skipped(_))) {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    }
}
