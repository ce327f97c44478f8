//! Each document against the sandbox, by schemathesis.
//!
//! [`install`] brings the pinned version, [`outcome`] reads what it sent and what was answered. What it is told, and the
//! account that it meets, is in `tests/hostile/schemathesis/`.

mod install;
mod outcome;

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use super::{Context, Step};
use crate::{
    document::Document,
    outputs::{self, Failure},
    verify::{
        process::{interrupt, run},
        sandbox::{self, Sandbox},
    },
};
use outcome::Outcome;

/// Where its files are.
const FOLDER: &str = "tests/hostile/schemathesis";
/// Requests for each operation and phase, where it is not told to make all.
const EXAMPLES: &str = "50";
/// A document takes half a minute on an idle machine.
const DEADLINE: Duration = Duration::from_secs(1200);

/// Each document against the sandbox, by schemathesis.
#[derive(Debug)]
pub struct Schemathesis;

impl Step for Schemathesis {
    fn name(&self) -> &'static str {
        "schemathesis"
    }

    fn purpose(&self) -> &'static str {
        "requests made of each document, right and wrong ones, against the sandbox (minutes)"
    }

    fn run(&self, context: &Context<'_>) -> Result<String, Failure> {
        let documents = asked(
            outputs::read_documents(context.top)?,
            &context.arguments.document,
        )?;
        let tried = Tried {
            top: context.top,
            seed: context.arguments.schemathesis_seed,
            schemathesis: install::program(context)?,
            sandbox: sandbox::built(context.top)
                .map_err(|said| Failure::refused(said, "see what cargo says"))?,
        };
        let mut problems = Vec::new();
        let (mut operations, mut cases) = (0, 0);
        for document in &documents {
            let start = Instant::now();
            let said = tried.document(document);
            interrupt::check()?;
            let seconds = start.elapsed().as_secs();
            let name = &document.name;
            match said {
                Ok(outcome) => {
                    println!("{name:<29} {outcome} ({seconds} s)");
                    operations += outcome.operations();
                    cases += outcome.cases();
                }
                Err(said) => {
                    println!("{name:<29} FAILED ({seconds} s)");
                    problems.push(format!("{name}: {said}\n{}", alone(name)));
                }
            }
        }
        match problems.is_empty() {
            true => Ok(format!(
                "{} documents, {operations} operations, {cases} requests",
                documents.len()
            )),
            false => Err(Failure::Verdict(problems.join("\n\n"))),
        }
    }
}

/// The documents that were asked for: all, if none was named.
fn asked(documents: Vec<Document>, names: &[String]) -> Result<Vec<Document>, Failure> {
    let known: Vec<String> = documents.iter().map(|it| it.name.clone()).collect();
    if let Some(name) = names.iter().find(|name| !known.contains(name)) {
        let name = name.clone();
        return Err(Failure::NoSuchDocument { name, known });
    }
    let is_asked = |it: &Document| names.is_empty() || names.contains(&it.name);
    Ok(documents.into_iter().filter(is_asked).collect())
}

fn alone(name: &str) -> String {
    format!("alone: cargo xtask ci-full --only schemathesis --document {name}")
}

/// What a document is tried with.
struct Tried<'a> {
    top: &'a Path,
    /// From which requests are made; the one of the configuration if there is none.
    seed: Option<u64>,
    schemathesis: PathBuf,
    sandbox: PathBuf,
}

impl Tried<'_> {
    /// Tries one document against a sandbox of its own.
    fn document(&self, document: &Document) -> Result<Outcome, String> {
        let folder = self.top.join(FOLDER);
        let work = tempfile::TempDir::new().map_err(|error| error.to_string())?;
        let report = work.path().join("report.ndjson");
        let sandbox = Sandbox::start(&self.sandbox, &folder.join("sandbox.yaml"))?;
        let file = format!("openapi/{}.yaml", document.name);
        let mut command = Command::new(&self.schemathesis);
        command
            .arg("--config-file")
            .arg(folder.join("schemathesis.toml"))
            .arg("run")
            .arg(self.top.join(file))
            .args(["--origin", &sandbox.address])
            .args(["--max-examples", EXAMPLES])
            .args(["--report", "ndjson", "--report-ndjson-path"])
            .arg(&report)
            // The hooks are named by their file, and nothing is left behind beside them.
            .current_dir(&folder)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("COLUMNS", "200");
        if let Some(seed) = self.seed {
            command.args(["--seed", &seed.to_string()]);
        }
        let ended = run(&mut command, DEADLINE)?;
        if !ended.is_success() {
            let words = outcome::findings(&format!("{}\n{}", ended.stdout, ended.stderr));
            return Err(format!("schemathesis {}\n{words}", ended.ending()));
        }
        let outcome = Outcome::read(&report, document)?;
        match outcome.never_accepted() {
            none if none.is_empty() => Ok(outcome),
            some => Err(format!(
                "no request was ever accepted by {}: mend {FOLDER}/hooks.py or the seed",
                some.join(", ")
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents() -> Vec<Document> {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        outputs::read_documents(&top).unwrap()
    }

    #[test]
    fn one_document_can_be_asked_for_alone() {
        let count = documents().len();
        assert_eq!(asked(documents(), &[]).unwrap().len(), count);
        let one = asked(documents(), &["chat-oauth-tokens".to_owned()]).unwrap();
        assert_eq!(one.len(), 1);
        assert_eq!(one[0].name, "chat-oauth-tokens");
        let said = asked(documents(), &["chat".to_owned()]).unwrap_err();
        assert!(said.to_string().contains("chat-oauth-tokens"), "{said}");
    }

    /// The configuration finds a document by its title.
    #[test]
    fn every_document_with_credentials_has_a_project() {
        let configuration =
            include_str!("../../../../tests/hostile/schemathesis/schemathesis.toml");
        for document in documents() {
            let has_schemes = document
                .root
                .pointer("/components/securitySchemes")
                .is_some();
            let title = document.root["info"]["title"].as_str().unwrap();
            let has_project = configuration.contains(&format!("title = \"{title}\""));
            assert_eq!(has_project, has_schemes, "{title}");
        }
    }
}
