//! What the modules of openapi-generator share: the call that generates a client.

use std::{path::PathBuf, process::Command};

use super::program::run;
use crate::verify::job::{Job, StepResult};

/// What openapi-generator itself needs; the jar comes with the Python package.
pub const JAVA: (&str, &str) = ("java", "apt-get install openjdk-17-jre-headless");

/// Folder in `job.work` that holds the generated client.
pub const CLIENT: &str = "client";

/// Nothing here reads the generated documentation, and the generated tests are empty stubs.
const WITHOUT: &str = "apiDocs=false,modelDocs=false,apiTests=false,modelTests=false";

/// Generates the client of `job.file` in `language` into the folder [`CLIENT`] of `job.work`. `properties` are the
/// generator's own options, such as the name of the package.
///
/// # Errors
/// What the generator said.
pub fn generate(job: &Job, language: &str, properties: &[(&str, &str)]) -> StepResult {
    run(&mut call(job, language, properties))
}

/// The folder of the generated client.
pub fn client(job: &Job) -> PathBuf {
    job.work.join(CLIENT)
}

/// The call of [`generate`], for a language that takes more than properties.
pub fn call(job: &Job, language: &str, properties: &[(&str, &str)]) -> Command {
    let mut command = job.tools.python("openapi-generator-cli");
    command.args(["generate", "--generator-name", language]);
    command.arg("--input-spec").arg(&job.file);
    command.arg("--output").arg(client(job));
    command.arg(format!("--global-property={WITHOUT}"));
    // By the OpenAPI specification an object may have more members than are described, and Zendesk adds some without
    // notice. The default of openapi-generator is the opposite.
    command.arg("--additional-properties=disallowAdditionalPropertiesIfNotPresent=false");
    for (name, value) in properties {
        command.arg(format!("--additional-properties={name}={value}"));
    }
    command
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::verify::job::{Area, Tools};

    pub(in super::super) fn job() -> Job {
        Job {
            document: "chat-oauth-tokens".into(),
            file: PathBuf::from("chat.yaml"),
            areas: vec![Area::Chat],
            work: PathBuf::from("work"),
            tools: Tools {
                folder: PathBuf::from("tools"),
            },
            top: PathBuf::from("top"),
        }
    }

    #[test]
    fn options_of_the_language_follow_those_of_all() {
        let command = call(&job(), "python", &[("packageName", "zendesk_oauth")]);
        let args: Vec<_> = command
            .get_args()
            .map(|arg| arg.to_string_lossy().into_owned())
            .collect();
        assert_eq!(
            command.get_program(),
            "tools/python/bin/openapi-generator-cli"
        );
        assert_eq!(
            args[..7],
            [
                "generate",
                "--generator-name",
                "python",
                "--input-spec",
                "chat.yaml",
                "--output",
                "work/client"
            ]
        );
        assert_eq!(
            args[8..],
            [
                "--additional-properties=disallowAdditionalPropertiesIfNotPresent=false",
                "--additional-properties=packageName=zendesk_oauth",
            ]
        );
    }
}
