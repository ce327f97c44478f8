//! openapi-generator's Rust client over reqwest, and the scenario over it.

use std::{
    env::consts::EXE_SUFFIX,
    fs,
    path::PathBuf,
    process::Command,
    sync::{Mutex, PoisonError},
};

use super::{
    openapi_generator::{self, JAVA},
    program::{self, run},
};
use crate::verify::job::{Generator, Job, StepResult};

/// The generator `rust` with its library `reqwest`.
#[derive(Debug)]
pub struct OpenapiGeneratorRust;

/// Programs of several documents have one name in the shared target folder.
static BUILDING: Mutex<()> = Mutex::new(());

impl Generator for OpenapiGeneratorRust {
    fn name(&self) -> &'static str {
        "openapi-generator-rust"
    }

    fn needs(&self) -> &'static [(&'static str, &'static str)] {
        &[JAVA]
    }

    fn generate(&self, job: &Job) -> StepResult {
        let properties = [
            ("packageName", "zendesk"),
            ("library", "reqwest"),
            // Otherwise a success has no status, and 307 is as good as 204.
            ("supportMultipleResponses", "true"),
        ];
        openapi_generator::generate(job, "rust", &properties)
    }

    fn compile(&self, job: &Job) -> StepResult {
        program::copy(job, self.name())?;
        let _alone = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
        run(cargo(job, "build")
            .arg("--features")
            .arg(program::areas(job)))?;
        let built = target(job).join(format!("debug/scenario{EXE_SUFFIX}"));
        fs::copy(&built, scenario(job)).map_err(|error| format!("{}: {error}", built.display()))?;
        // What depends on the document would only pile up, as the next run has another folder. The rest is kept.
        run(cargo(job, "clean").args(["--package", "scenario", "--package", "zendesk"]))
    }

    fn program(&self, job: &Job) -> Command {
        Command::new(scenario(job))
    }
}

fn cargo(job: &Job, word: &str) -> Command {
    let mut command = Command::new("cargo");
    command.args([word, "--quiet", "--target-dir"]);
    command.arg(target(job)).current_dir(&job.work);
    command.envs([("CARGO_INCREMENTAL", "0"), ("CARGO_PROFILE_DEV_DEBUG", "0")]);
    // How strict our own build is does not matter for code that others generate.
    command
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    command
}

/// The compiled dependencies, which are the same for each document and each run.
fn target(job: &Job) -> PathBuf {
    job.tools.folder.join("cargo-target")
}

fn scenario(job: &Job) -> PathBuf {
    job.work.join(format!("scenario{EXE_SUFFIX}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::generators::openapi_generator::tests::job;

    #[test]
    fn dependencies_are_shared_and_the_program_is_not() {
        let args: Vec<_> = cargo(&job(), "build")
            .get_args()
            .map(|arg| arg.to_string_lossy().into_owned())
            .collect();
        assert_eq!(
            args,
            ["build", "--quiet", "--target-dir", "tools/cargo-target"]
        );
        let program = OpenapiGeneratorRust.program(&job());
        assert!(
            program
                .get_program()
                .to_string_lossy()
                .starts_with("work/scenario")
        );
    }

    #[test]
    fn versions_are_pinned_for_what_the_program_names() {
        let lock = include_str!("../../../../tests/generators/openapi-generator-rust/Cargo.lock");
        for name in ["scenario", "zendesk", "reqwest", "tokio"] {
            assert!(lock.contains(&format!("name = \"{name}\"\n")), "{name}");
        }
    }
}
