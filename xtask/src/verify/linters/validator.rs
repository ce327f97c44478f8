//! openapi-spec-validator: the official JSON Schema of OpenAPI, by another implementation.

use std::{path::Path, process::Command};

use super::{Linter, Mistake, mistakes};
use crate::{
    spec::Form,
    verify::{
        job::Job,
        tool::{Need, PYTHON},
    },
};

pub(super) struct Validator;

impl Linter for Validator {
    fn name(&self) -> &'static str {
        "openapi-spec-validator"
    }

    fn packages(&self) -> &'static [&'static str] {
        &["openapi-spec-validator"]
    }

    fn needs(&self) -> &'static [Need] {
        &[PYTHON]
    }

    fn forms(&self) -> &'static [Form] {
        &Form::ALL
    }

    fn command(&self, job: &Job, file: &Path) -> Command {
        let mut command = job.tools.python("openapi-spec-validator");
        command.args(["--validation-errors", "all"]).arg(file);
        command
    }

    fn mistakes(&self) -> &'static [Mistake] {
        &[
            Mistake {
                rule: "'strnig' is not one of",
                make: mistakes::unknown_type,
            },
            Mistake {
                rule: "'responses' is a required property",
                make: mistakes::no_responses,
            },
        ]
    }
}
