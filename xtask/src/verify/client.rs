//! A client generator as a tool: generate, compile, and the scenario against a sandbox.

use std::{path::PathBuf, time::Duration};

use crate::verify::{
    job::{Generator, Job},
    limits::{self, LIMITS, Limit},
    process,
    sandbox::{self, Sandbox},
    scenario,
    tool::{Need, Tool},
};

/// The step in which a client is driven.
pub const SCENARIO: &str = "scenario";

/// How long the scenario may take. It is some forty requests to this machine.
const DEADLINE: Duration = Duration::from_secs(120);

/// What tells programs of a proxy.
const PROXIES: [&str; 6] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
];

/// A generator together with what its program needs.
pub struct Client {
    generator: &'static dyn Generator,
    limits: &'static [Limit],
    deadline: Duration,
    sandbox: Option<PathBuf>,
}

impl Client {
    /// The client that `generator` makes.
    pub fn new(generator: &'static dyn Generator) -> Self {
        Self {
            generator,
            limits: LIMITS,
            deadline: DEADLINE,
            sandbox: None,
        }
    }

    fn scenario(&self, job: &Job) -> Result<String, String> {
        if job.areas.is_empty() {
            return Ok("no scenario".to_owned());
        }
        let sandbox = Sandbox::start(
            &match &self.sandbox {
                Some(program) => program.clone(),
                None => sandbox::built(&job.top)?,
            },
            &job.top.join("tests/generators/sandbox.yaml"),
        )?;
        let mut program = self.generator.program(job);
        program.args(job.areas.iter().map(|area| area.word()));
        program.env("ZENDESK_URL", &sandbox.address);
        program.envs(sandbox::TOKENS);
        // The sandbox is on this machine, which no proxy reaches.
        for name in PROXIES {
            program.env_remove(name);
        }
        let ended = process::run(&mut program, self.deadline)?;
        drop(sandbox);
        let secret = [&ended.stdout, &ended.stderr]
            .iter()
            .flat_map(|said| said.lines())
            .position(|line| line.contains(scenario::CANARY));
        if let Some(line) = secret {
            // The words themselves would show it again.
            return Err(format!(
                "line {} of what the program prints shows a secret of the sandbox",
                line + 1
            ));
        }
        let judged = scenario::judge(&ended.stdout, &job.areas);
        if !ended.is_success() {
            let first = judged.err().unwrap_or_default();
            return Err(format!(
                "{first}\nthe program {}\n{}",
                ended.ending(),
                ended.words()
            ));
        }
        let shown = judged.map_err(|reason| format!("{reason}\n{}", ended.words()))?;
        let steps = scenario::steps(&job.areas);
        limits::compare(self.limits, self.name(), job, &steps, &shown)?;
        Ok(beside(steps.len(), shown.len()))
    }
}

/// What the table says beside `pass`.
fn beside(steps: usize, limits: usize) -> String {
    match limits {
        0 => format!("{steps} steps"),
        1 => format!("{steps} steps, 1 limit"),
        more => format!("{steps} steps, {more} limits"),
    }
}

