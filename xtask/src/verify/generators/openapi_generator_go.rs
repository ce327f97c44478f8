//! openapi-generator's Go client, and the scenario over it.

use std::process::Command;

use super::{
    openapi_generator::{self, JAVA},
    program::{self, run},
};
use crate::verify::job::{Generator, Job, StepResult};

/// The generator `go`.
#[derive(Debug)]
pub struct OpenapiGeneratorGo;

impl Generator for OpenapiGeneratorGo {
    fn name(&self) -> &'static str {
        "openapi-generator-go"
    }

    fn needs(&self) -> &'static [(&'static str, &'static str)] {
        &[JAVA, ("go", "apt-get install golang-go")]
    }

    fn generate(&self, job: &Job) -> StepResult {
        run(&mut call(job))
    }

    fn compile(&self, job: &Job) -> StepResult {
        program::copy(job, self.name())?;
        run(&mut go(job, &["vet"]))?;
        run(&mut go(job, &["build", "-o", "scenario"]))
    }

    fn program(&self, job: &Job) -> Command {
        Command::new(job.work.join("scenario"))
    }
}

/// What is generated needs Go's standard library alone. By default it would bring golang.org/x/oauth2, for the token
/// sources of the OAuth flows, and gopkg.in/validator.v2, for `oneOf`; no module can be fetched where this runs.
fn call(job: &Job) -> Command {
    let properties = [
        ("packageName", "zendesk"),
        ("useOneOfDiscriminatorLookup", "true"),
    ];
    let mut command = openapi_generator::call(job, "go", &properties);
    command.arg("--openapi-normalizer=SECURITY_SCHEMES_FILTER=type:http|apiKey");
    // Together the module path, as the program's go.mod has it.
    command.args([
        "--git-host=example.com",
        "--git-user-id=zendesk",
        "--git-repo-id=oauth",
    ]);
    command
}

fn go(job: &Job, words: &[&str]) -> Command {
    let mut command = Command::new("go");
    command.args(words).arg("-tags").arg(program::areas(job));
    command.current_dir(&job.work);
    command.env("GOCACHE", job.tools.folder.join("go-cache"));
    command.envs([
        ("GOFLAGS", "-mod=mod"),
        ("GOPROXY", "off"),
        ("GOTOOLCHAIN", "local"),
    ]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::{generators::openapi_generator::tests::job, job::Area};

    #[test]
    fn module_is_the_one_that_the_program_imports() {
        let command = call(&job());
        let args: Vec<_> = command.get_args().filter_map(|arg| arg.to_str()).collect();
        let part = |name: &str| args.iter().find_map(|arg| arg.strip_prefix(name)).unwrap();
        let module = [
            part("--git-host="),
            part("--git-user-id="),
            part("--git-repo-id="),
        ]
        .join("/");
        let manifest = include_str!("../../../../tests/generators/openapi-generator-go/go.mod");
        assert!(
            manifest.contains(&format!("replace {module} => ./client")),
            "{module}"
        );
    }

    #[test]
    fn areas_are_build_tags_and_no_module_is_fetched() {
        let job = Job {
            areas: vec![Area::Support, Area::Chat],
            ..job()
        };
        let command = go(&job, &["vet"]);
        let args: Vec<_> = command.get_args().collect();
        assert_eq!(args, ["vet", "-tags", "support,chat"]);
        let proxy = command.get_envs().find(|(name, _)| *name == "GOPROXY");
        assert_eq!(proxy.and_then(|(_, value)| value), Some("off".as_ref()));
    }
}
