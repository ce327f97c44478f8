//! The linters: each accepts every document without a warning, and refuses copies with mistakes.

mod mistakes;
mod redocly;
mod spectral;
mod validator;
mod yamllint;

use std::{fs, path::Path, process::Command, time::Duration};

use crate::{
    spec::Form,
    verify::{
        job::Job,
        process::{self, Ended},
        tool::{Need, Tool},
    },
};

/// One linter on one file takes a few seconds.
const DEADLINE: Duration = Duration::from_secs(120);

/// A mistake that a linter must refuse: how a copy of a document gets it, and what the linter calls it.
struct Mistake {
    /// The rule, as the linter's words name it.
    rule: &'static str,
    /// Makes the mistake in the text of a document.
    make: fn(&str) -> Option<String>,
}

/// What differs between linters.
trait Linter: Send + Sync {
    fn name(&self) -> &'static str;
    fn packages(&self) -> &'static [&'static str];
    fn needs(&self) -> &'static [Need];
    /// The published forms that it reads.
    fn forms(&self) -> &'static [Form] {
        &[Form::Yaml]
    }
    /// The command that reads this file.
    fn command(&self, job: &Job, file: &Path) -> Command;
    /// The command that reads its configuration, where it would pass over a rule that there is not.
    fn check_configuration(&self, _job: &Job) -> Option<Command> {
        None
    }
    /// Whether one that ended with 0 had no warning either.
    fn has_no_warning(&self, _said: &str) -> bool {
        true
    }
    fn mistakes(&self) -> &'static [Mistake];
}

/// All linters.
pub fn all() -> Vec<Box<dyn Tool>> {
    vec![
        Box::new(Lint(yamllint::Yamllint)),
        Box::new(Lint(redocly::Redocly)),
        Box::new(Lint(spectral::Spectral)),
        Box::new(Lint(validator::Validator)),
    ]
}

struct Lint<L>(L);

impl<L: Linter> Tool for Lint<L> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn packages(&self) -> &'static [&'static str] {
        self.0.packages()
    }

    fn needs(&self) -> &'static [Need] {
        self.0.needs()
    }

    fn steps(&self) -> &'static [&'static str] {
        &["accepts", "refuses"]
    }

    fn run(&self, step: &str, job: &Job) -> Result<String, String> {
        match step {
            "accepts" => accepts(&self.0, job),
            _ => refuses(&self.0, job),
        }
    }
}

fn accepts(linter: &impl Linter, job: &Job) -> Result<String, String> {
    if let Some(mut command) = linter.check_configuration(job) {
        process::demand(&mut command, DEADLINE)?;
    }
    let forms = linter.forms();
    for form in forms {
        let file = job.file.with_file_name(form.file(&job.document));
        let ended = run(linter, job, &file)?;
        let said = format!("{}\n{}", ended.stdout, ended.stderr);
        if !ended.is_success() || !linter.has_no_warning(&said) {
            return Err(format!("{} form: {}", form.key(), ended.words()));
        }
    }
    match forms.len() {
        1 => Ok(String::new()),
        more => Ok(format!("{more} forms")),
    }
}

/// Tries one copy with all the mistakes. Without this step, a linter that reads another configuration, or no file at
/// all, would pass as well.
fn refuses(linter: &impl Linter, job: &Job) -> Result<String, String> {
    let mut text = fs::read_to_string(&job.file).map_err(|error| error.to_string())?;
    let mistakes = linter.mistakes();
    for Mistake { rule, make } in mistakes {
        text = make(&text)
            .ok_or_else(|| format!("the mistake for `{rule}` cannot be made in this document"))?;
    }
    let file = job.work.join("mistakes.yaml");
    fs::write(&file, text).map_err(|error| error.to_string())?;
    let ended = run(linter, job, &file)?;
    let said = format!("{}\n{}", ended.stdout, ended.stderr);
    let unseen: Vec<&str> = mistakes
        .iter()
        .map(|mistake| mistake.rule)
        .filter(|rule| !said.contains(rule))
        .collect();
    if ended.is_success() || !unseen.is_empty() {
        return Err(format!(
            "a copy with mistakes is not refused by {}; the program {}\n{}",
            unseen.join(", "),
            ended.ending(),
            ended.words()
        ));
    }
    Ok(format!("{} mistakes", mistakes.len()))
}

fn run(linter: &impl Linter, job: &Job, file: &Path) -> Result<Ended, String> {
    let mut command = linter.command(job, file);
    command
        .current_dir(&job.work)
        .env("NO_COLOR", "1")
        .env("FORCE_COLOR", "0");
    process::run(&mut command, DEADLINE)
}

/// A file of `openapi/tools`.
fn configuration(job: &Job, name: &str) -> std::path::PathBuf {
    job.top.join("openapi/tools").join(name)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::job::Tools;

    /// A linter that is a line of shell, with the file as `$0`.
    struct Fake(&'static str);

    impl Linter for Fake {
        fn name(&self) -> &'static str {
            "fake"
        }
        fn packages(&self) -> &'static [&'static str] {
            &[]
        }
        fn needs(&self) -> &'static [Need] {
            &[]
        }
        fn command(&self, _: &Job, file: &Path) -> Command {
            let mut command = Command::new("sh");
            command.args(["-c", self.0]).arg(file);
            command
        }
        fn mistakes(&self) -> &'static [Mistake] {
            &[Mistake {
                rule: "key-duplicates",
                make: mistakes::duplicate_key,
            }]
        }
    }

    /// What a step gives with a linter of this script.
    fn outcome(step: &str, script: &'static str) -> Result<String, String> {
        let folder = tempfile::TempDir::new().unwrap();
        let job = Job {
            document: "some".to_owned(),
            file: folder.path().join("some.yaml"),
            areas: vec![],
            work: folder.path().to_owned(),
            tools: Tools {
                folder: folder.path().to_owned(),
            },
            top: folder.path().to_owned(),
        };
        fs::write(&job.file, "openapi: 3.0.3\n").unwrap();
        Lint(Fake(script)).run(step, &job)
    }

    #[test]
    fn a_document_is_accepted_only_with_exit_code_0() {
        assert_eq!(outcome("accepts", "exit 0"), Ok(String::new()));
        let said = outcome("accepts", "echo a warning; exit 1").unwrap_err();
        assert!(said.ends_with("form: a warning"), "{said}");
    }

    #[test]
    fn a_copy_with_mistakes_is_refused_only_by_name_and_exit_code() {
        let right = r#"[ "$(grep -c openapi: "$0")" = 2 ] && echo key-duplicates && exit 1"#;
        assert_eq!(outcome("refuses", right), Ok("1 mistakes".to_owned()));
        for wrong in [
            "exit 0",
            "echo key-duplicates",
            "echo another-rule; exit 1",
            "exit 1",
        ] {
            let said = outcome("refuses", wrong).unwrap_err();
            assert!(
                said.starts_with("a copy with mistakes is not refused"),
                "{wrong}: {said}"
            );
        }
    }
}
