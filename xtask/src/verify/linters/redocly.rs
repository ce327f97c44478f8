//! Redocly's linter, with its strict set of rules.

use std::{path::Path, process::Command};

use super::{Linter, Mistake, configuration, mistakes};
use crate::verify::{
    job::Job,
    process::without_colour,
    tool::{NODE, Need},
};

pub(super) struct Redocly;

impl Linter for Redocly {
    fn name(&self) -> &'static str {
        "redocly"
    }

    fn packages(&self) -> &'static [&'static str] {
        &["@redocly/cli"]
    }

    fn needs(&self) -> &'static [Need] {
        &[NODE]
    }

    fn command(&self, job: &Job, file: &Path) -> Command {
        let mut command = job.tools.node("redocly");
        command
            .env("REDOCLY_TELEMETRY", "off")
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")
            .args(["lint", "--format", "stylish", "--config"])
            .arg(configuration(job, "redocly.yaml"))
            .arg(file);
        command
    }

    fn check_configuration(&self, job: &Job) -> Option<Command> {
        let mut command = job.tools.node("redocly");
        command
            .env("REDOCLY_TELEMETRY", "off")
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")
            .args(["check-config", "--lint-config", "error", "--config"])
            .arg(configuration(job, "redocly.yaml"));
        Some(command)
    }

    fn has_no_warning(&self, said: &str) -> bool {
        let counts = |line: &str| line.starts_with("You have ") && line.contains(" warning");
        let said = without_colour(said);
        said.contains("Your API description is valid") && !said.lines().any(counts)
    }

    fn mistakes(&self) -> &'static [Mistake] {
        &[
            Mistake {
                rule: "operation-summary",
                make: mistakes::no_summary,
            },
            Mistake {
                rule: "info-license",
                make: mistakes::no_licence,
            },
            Mistake {
                rule: "no-unused-components",
                make: mistakes::unused_schema,
            },
            Mistake {
                rule: "no-unresolved-refs",
                make: mistakes::broken_reference,
            },
            Mistake {
                rule: "no-required-schema-properties-undefined",
                make: mistakes::undefined_required,
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_is_seen_although_redocly_ends_well() {
        let valid = "Woohoo! Your API description is \u{1b}[32mvalid\u{1b}[39m. \n";
        let clean = format!("a warning of Node\n{valid}");
        assert!(Redocly.has_no_warning(&clean.replace("\u{1b}[32m", "")));
        assert!(Redocly.has_no_warning(&clean));
        assert!(!Redocly.has_no_warning(&format!(
            "{valid}\u{1b}[33mYou have 13 warnings.\u{1b}[39m\n"
        )));
        assert!(!Redocly.has_no_warning("nothing was linted"));
    }
}
