//! openapi-generator's Python client, and the scenario over it.

use std::{path::PathBuf, process::Command};

use super::{
    openapi_generator::{self, JAVA},
    program::run,
};
use crate::verify::job::{Generator, Job, StepResult};

const PACKAGE: &str = "zendesk_oauth";

/// The generator `python`.
#[derive(Debug)]
pub struct OpenapiGeneratorPython;

impl Generator for OpenapiGeneratorPython {
    fn name(&self) -> &'static str {
        "openapi-generator-python"
    }

    fn needs(&self) -> &'static [(&'static str, &'static str)] {
        &[JAVA]
    }

    fn generate(&self, job: &Job) -> StepResult {
        openapi_generator::generate(job, "python", &[("packageName", PACKAGE)])
    }

    fn compile(&self, job: &Job) -> StepResult {
        let package = openapi_generator::client(job).join(PACKAGE);
        // Compiles each file, those too that no type checker is told of.
        run(job
            .tools
            .python("python")
            .args(["-m", "compileall", "-q"])
            .arg(&package))?;
        let mut mypy = job.tools.python("mypy");
        mypy.env("MYPYPATH", openapi_generator::client(job));
        mypy.arg("--config-file").arg(program_file(job, "mypy.ini"));
        mypy.arg("--cache-dir").arg(job.work.join("mypy"));
        mypy.arg(&package).arg(program_file(job, "scenario.py"));
        // The files of the other areas name APIs that this document has not.
        mypy.args(
            job.areas
                .iter()
                .map(|area| program_file(job, &format!("{}.py", area.word()))),
        );
        run(&mut mypy)
    }

    fn program(&self, job: &Job) -> Command {
        let mut command = job.tools.python("python");
        // Without `-B` compiled files would be left beside the program.
        command.arg("-B").arg(program_file(job, "scenario.py"));
        command.env("PYTHONPATH", openapi_generator::client(job));
        command
    }
}

fn program_file(job: &Job, name: &str) -> PathBuf {
    job.top
        .join("tests/generators/openapi-generator-python")
        .join(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::generators::openapi_generator::tests::job;

    #[test]
    fn program_runs_over_the_generated_package() {
        let command = OpenapiGeneratorPython.program(&job());
        assert_eq!(command.get_program(), "tools/python/bin/python");
        let path = command.get_envs().find(|(name, _)| *name == "PYTHONPATH");
        assert_eq!(
            path.and_then(|(_, value)| value),
            Some("work/client".as_ref())
        );
        let args: Vec<_> = command.get_args().collect();
        assert_eq!(
            args,
            [
                "-B",
                "top/tests/generators/openapi-generator-python/scenario.py"
            ]
        );
    }
}
