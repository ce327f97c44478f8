//! yamllint: YAML as all of YAML's readers take it.

use std::{path::Path, process::Command};

use super::{Linter, Mistake, configuration, mistakes};
use crate::verify::{
    job::Job,
    tool::{Need, PYTHON},
};

pub(super) struct Yamllint;

impl Linter for Yamllint {
    fn name(&self) -> &'static str {
        "yamllint"
    }

    fn packages(&self) -> &'static [&'static str] {
        &["yamllint"]
    }

    fn needs(&self) -> &'static [Need] {
        &[PYTHON]
    }

    fn command(&self, job: &Job, file: &Path) -> Command {
        let mut command = job.tools.python("yamllint");
        command
            .args(["--strict", "--format", "parsable", "--config-file"])
            .arg(configuration(job, "yamllint.yaml"))
            .arg(file);
        command
    }

    fn mistakes(&self) -> &'static [Mistake] {
        &[
            Mistake {
                rule: "key-duplicates",
                make: mistakes::duplicate_key,
            },
            Mistake {
                rule: "truthy",
                make: mistakes::bare_yes,
            },
        ]
    }
}
