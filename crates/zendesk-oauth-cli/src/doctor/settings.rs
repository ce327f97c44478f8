//! The settings file: whether it is there, and its owner's alone.

use std::path::Path;

use super::finding::{Check, Finding};
use super::private::others_may_read;
use crate::failure::Kind;

const CHECK: Check = Check::new("settings", "file");

/// Looks at it.
pub(super) fn finding(file: Option<&Path>) -> Finding {
    let Some(file) = file else {
        return CHECK
            .problem(
                Kind::Failed,
                "there is no home folder to look for settings in",
            )
            .advise("set HOME");
    };
    let shown = file.display().to_string();
    let finding = match (file.exists(), others_may_read(file)) {
        (false, _) => CHECK.skipped(format!("there is no {shown}")),
        (true, Some(true)) => CHECK
            .problem(
                Kind::Failed,
                format!("{shown} can be read by others, and holds secrets"),
            )
            .advise(format!("run `chmod 600 {shown}`")),
        (true, Some(false)) => CHECK.ok(format!("{shown} is its owner's alone")),
        (true, None) => CHECK.skipped(format!("this system does not say who may read {shown}")),
    };
    finding.fact("file", shown)
}