impl Tool for Client {
    fn name(&self) -> &'static str {
        self.generator.name()
    }

    fn packages(&self) -> &'static [&'static str] {
        match self.generator.name() {
            "openapi-typescript" => &[
                "openapi-typescript",
                "openapi-fetch",
                "typescript",
                "@types/node",
            ],
            "openapi-python-client" => &["openapi-python-client", "mypy", "ruff"],
            "openapi-generator-python" => &[
                "openapi-generator-cli",
                "mypy",
                "pydantic",
                "python-dateutil",
                "typing-extensions",
                "urllib3",
            ],
            _ => &["openapi-generator-cli"],
        }
    }

    fn needs(&self) -> &'static [Need] {
        self.generator.needs()
    }

    fn steps(&self) -> &'static [&'static str] {
        &["generate", "compile", SCENARIO]
    }

    fn run(&self, step: &str, job: &Job) -> Result<String, String> {
        match step {
            "generate" => self.generator.generate(job).map(|()| String::new()),
            "compile" => self.generator.compile(job).map(|()| String::new()),
            _ => self.scenario(job),
        }
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command, time::Instant};

    use super::*;
    use crate::verify::{
        job::{Area, StepResult, Tools},
        process::shell::sees_end,
    };

    /// A generator whose program is a line of shell.
    struct Shell(&'static str);

    impl Generator for Shell {
        fn name(&self) -> &'static str {
            "shell"
        }

        fn needs(&self) -> &'static [Need] {
            &[]
        }

        fn generate(&self, job: &Job) -> StepResult {
            fs::write(job.work.join("client.sh"), self.0).map_err(|error| error.to_string())
        }

        fn compile(&self, _: &Job) -> StepResult {
            Ok(())
        }

        fn program(&self, job: &Job) -> Command {
            let mut command = Command::new("sh");
            command.arg(job.work.join("client.sh"));
            command
        }
    }

    const LISTED: &[Limit] = &[Limit {
        tool: "shell",
        document: None,
        step: "revoke",
        id: "shell-no-revoke",
        text: "for this test",
    }];

    /// A sandbox that only says where it is, and writes its pid beside it.
    fn fake_sandbox(folder: &Path) -> PathBuf {
        let program = folder.join("sandbox");
        let script = "#!/bin/sh\necho $$ > \"$(dirname \"$0\")/pid\"\necho export ZENDESK_URL=http://127.0.0.1:9\nexec sleep 600\n";
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        program
    }

    /// Runs the scenario of a program, and sees that its sandbox is gone afterwards.
    fn outcome(script: &'static str, limits: &'static [Limit]) -> Result<String, String> {
        let folder = tempfile::TempDir::new().unwrap();
        let job = Job {
            document: "chat-oauth-tokens".to_owned(),
            file: folder.path().join("chat-oauth-tokens.yaml"),
            areas: vec![Area::Chat],
            work: folder.path().to_owned(),
            tools: Tools {
                folder: folder.path().to_owned(),
            },
            top: folder.path().to_owned(),
        };
        let generator: &'static Shell = Box::leak(Box::new(Shell(script)));
        let client = Client {
            generator,
            limits,
            deadline: Duration::from_secs(5),
            sandbox: Some(fake_sandbox(folder.path())),
        };
        client.run("generate", &job).unwrap();
        client.run("compile", &job).unwrap();
        let outcome = client.run("scenario", &job);
        let pid = fs::read_to_string(folder.path().join("pid")).unwrap();
        assert!(sees_end(&pid), "the sandbox still runs");
        outcome
    }

    #[test]
    fn a_program_that_does_every_step_passes() {
        assert_eq!(
            outcome("echo pass list; echo pass revoke", &[]),
            Ok("2 steps".to_owned())
        );
    }

    #[test]
    fn the_program_is_told_where_how_and_what() {
        let script = r#"[ "$*" = chat ] && [ "$ZENDESK_URL" = http://127.0.0.1:9 ] && [ "$ZENDESK_TOKEN" = CANARY-support ] &&
            [ "$ZENDESK_ZIS_TOKEN" = CANARY-zis ] && [ "$ZENDESK_CHAT_TOKEN" = CANARY-chat ] && echo pass list && echo pass revoke"#;
        assert_eq!(outcome(script, &[]), Ok("2 steps".to_owned()));
    }

    #[test]
    fn a_missing_step_a_failed_one_and_a_wrong_status_fail() {
        for (script, because) in [
            ("echo pass list", "step revoke is missing"),
            (
                "echo pass list; echo 'fail revoke: 204 was expected, 500 came'; exit 1",
                "fail revoke: 204",
            ),
            (
                "echo pass list; echo 'fail revoke: 204 was expected, 500 came'",
                "fail revoke: 204",
            ),
            ("echo pass list; echo pass revoke; exit 1", "ended with 1"),
            (
                "echo 'Traceback: no such method' >&2; exit 1",
                "Traceback: no such method",
            ),
        ] {
            let said = outcome(script, &[]).unwrap_err();
            assert!(said.contains(because), "{script}: {said}");
        }
    }

    #[test]
    fn a_limit_is_listed_and_shows_itself() {
        let limited = "echo pass list; echo pass revoke; echo limit revoke: shell-no-revoke";
        assert_eq!(outcome(limited, LISTED), Ok("2 steps, 1 limit".to_owned()));
        let said = outcome(limited, &[]).unwrap_err();
        assert!(
            said.contains("`shell-no-revoke` at revoke is not listed"),
            "{said}"
        );
        let said = outcome("echo pass list; echo pass revoke", LISTED).unwrap_err();
        assert!(said.contains("no longer shows"), "{said}");
    }

    #[test]
    fn a_limit_of_another_document_is_not_this_ones() {
        const OF_OTHER: &[Limit] = &[Limit {
            document: Some("zis-oauth-connections"),
            ..LISTED[0]
        }];
        assert_eq!(
            outcome("echo pass list; echo pass revoke", OF_OTHER),
            Ok("2 steps".to_owned())
        );
        let limited = "echo pass list; echo pass revoke; echo limit revoke: shell-no-revoke";
        let said = outcome(limited, OF_OTHER).unwrap_err();
        assert!(said.contains("is not listed"), "{said}");
    }

    #[test]
    fn a_program_that_hangs_is_ended() {
        let start = Instant::now();
        let said = outcome("echo pass list; sleep 600", &[]).unwrap_err();
        assert!(said.contains("did not end in time"), "{said}");
        assert!(start.elapsed() < Duration::from_secs(60));
    }

    #[test]
    fn a_secret_in_the_output_fails_and_is_not_shown() {
        for script in [
            "echo pass list; echo pass revoke; echo $ZENDESK_TOKEN >&2",
            "echo \"fail list: got $ZENDESK_CHAT_TOKEN\"; exit 1",
        ] {
            let said = outcome(script, &[]).unwrap_err();
            assert!(said.contains("shows a secret"), "{said}");
            assert!(!said.contains("CANARY"), "{said}");
        }
    }
}
