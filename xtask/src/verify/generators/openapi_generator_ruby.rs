//! openapi-generator's Ruby client, and the scenario over it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    openapi_generator::{self, JAVA},
    program::run,
};
use crate::verify::job::{Generator, Job, StepResult};

const GEM: &str = "zendesk_oauth";
const MODULE: &str = "ZendeskOAuth";

/// The generator `ruby`.
#[derive(Debug)]
pub struct OpenapiGeneratorRuby;

impl Generator for OpenapiGeneratorRuby {
    fn name(&self) -> &'static str {
        "openapi-generator-ruby"
    }

    fn needs(&self) -> &'static [(&'static str, &'static str)] {
        &[JAVA, ("ruby", "apt-get install ruby ruby-typhoeus")]
    }

    fn generate(&self, job: &Job) -> StepResult {
        openapi_generator::generate(job, "ruby", &[("gemName", GEM), ("moduleName", MODULE)])
    }

    fn compile(&self, job: &Job) -> StepResult {
        for folder in [library(job), program_folder(job)] {
            let files = ruby_files(&folder)
                .map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
            if files.is_empty() {
                return Err(format!("{} has no Ruby file", folder.display()));
            }
            for file in files {
                run(Command::new("ruby").arg("-wc").arg(file))?;
            }
        }
        // Loads each file of the client, and the gem that it needs.
        run(ruby(job).args(["-r", GEM, "-e", ""])).map_err(|said| {
            format!("{said}\nIf typhoeus cannot be loaded: apt-get install ruby-typhoeus")
        })
    }

    fn program(&self, job: &Job) -> Command {
        let mut command = ruby(job);
        command.arg(program_folder(job).join("scenario.rb"));
        command
    }
}

/// Ruby, to which the generated gem is known.
fn ruby(job: &Job) -> Command {
    let mut command = Command::new("ruby");
    command.arg("-I").arg(library(job));
    command
}

fn library(job: &Job) -> PathBuf {
    openapi_generator::client(job).join("lib")
}

fn program_folder(job: &Job) -> PathBuf {
    job.top.join("tests/generators/openapi-generator-ruby")
}

/// The Ruby files of a folder and of those in it, in the order of their names.
fn ruby_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            files.extend(ruby_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rb") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::generators::openapi_generator::tests::job;

    #[test]
    fn program_runs_over_the_generated_gem() {
        let command = OpenapiGeneratorRuby.program(&job());
        assert_eq!(command.get_program(), "ruby");
        let args: Vec<_> = command.get_args().collect();
        let program = "top/tests/generators/openapi-generator-ruby/scenario.rb";
        assert_eq!(args, ["-I", "work/client/lib", program]);
    }

    #[test]
    fn every_file_is_checked_however_deep() {
        let folder = tempfile::TempDir::new().unwrap();
        fs::create_dir_all(folder.path().join("a/b")).unwrap();
        for name in ["z.rb", "a/b/c.rb", "a/readme.md"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let found = ruby_files(folder.path()).unwrap();
        assert_eq!(
            found,
            ["a/b/c.rb", "z.rb"].map(|name| folder.path().join(name))
        );
    }

    #[test]
    fn client_without_a_file_does_not_compile() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut job = job();
        job.work = folder.path().to_owned();
        assert!(
            OpenapiGeneratorRuby
                .compile(&job)
                .unwrap_err()
                .contains("cannot be read")
        );
        fs::create_dir_all(folder.path().join("client/lib")).unwrap();
        assert!(
            OpenapiGeneratorRuby
                .compile(&job)
                .unwrap_err()
                .contains("has no Ruby file")
        );
    }
}
