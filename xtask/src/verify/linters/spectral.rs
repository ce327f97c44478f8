//! Spectral, with all its rules for OpenAPI and some of our own.

use std::{path::Path, process::Command};

use super::{Linter, Mistake, configuration, mistakes};
use crate::verify::{
    job::Job,
    tool::{NODE, Need},
};

pub(super) struct Spectral;

impl Linter for Spectral {
    fn name(&self) -> &'static str {
        "spectral"
    }

    fn packages(&self) -> &'static [&'static str] {
        &["@stoplight/spectral-cli"]
    }

    fn needs(&self) -> &'static [Need] {
        &[NODE]
    }

    fn command(&self, job: &Job, file: &Path) -> Command {
        let mut command = job.tools.node("spectral");
        command
            .args([
                "lint",
                "--quiet",
                "--fail-severity",
                "warn",
                "--fail-on-unmatched-globs",
                "--ruleset",
            ])
            .arg(configuration(job, "spectral.yaml"))
            .arg(file);
        command
    }

    fn mistakes(&self) -> &'static [Mistake] {
        &[
            Mistake {
                rule: "operation-operationId",
                make: mistakes::no_operation_id,
            },
            Mistake {
                rule: "oas3-unused-component",
                make: mistakes::unused_schema,
            },
            Mistake {
                rule: "oas3-valid-schema-example",
                make: mistakes::example_of_another_type,
            },
            Mistake {
                rule: "own-version",
                make: mistakes::other_version,
            },
            Mistake {
                rule: "own-known-format",
                make: mistakes::unknown_format,
            },
        ]
    }
}
