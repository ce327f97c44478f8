//! A package by openapi-python-client.

use std::{env, fs, process::Command};

use super::{program, stems::Stems};
use crate::verify::job::{Generator, Job, StepResult};

/// Folder of the program, which is also the name of the generator.
const NAME: &str = "openapi-python-client";

/// A package by openapi-python-client, over httpx.
#[derive(Debug)]
pub struct OpenapiPythonClient;

impl Generator for OpenapiPythonClient {
    fn name(&self) -> &'static str {
        NAME
    }

    fn needs(&self) -> &'static [(&'static str, &'static str)] {
        &[("python3", "apt-get install python3-venv")]
    }

    /// As a project, not with `--meta none`: only a project's settings keep ruff, which the generator calls, from
    /// rewriting types so that mypy refuses them.
    fn generate(&self, job: &Job) -> StepResult {
        let config = job.top.join("tests/generators").join(NAME);
        let mut command = job.tools.python(NAME);
        command.arg("generate").arg("--path").arg(&job.file);
        command.arg("--config").arg(config.join("config.yaml"));
        command.arg("--output-path").arg(&job.work);
        command.args(["--overwrite", "--fail-on-warning"]);
        program::run(command.env("PATH", path_with_ruff(job)?))
    }

    /// The whole package and the program, with `mypy --strict`.
    fn compile(&self, job: &Job) -> StepResult {
        program::copy_files(job, NAME, &["main.py", "scenario.py"], "py")?;
        let text = format!(
            "# What the document's server adds to the host.\nSERVER = {:?}\n",
            Stems::of(job)?.server
        );
        program::write(&job.work.join("document.py"), &text)?;
        let mut command = job.tools.python("mypy");
        // No settings of another project.
        command.args(["--strict", "--warn-unreachable", "--config-file="]);
        command.arg("--cache-dir").arg(job.work.join(".mypy_cache"));
        program::run(command.arg(&job.work))
    }

    fn program(&self, job: &Job) -> Command {
        let mut command = job.tools.python("python");
        command.arg(job.work.join("main.py"));
        command
    }
}

/// The generator looks for ruff on the search path, from another folder than ours; its absence is a warning.
fn path_with_ruff(job: &Job) -> Result<std::ffi::OsString, String> {
    let programs = job.tools.folder.join("python/bin");
    let programs =
        fs::canonicalize(&programs).map_err(|error| format!("{}: {error}", programs.display()))?;
    let others = env::var_os("PATH").unwrap_or_default();
    env::join_paths([programs].into_iter().chain(env::split_paths(&others)))
        .map_err(|error| error.to_string())
}
